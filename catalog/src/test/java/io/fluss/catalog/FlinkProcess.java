package io.fluss.catalog;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;

/**
 * A Flink cluster in a process of its own, which has variables in its environment that this one has
 * not. Ends when it is closed, or with this process.
 */
final class FlinkProcess implements AutoCloseable {

  private static final String READY = "ready at ";

  private final Process process;
  private final URI address;

  private FlinkProcess(Process process, URI address) {
    this.process = process;
    this.address = address;
  }

  /** Waits until jobs can be submitted. */
  static FlinkProcess start(Map<String, String> environment) {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                FlinkProcess.class.getName())
            .redirectErrorStream(true);
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      BufferedReader said =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      StringBuilder output = new StringBuilder();
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        if (line.startsWith(READY)) {
          swallow(said);
          return new FlinkProcess(process, URI.create(line.substring(READY.length())));
        }
        output.append(line).append('\n');
      }
      throw new IllegalStateException("Flink did not start:\n" + output);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot start Flink", e);
    }
  }

  /** A process whose output nobody reads stands still when the pipe is full. */
  private static void swallow(BufferedReader output) {
    Thread reader = new Thread(() -> output.lines().forEach(line -> {}), "output of Flink");
    reader.setDaemon(true);
    reader.start();
  }

  /** Of clients whose jobs run there. */
  Configuration clientConfiguration() {
    Configuration client = new Configuration();
    client.set(DeploymentOptions.TARGET, "remote");
    client.set(RestOptions.ADDRESS, address.getHost());
    client.set(RestOptions.PORT, address.getPort());
    return client;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /** The process: runs until its input ends. */
  @SuppressWarnings("try") // closing the cluster may be interrupted
  public static void main(String[] args) throws Exception {
    Configuration configuration = new Configuration();
    configuration.set(RestOptions.ADDRESS, "localhost");
    configuration.set(RestOptions.BIND_PORT, "0");
    configuration.set(TaskManagerOptions.NUM_TASK_SLOTS, 2);
    try (MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(2)
                .build())) {
      cluster.start();
      System.out.println(READY + cluster.getRestAddress().get());
      while (System.in.read() >= 0) {
        // until whoever started this goes
      }
    }
  }
}
