package io.fluss.client.shared;

import io.fluss.FlussException;
import io.fluss.admin.TableAdmin;
import io.fluss.kafka.ClientConfig;
import io.fluss.lake.LakeSettings;
import io.fluss.options.ScannerOptions;
import io.fluss.table.TableInfo;
import io.fluss.write.WriterConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all parts of one connection stand on. Knows what is open, so that closing the connection
 * leaves nothing behind. Thread-safe.
 */
@Internal
public final class ClientContext implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ClientContext.class);

  private static final Duration REACH_TIMEOUT = Duration.ofSeconds(5);

  private final Map<String, String> options;
  private final ClientConfig client;
  private final LakeSettings lakes;
  private final TableAdmin tables;
  private final SharedProducers producers;
  private final ClientThreads threads;

  /** In the order of opening; null once this is closed. */
  private final Set<AutoCloseable> open = new LinkedHashSet<>();

  private boolean closed;

  /** Whether the cluster has answered once. */
  private volatile boolean reached;

  private ClientContext(Map<String, String> options, ClientConfig client) {
    this.options = Map.copyOf(options);
    this.client = client;
    this.lakes = LakeSettings.fromOptions(options);
    this.tables = TableAdmin.connect(client);
    this.producers = new SharedProducers(client);
    this.threads = new ClientThreads();
  }

  /**
   * Says nothing to the cluster yet.
   *
   * @param options of the connection, of writers, readers and lakes
   * @throws FlussException naming everything that is wrong with them
   */
  public static ClientContext open(Map<String, String> options) {
    List<String> problems = ConnectionOptions.problems(options);
    if (!problems.isEmpty()) {
      throw new FlussException(
          "Cannot connect, since the configuration is not right:\n- "
              + String.join("\n- ", problems));
    }
    return new ClientContext(options, ClientConfig.fromOptions(options));
  }

  public Map<String, String> options() {
    return options;
  }

  public ClientConfig client() {
    return client;
  }

  /** How consumers of a table reach the cluster: with what the table and the connection say. */
  public ClientConfig reader(TableInfo table) {
    Map<String, String> properties = new HashMap<>(client.properties());
    properties.putAll(ScannerOptions.toKafka(Configuration.fromMap(with(table))));
    return new ClientConfig(client.bootstrapServers(), properties);
  }

  /**
   * How writers of a table gather rows: what the connection says comes before what the table says.
   */
  public WriterConfig writer(TableInfo table) {
    return WriterConfig.fromOptions(with(table));
  }

  private Map<String, String> with(TableInfo table) {
    Map<String, String> all = new HashMap<>(table.options());
    all.putAll(options);
    return all;
  }

  public LakeSettings lakes() {
    return lakes;
  }

  /**
   * Asks and changes what the cluster has.
   *
   * @throws FlussException where the cluster has not answered yet and does not now, or refuses the
   *     login; within seconds, and says why
   */
  public TableAdmin tables() {
    if (!reached) {
      tables.requireReachable(REACH_TIMEOUT);
      reached = true;
    }
    return tables;
  }

  public SharedProducers producers() {
    return producers;
  }

  public ClientThreads threads() {
    return threads;
  }

  /** The loader that knows the lake formats. */
  public ClassLoader classLoader() {
    ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
    return ofThread == null ? ClientContext.class.getClassLoader() : ofThread;
  }

  /**
   * Notes that something is open, to be closed with the connection.
   *
   * @throws IllegalStateException where the connection is closed; then so is this
   */
  public <T extends AutoCloseable> T opened(T resource) {
    synchronized (open) {
      if (!closed) {
        open.add(resource);
        return resource;
      }
    }
    closeQuietly(resource);
    throw new IllegalStateException(closedMessage());
  }

  /** Whoever was opened is closed. */
  public void closed(AutoCloseable resource) {
    synchronized (open) {
      open.remove(resource);
    }
  }

  /**
   * @throws IllegalStateException where the connection is closed
   */
  public void requireOpen() {
    synchronized (open) {
      if (closed) {
        throw new IllegalStateException(closedMessage());
      }
    }
  }

  private String closedMessage() {
    return "The connection to '" + client.bootstrapServers() + "' is closed.";
  }

  /** Closes what is still open, newest first, then the rest. */
  @Override
  public void close() {
    ProducerThread.refuse("close() of a connection");
    List<AutoCloseable> left;
    synchronized (open) {
      if (closed) {
        return;
      }
      closed = true;
      left = new ArrayList<>(open);
    }
    Collections.reverse(left);
    left.forEach(ClientContext::closeQuietly);
    threads.close();
    producers.close();
    tables.close();
  }

  private static void closeQuietly(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception e) {
      LOG.warn("Could not close {}.", resource, e);
    }
  }
}
