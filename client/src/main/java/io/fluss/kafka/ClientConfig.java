package io.fluss.kafka;

import java.io.Serializable;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

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
   * Takes {@code bootstrap.servers} and {@code properties.*} out of catalog, table or job options.
   *
   * @throws IllegalArgumentException where {@code bootstrap.servers} is missing
   */
  public static ClientConfig fromOptions(Map<String, String> options) {
    Map<String, String> properties = new HashMap<>();
    options.forEach(
        (k, v) -> {
          if (k.startsWith(PROPERTIES_PREFIX)) {
            properties.put(k.substring(PROPERTIES_PREFIX.length()), v);
          }
        });
    String servers = options.get(BOOTSTRAP_SERVERS);
    if (servers == null) {
      throw new IllegalArgumentException(
          "Option 'bootstrap.servers' is missing. Set it to the brokers, for example 'localhost:9092'.");
    }
    return new ClientConfig(servers, properties);
  }

  /** Fresh, mutable properties for a Kafka client: the user's, then the brokers. */
  public Map<String, Object> toKafka() {
    Map<String, Object> all = new HashMap<>(properties);
    all.put(BOOTSTRAP_SERVERS, bootstrapServers);
    return all;
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
