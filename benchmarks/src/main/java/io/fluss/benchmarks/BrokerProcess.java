package io.fluss.benchmarks;

import io.fluss.dist.Launcher;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.util.FileUtils;
import org.apache.kafka.clients.admin.Admin;

/** A broker in a JVM of its own, as {@code bin/fluss kafka} starts it, with a folder of its own. */
final class BrokerProcess implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 60;

  private final Process process;
  private final Path data;
  private final String bootstrapServers;

  private BrokerProcess(Process process, Path data, String bootstrapServers) {
    this.process = process;
    this.data = data;
    this.bootstrapServers = bootstrapServers;
  }

  static BrokerProcess start() throws Exception {
    int port = freePort();
    Path data = Files.createTempDirectory("fluss-bench-kafka");
    Process process =
        new ProcessBuilder(
                List.of(
                    ProcessHandle.current().info().command().orElse("java"),
                    "-Xmx1g",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Launcher.class.getName(),
                    "kafka",
                    "--port",
                    Integer.toString(port),
                    "--data",
                    data.toString()))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    BrokerProcess broker = new BrokerProcess(process, data, "localhost:" + port);
    try {
      broker.awaitReady();
      return broker;
    } catch (Exception e) {
      broker.close();
      throw e;
    }
  }

  String bootstrapServers() {
    return bootstrapServers;
  }

  private void awaitReady() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      admin.describeCluster().nodes().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(Duration.ofSeconds(20).toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    FileUtils.deleteDirectory(data.toFile());
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
