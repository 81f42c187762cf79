package io.fluss.dist.flink;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;

/**
 * A Flink session cluster inside this JVM. Jobs reach it over REST like any remote cluster, so what
 * runs here runs on a real one. Whoever starts it closes it; closing cancels its jobs.
 */
public final class EmbeddedFlink implements AutoCloseable {

  private static final int SLOTS = 16;
  private static final int PARALLELISM = 2;

  private final MiniCluster cluster;
  private final Configuration clientConfiguration;

  private EmbeddedFlink(MiniCluster cluster, Configuration clientConfiguration) {
    this.cluster = cluster;
    this.clientConfiguration = clientConfiguration;
  }

  /**
   * Starts the cluster.
   *
   * @param options Flink options by key; they win over ours
   */
  public static EmbeddedFlink start(Map<String, String> options) throws Exception {
    Configuration configuration = defaults();
    configuration.addAll(Configuration.fromMap(options));
    if (!configuration.contains(RestOptions.PORT)
        && !configuration.contains(RestOptions.BIND_PORT)) {
      configuration.set(RestOptions.BIND_PORT, "0");
    }
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(configuration.get(TaskManagerOptions.NUM_TASK_SLOTS))
                .build());
    try {
      cluster.start();
      return new EmbeddedFlink(cluster, client(configuration, cluster.getRestAddress().get()));
    } catch (Exception e) {
      cluster.close();
      throw e;
    }
  }

  /** Configuration of a client or session that submits its jobs here. */
  public Configuration clientConfiguration() {
    return new Configuration(clientConfiguration);
  }

  /** A streaming environment of its own on this cluster. */
  public TableEnvironment tableEnvironment() {
    return TableEnvironment.create(
        EnvironmentSettings.newInstance()
            .inStreamingMode()
            .withConfiguration(clientConfiguration())
            .build());
  }

  @Override
  public void close() {
    cluster.closeAsync().join();
  }

  private static Configuration defaults() {
    Configuration configuration = new Configuration();
    configuration.set(RestOptions.ADDRESS, "localhost");
    configuration.set(TaskManagerOptions.NUM_TASK_SLOTS, SLOTS);
    configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(512));
    configuration.set(CoreOptions.DEFAULT_PARALLELISM, PARALLELISM);
    configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(5));
    return configuration;
  }

  private static Configuration client(Configuration cluster, URI rest) {
    Configuration client = new Configuration(cluster);
    client.set(DeploymentOptions.TARGET, "remote");
    client.set(RestOptions.ADDRESS, rest.getHost());
    client.set(RestOptions.PORT, rest.getPort());
    return client;
  }
}
