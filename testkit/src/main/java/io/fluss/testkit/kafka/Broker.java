package io.fluss.testkit.kafka;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import javax.annotation.Nullable;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * One KRaft node and its directory. It can be started again after a stop, with the same port and
 * data. Not thread-safe; {@link EmbeddedKafka} guards it.
 */
final class Broker {

  private final int id;
  private final Path dir;
  private final Properties properties;
  private final List<String> scramUsers;
  @Nullable private KafkaRaftServer server;

  Broker(int id, ClusterLayout layout) {
    this.id = id;
    this.dir = layout.brokerDir(id);
    this.properties = layout.brokerProperties(id);
    this.scramUsers = layout.listener().scramUsers();
  }

  /** Writes the node's storage unless an earlier run did. */
  void formatIfNew(String clusterId) {
    if (Files.exists(dir.resolve("meta.properties"))) {
      return;
    }
    try {
      Files.createDirectories(dir);
      Formatter formatter = new Formatter();
      if (!scramUsers.isEmpty()) {
        formatter.setScramArguments(scramUsers);
      }
      formatter
          .setNodeId(id)
          .setClusterId(clusterId)
          .setDirectories(List.of(dir.toString()))
          .setMetadataLogDirectory(dir.toString())
          .setReleaseVersion(MetadataVersion.latestProduction())
          .setControllerListenerName(ClusterLayout.CONTROLLER_LISTENER)
          .setPrintStream(
              new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
          .run();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot create the data directory " + dir, e);
    } catch (Exception e) {
      throw new IllegalStateException("Cannot format Kafka storage in " + dir, e);
    }
  }

  /** Returns when the broker serves requests, or throws what stopped it from doing so. */
  void start() {
    if (server != null) {
      throw new IllegalStateException("Broker " + id + " already runs. Stop it first.");
    }
    server = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
    server.startup();
  }

  void stop() {
    if (server != null) {
      KafkaRaftServer stopping = server;
      server = null;
      stopping.shutdown();
      stopping.awaitShutdown();
    }
  }
}
