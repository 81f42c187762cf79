package io.fluss.tiering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fluss.admin.TableAdmin;
import io.fluss.admin.TableDescriptor;
import io.fluss.kafka.ClientConfig;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import io.fluss.testkit.kafka.EmbeddedKafka;
import io.fluss.testkit.kafka.SharedKafka;
import io.fluss.testkit.log.LogTableFixture;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.VarBinaryType;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Three brokers in three racks: which of them sends the rows that the job reads. */
class RackAwareTieringTest {

  private static final int ROWS = 10;
  private static final int ROW_BYTES = 100_000;

  /** No codec makes them less. */
  private static final long DATA_BYTES = (long) ROWS * ROW_BYTES;

  /** Answers to questions, of which the job has many. */
  private static final long FEW_BYTES = DATA_BYTES / 2;

  @RegisterExtension
  static final MiniClusterExtension FLINK =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(1)
              .build());

  private static EmbeddedKafka kafka;

  private final Lake lake = new Lake();
  private final Random random = new Random(7);

  @BeforeAll
  static void startBrokers() {
    kafka =
        EmbeddedKafka.builder()
            .brokers(3)
            .racks(List.of("rack-0", "rack-1", "rack-2"))
            .brokerProperty("default.replication.factor", "3")
            .brokerProperty(
                "replica.selector.class",
                "org.apache.kafka.common.replica.RackAwareReplicaSelector")
            .countBytes()
            .start();
  }

  @AfterAll
  static void stopBrokers() {
    kafka.close();
  }

  @Test
  void readersOfTheJobReadFromTheReplicaInTheirRack() throws Exception {
    // Given
    ClientConfig client = new ClientConfig(kafka.bootstrapServers(), Map.of());
    try (TableAdmin tables = TableAdmin.connect(client)) {
      String database = SharedKafka.uniqueDatabase();
      tables.createDatabase(database, null, Map.of());
      TableInfo table = create(tables, TablePath.of(database, "blobs"));
      int near = notTheLeader(table.path().toString());
      List<Long> before;
      try (LogTableFixture log = LogTableFixture.of(kafka, table)) {
        for (int i = 0; i < ROWS; i++) {
          log.write(0, row());
        }
        before = sent();

        // When
        ClientConfig inRack =
            new ClientConfig(kafka.bootstrapServers(), Map.of("client.rack", "rack-" + near));
        RunningJob job = RunningJob.start(lake.config(inRack), 1);
        try {
          await().atMost(Duration.ofSeconds(60)).until(() -> lake.rows(table).size() == ROWS);
        } finally {
          job.close();
        }
      }

      // Then
      List<Long> after = sent();
      for (int broker = 0; broker < 3; broker++) {
        long bytes = after.get(broker) - before.get(broker);
        if (broker == near) {
          assertThat(bytes).isGreaterThan(DATA_BYTES);
        } else {
          assertThat(bytes).isLessThan(FEW_BYTES);
        }
      }
    }
  }

  private TableInfo create(TableAdmin tables, TablePath path) {
    return lake.enable(
        tables,
        tables.createTable(
            path,
            TableDescriptor.builder()
                .column("blob", new VarBinaryType(VarBinaryType.MAX_LENGTH))
                .buckets(1)
                .build()));
  }

  private RowData row() {
    byte[] bytes = new byte[ROW_BYTES];
    random.nextBytes(bytes);
    return GenericRowData.of((Object) bytes);
  }

  private static int notTheLeader(String topic) throws Exception {
    try (Admin admin = Admin.create(kafka.adminProperties())) {
      int leader =
          admin
              .describeTopics(List.of(topic))
              .allTopicNames()
              .get()
              .get(topic)
              .partitions()
              .get(0)
              .leader()
              .id();
      return (leader + 1) % 3;
    }
  }

  private static List<Long> sent() {
    return IntStream.of(0, 1, 2).mapToObj(kafka::bytesSent).toList();
  }
}
