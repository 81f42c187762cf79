package io.fluss.testkit.kafka;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;

/**
 * A real Kafka cluster inside this JVM, ready for clients once {@link Builder#start()} returns.
 *
 * <ul>
 *   <li>Broker {@code i} is in rack {@code a}, {@code b}, ..., unless told otherwise; broker 0 is
 *       the controller as well: stop it last, start it first.
 *   <li>A stopped broker comes back with its port and data.
 *   <li>Whoever starts the cluster closes it. Closing deletes the data unless {@link
 *       Builder#dataDir} was given.
 *   <li>Thread-safe: starting and stopping exclude each other.
 * </ul>
 */
public final class EmbeddedKafka implements AutoCloseable {

  private static final int START_ATTEMPTS = 5;

  private final ClusterLayout layout;
  private final List<Broker> brokers;
  private final boolean deleteData;

  private EmbeddedKafka(ClusterLayout layout, boolean deleteData) {
    this.layout = layout;
    this.deleteData = deleteData;
    this.brokers =
        IntStream.range(0, layout.brokerPorts().size())
            .mapToObj(id -> new Broker(id, layout))
            .toList();
  }

  /** One plaintext broker on a free port, its data in a temporary directory. */
  public static EmbeddedKafka start() {
    return builder().start();
  }

  /** Settings of a cluster to start. */
  public static Builder builder() {
    return new Builder();
  }

  /** {@code host:port} of every broker, separated by commas, stopped ones included. */
  public String bootstrapServers() {
    return layout.bootstrapServers();
  }

  /** Client properties that reach this cluster; with SASL, as the super user. */
  public Properties adminProperties() {
    return layout
        .listener()
        .sasl()
        .map(users -> clientProperties(users.superUser()))
        .orElseGet(this::connection);
  }

  /** Client properties of a cluster without SASL; with certificates where it has TLS. */
  public Properties clientProperties() {
    if (layout.listener().sasl().isPresent()) {
      throw new IllegalStateException(
          "This Kafka asks for a login: call clientProperties(user) or adminProperties().");
    }
    return connection();
  }

  /** Client properties that log in as {@code user} by PLAIN, one of the builder's SASL users. */
  public Properties clientProperties(String user) {
    return clientProperties(user, "PLAIN");
  }

  /** Client properties that log in as {@code user} by a mechanism of the cluster. */
  public Properties clientProperties(String user, String mechanism) {
    SaslUsers users =
        layout
            .listener()
            .sasl()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "This Kafka knows no users: build it with sasl(...), or call"
                            + " clientProperties()."));
    Properties properties = connection();
    properties.setProperty("sasl.mechanism", mechanism);
    properties.setProperty("sasl.jaas.config", users.clientJaas(user, mechanism));
    return properties;
  }

  /** Stops one broker and starts it again. */
  public synchronized void restartBroker(int id) {
    broker(id).stop();
    broker(id).start();
  }

  /** Stops one broker; its partitions move to the other replicas first, where there are any. */
  public synchronized void stopBroker(int id) {
    broker(id).stop();
  }

  /** Starts a stopped broker with the port and the data it had. */
  public synchronized void startBroker(int id) {
    broker(id).start();
  }

  /**
   * How many bytes a broker has sent since it was started, to clients and to brokers that replicate
   * from it; zero while it is stopped, or where the cluster was not built to {@link
   * Builder#countBytes}.
   */
  public long bytesSent(int id) {
    broker(id);
    return BytesSent.of(layout.brokerDir(id).toString());
  }

  @Override
  public synchronized void close() {
    stopAll();
    if (deleteData) {
      Directories.delete(layout.dataDir());
    }
  }

  /** The controller stops last: the others tell it that they leave. */
  private void stopAll() {
    inParallel(brokers.subList(1, brokers.size()), Broker::stop);
    brokers.get(0).stop();
  }

  private Properties connection() {
    Properties properties = new Properties();
    properties.setProperty("bootstrap.servers", bootstrapServers());
    layout.listener().addToClient(properties);
    return properties;
  }

  private Broker broker(int id) {
    if (id < 0 || id >= brokers.size()) {
      throw new IllegalArgumentException(
          "No broker %d: this Kafka has brokers 0 to %d.".formatted(id, brokers.size() - 1));
    }
    return brokers.get(id);
  }

  private void startAll() {
    String clusterId = clusterId(layout.brokerDir(0));
    brokers.forEach(broker -> broker.formatIfNew(clusterId));
    try {
      // Together: no broker is ready before the controller answers.
      inParallel(brokers, Broker::start);
    } catch (RuntimeException e) {
      stopAll();
      throw e;
    }
  }

  private static String clusterId(Path controllerDir) {
    Path meta = controllerDir.resolve("meta.properties");
    if (!Files.exists(meta)) {
      return Uuid.randomUuid().toString();
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(meta, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the cluster id from " + meta, e);
    }
    return properties.getProperty("cluster.id");
  }

  /** Runs one action per broker at the same time; the first failure interrupts the others. */
  private static void inParallel(List<Broker> brokers, Consumer<Broker> action) {
    if (brokers.isEmpty()) {
      return;
    }
    ExecutorService threads = Executors.newFixedThreadPool(brokers.size());
    CompletionService<Void> outcomes = new ExecutorCompletionService<>(threads);
    try {
      for (Broker broker : brokers) {
        outcomes.submit(() -> action.accept(broker), null);
      }
      for (int done = 0; done < brokers.size(); done++) {
        outcomes.take().get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "Kafka failed to start or stop: " + e.getCause().getMessage(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while Kafka was starting or stopping", e);
    } finally {
      threads.shutdownNow();
    }
  }

  /** Settings of an {@link EmbeddedKafka}; the defaults are those of {@link #start()}. */
  public static final class Builder {

    private int brokers = 1;
    private Optional<Integer> firstPort = Optional.empty();
    private Optional<Path> dataDir = Optional.empty();
    private List<String> racks =
        IntStream.rangeClosed('a', 'z').mapToObj(Character::toString).toList();
    private Optional<SaslUsers> sasl = Optional.empty();
    private boolean scram;
    private Optional<Certificates> tls = Optional.empty();
    private boolean clientCertificates;
    private final Map<String, String> extraProperties = new HashMap<>();

    private Builder() {}

    /** Number of brokers, 1 to 26, each in a rack of its own. */
    public Builder brokers(int count) {
      if (count < 1 || count > 26) {
        throw new IllegalArgumentException("Brokers must be 1 to 26, but are " + count + ".");
      }
      this.brokers = count;
      return this;
    }

    /** Racks of the brokers, in their order, one each. */
    public Builder racks(List<String> names) {
      this.racks = List.copyOf(names);
      return this;
    }

    /** Port of broker 0; broker {@code i} listens on {@code port + i}. Free ports by default. */
    public Builder port(int port) {
      this.firstPort = Optional.of(port);
      return this;
    }

    /** Keeps the data here, so that a cluster started again on it goes on where this one ended. */
    public Builder dataDir(Path dir) {
      this.dataDir = Optional.of(dir);
      return this;
    }

    /**
     * Asks for SASL/PLAIN logins and binds everyone but {@code superUser} to Kafka's ACLs; without
     * an ACL a user may do nothing.
     *
     * @param passwords password by user name, with the super user's
     */
    public Builder sasl(Map<String, String> passwords, String superUser) {
      this.sasl = Optional.of(new SaslUsers(passwords, superUser));
      return this;
    }

    /** Lets the SASL users log in by SCRAM-SHA-256 and SCRAM-SHA-512 as well as by PLAIN. */
    public Builder scram() {
      this.scram = true;
      return this;
    }

    /** Speaks TLS with clients, and between brokers, with the brokers' certificate of these. */
    public Builder tls(Certificates certificates) {
      this.tls = Optional.of(certificates);
      return this;
    }

    /** Asks clients for a certificate; trusts the one of {@link #tls}. */
    public Builder requireClientCertificates() {
      this.clientCertificates = true;
      return this;
    }

    /** Lets {@link EmbeddedKafka#bytesSent} tell what each broker has sent. */
    public Builder countBytes() {
      return brokerProperty("metric.reporters", BytesSent.class.getName());
    }

    /** A broker property of Kafka; wins over ours. */
    public Builder brokerProperty(String key, String value) {
      extraProperties.put(key, value);
      return this;
    }

    /** Starts the cluster; a port lost to another process is replaced, unless it was asked for. */
    public EmbeddedKafka start() {
      firstPort.ifPresent(
          first -> IntStream.range(first, first + brokers).forEach(Ports::requireFree));
      ClientListener listener = new ClientListener(sasl, scram, tls, clientCertificates);
      for (int attempt = 1; ; attempt++) {
        Path dir = dataDir.orElseGet(Directories::temporary);
        EmbeddedKafka kafka =
            new EmbeddedKafka(
                ClusterLayout.choose(
                    dir.toAbsolutePath(),
                    brokers,
                    firstPort,
                    racks,
                    listener,
                    Map.copyOf(extraProperties)),
                dataDir.isEmpty());
        try {
          kafka.startAll();
          return kafka;
        } catch (RuntimeException e) {
          kafka.close();
          if (attempt == START_ATTEMPTS || !lostAPort(e)) {
            throw e;
          }
        }
      }
    }

    private static boolean lostAPort(Throwable failure) {
      for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
        if (cause instanceof BindException) {
          return true;
        }
      }
      return false;
    }
  }
}
