package io.fluss.kafka;

import io.fluss.FlussException;
import io.fluss.options.ScannerOptions;
import io.fluss.options.SecurityOptions;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/**
 * How to reach the Kafka cluster. Serializable, so that it can travel to task managers; may hold
 * secrets, so {@link #toString()} shows names of properties only.
 *
 * @param bootstrapServers comma separated HOST:PORT list
 * @param properties Kafka client properties, without the prefix {@code properties.}
 */
public record ClientConfig(String bootstrapServers, Map<String, String> properties)
    implements Serializable {

  /** Option that names the brokers. */
  public static final String BOOTSTRAP_SERVERS = "bootstrap.servers";

  /** Options with this prefix are handed to Kafka's clients, without the prefix. */
  public static final String PROPERTIES_PREFIX = "properties.";

  private static final long serialVersionUID = 1L;

  public ClientConfig {
    if (bootstrapServers.isBlank()) {
      throw new IllegalArgumentException(
          "Option 'bootstrap.servers' is empty. Set it to the brokers, for example 'localhost:9092'.");
    }
    properties = Collections.unmodifiableMap(new TreeMap<>(properties));
  }

  /**
   * Takes {@code bootstrap.servers}, {@code client.security.*}, {@code client.rack} and {@code
   * properties.*} out of catalog, table or job options. The first two groups become Kafka
   * properties; others are left aside.
   *
   * @throws IllegalArgumentException with all {@link #problems}
   */
  public static ClientConfig fromOptions(Map<String, String> options) {
    List<String> problems = problems(options);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", problems));
    }
    Map<String, String> properties = new HashMap<>();
    options.forEach(
        (k, v) -> {
          if (k.startsWith(PROPERTIES_PREFIX)) {
            properties.put(k.substring(PROPERTIES_PREFIX.length()), v);
          }
        });
    properties.putAll(SecuritySettings.of(options).toKafka());
    String rack = options.get(ScannerOptions.RACK.key());
    if (rack != null) {
      properties.put(CommonClientConfigs.CLIENT_RACK_CONFIG, rack);
    }
    return new ClientConfig(options.get(BOOTSTRAP_SERVERS), properties);
  }

  /**
   * What {@link #fromOptions} would refuse: brokers that are missing, options of {@code
   * client.security.} that are unknown, contradict others or lack their other half. None quotes a
   * secret.
   */
  public static List<String> problems(Map<String, String> options) {
    List<String> problems = new ArrayList<>();
    if (options.getOrDefault(BOOTSTRAP_SERVERS, "").isBlank()) {
      problems.add(
          "Option 'bootstrap.servers' is missing. Set it to the brokers, for example"
              + " 'localhost:9092'.");
    }
    problems.addAll(SecuritySettings.of(options).problems());
    return problems;
  }

  /**
   * Whether an option says how to reach Kafka, or as whom. Such options may hold secrets, so they
   * are kept with a catalog or a job and never with a table.
   */
  public static boolean isConnection(String key) {
    return key.equals(BOOTSTRAP_SERVERS)
        || key.startsWith(PROPERTIES_PREFIX)
        || key.startsWith(SecurityOptions.PREFIX);
  }

  /**
   * Why nobody can log in with this from this JVM: a login is asked for, and neither is it given
   * nor has the JVM a login file for it. Empty where one can try.
   */
  public Optional<String> loginProblem() {
    return Login.problem(properties);
  }

  /**
   * Whom brokers take this client for, for messages: {@code User:name}. With a certificate that is
   * its distinguished name. Empty where the properties do not tell, or tell of a file that is not
   * there. Brokers may be told to map names to others.
   */
  public Optional<String> principal() {
    return Login.of(properties).kafkaPrincipal();
  }

  /** Fresh, mutable properties for a Kafka client: the user's, then the brokers. */
  public Map<String, Object> toKafka() {
    Map<String, Object> all = new HashMap<>(properties);
    all.remove(CommonClientConfigs.CLIENT_RACK_CONFIG);
    all.put(BOOTSTRAP_SERVERS, bootstrapServers);
    return all;
  }

  /**
   * The same for a consumer of rows, which reads from a replica in its rack where there is one.
   * Call it where the consumer will run: the rack may be that of the machine.
   */
  public Map<String, Object> toConsumer() {
    Map<String, Object> all = toKafka();
    String rack = properties.get(CommonClientConfigs.CLIENT_RACK_CONFIG);
    if (rack != null) {
      ClientRack.resolve(rack, System::getenv)
          .ifPresent(r -> all.put(CommonClientConfigs.CLIENT_RACK_CONFIG, r));
    }
    return all;
  }

  /**
   * Makes a client of Kafka.
   *
   * @param constructor of a client with these properties
   * @throws FlussException where that fails, for instance for lack of a login; says who and where
   */
  public <T> T open(Supplier<T> constructor) {
    Optional<String> problem = loginProblem();
    if (problem.isPresent()) {
      throw new FlussException(
          "Kafka at '" + bootstrapServers + "' cannot be used. " + problem.get());
    }
    try {
      return constructor.get();
    } catch (InterruptException e) {
      throw e;
    } catch (KafkaException e) {
      throw new FlussException(
          "Kafka at '"
              + bootstrapServers
              + "' cannot be used by "
              + Login.of(properties).describe()
              + ": "
              + ClientFailures.innermostMessage(e),
          e);
    }
  }

  /**
   * What a failure of a client with these properties comes from: where Kafka refused the login,
   * that, with principal, mechanism and address and without secrets; else the failure's message.
   */
  public String explain(Throwable failure) {
    return ClientFailures.ofLogin(this, failure).orElseGet(() -> failure.getMessage());
  }

  /** Whether Kafka refused the login, or the TLS connection. */
  public boolean isLoginRefused(Throwable failure) {
    return ClientFailures.ofLogin(this, failure).isPresent();
  }

  /**
   * What is likely wrong where brokers have not answered in time: nothing listens, or what listens
   * speaks another security protocol. Asks the first broker that can be connected to; takes a few
   * seconds at most.
   *
   * @return a sentence, empty where nothing suspicious was seen
   */
  public Optional<String> diagnose() {
    return ListenerProbe.diagnose(bootstrapServers, Login.of(properties));
  }

  /** The options that {@link #fromOptions} would read this from. */
  public Map<String, String> toOptions() {
    Map<String, String> options = new HashMap<>();
    options.put(BOOTSTRAP_SERVERS, bootstrapServers);
    properties.forEach((k, v) -> options.put(PROPERTIES_PREFIX + k, v));
    return options;
  }

  @Override
  public String toString() {
    return "ClientConfig[" + bootstrapServers + ", properties " + properties.keySet() + "]";
  }
}
