package io.fluss.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluss.read.LogConsumers;
import io.fluss.testkit.kafka.EmbeddedKafka;
import io.fluss.testkit.keyed.KeyedTableFixture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.annotation.Nullable;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Kafka cleans the log while it is read and between reads, down to the removal of deletes; every
 * read comes to the same rows as a model of the table.
 */
class CompactedTableTest {

  @RegisterExtension
  static final MiniClusterExtension FLINK =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(4)
              .build());

  private static final RowType TYPE =
      (RowType)
          DataTypes.ROW(
                  DataTypes.FIELD("id", DataTypes.INT().notNull()),
                  DataTypes.FIELD("a", DataTypes.STRING()),
                  DataTypes.FIELD("b", DataTypes.INT()))
              .notNull()
              .getLogicalType();

  private static final String COLUMNS =
      "id INT NOT NULL, a STRING, b INT, PRIMARY KEY (id) NOT ENFORCED";

  private static final int KEYS = 40;
  private static final int OPERATIONS = 1_000;

  /** Its record ends segments, which are cleaned only then. */
  private static final int SEGMENT_ENDER = 10_000;

  /** What the running query hands back; it runs in this JVM. */
  private static final Queue<Row> CHANGES = new ConcurrentLinkedQueue<>();

  private static EmbeddedKafka kafka;

  @BeforeAll
  static void startKafka() {
    kafka = EmbeddedKafka.start();
  }

  @AfterAll
  static void stopKafka() {
    kafka.close();
  }

  private final Map<Integer, Row> model = new TreeMap<>();
  private final Random random = new Random(7);

  @Test
  void plainRows() throws Exception {
    try (KeyedTableFixture table = table()) {
      readsAgreeWithTheModel(table, 0, 0);
    }
  }

  @Test
  void partialUpdates() throws Exception {
    try (KeyedTableFixture table = table()) {
      readsAgreeWithTheModel(table, table.registerColumnSet("a"), table.registerColumnSet("b"));
    }
  }

  private void readsAgreeWithTheModel(KeyedTableFixture table, int a, int b) throws Exception {
    // Given: a query that runs all the time
    CHANGES.clear();
    JobClient running = run(table);

    // When
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < OPERATIONS; i++) {
        change(table, a, b);
      }
      long written = end(table);
      Awaitility.await()
          .atMost(Duration.ofMinutes(2))
          .pollInterval(Duration.ofMillis(250))
          .until(() -> isCleaned(table, written));
    }

    // Then
    List<Row> rows = List.copyOf(model.values());
    String query = "SELECT * FROM t WHERE id < " + KEYS;
    assertThat(SqlSupport.batch(table).declare(COLUMNS).rows(query))
        .containsExactlyInAnyOrderElementsOf(rows);
    assertThat(
            SqlSupport.batch(table)
                .declare(COLUMNS, "scan.fold.memory-size", "16 kb")
                .rows("SELECT COUNT(*) FROM t"))
        .containsExactly(Row.of(rows.size() + 1L));
    assertThat(
            Changelog.stateOf(
                SqlSupport.streaming(table)
                    .declare(COLUMNS, "scan.bounded.mode", "latest")
                    .rows(query)))
        .containsExactlyInAnyOrderElementsOf(rows);
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(Changelog.stateOf(new ArrayList<>(CHANGES)))
                    .containsExactlyInAnyOrderElementsOf(rows));
    running.cancel().get();
  }

  private static KeyedTableFixture table() throws Exception {
    KeyedTableFixture table =
        KeyedTableFixture.create(kafka, "t", Descriptors.of(TYPE, "id").build());
    table.alterTopic(
        Map.of(
            "segment.ms", "50",
            "min.cleanable.dirty.ratio", "0.001",
            "min.compaction.lag.ms", "0",
            "delete.retention.ms", "8000"));
    ConfigResource brokers = new ConfigResource(ConfigResource.Type.BROKER, "");
    ConfigEntry oftener = new ConfigEntry("log.cleaner.backoff.ms", "100");
    table
        .admin()
        .incrementalAlterConfigs(
            Map.of(brokers, List.of(new AlterConfigOp(oftener, AlterConfigOp.OpType.SET))))
        .all()
        .get();
    return table;
  }

  private static JobClient run(KeyedTableFixture table) throws Exception {
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
    environment.setParallelism(1);
    StreamTableEnvironment sql = StreamTableEnvironment.create(environment);
    sql.executeSql("CREATE TEMPORARY TABLE t (" + COLUMNS + ") " + table.with());
    sql.toChangelogStream(sql.sqlQuery("SELECT * FROM t WHERE id < " + KEYS))
        .map(
            change -> {
              CHANGES.add(change);
              return change;
            })
        .returns(Row.class)
        .sinkTo(new DiscardingSink<>());
    return environment.executeAsync();
  }

  /** One random change, of the table and of the model. */
  private void change(KeyedTableFixture table, int setOfA, int setOfB) {
    int id = random.nextInt(KEYS);
    int value = random.nextInt(1_000);
    Row row = model.get(id);
    int kinds = setOfA == 0 ? 2 : 5;
    switch (random.nextInt(kinds)) {
      case 0 -> {
        table.upsert(row(id, "a" + value, value));
        model.put(id, Row.of(id, "a" + value, value));
      }
      case 1 -> {
        table.delete(row(id, null, null));
        model.remove(id);
      }
      case 2 -> {
        table.update(setOfA, row(id, "u" + value, null));
        model.put(id, Row.of(id, "u" + value, row == null ? null : row.getField(2)));
      }
      case 3 -> {
        table.update(setOfB, row(id, null, value));
        model.put(id, Row.of(id, row == null ? null : row.getField(1), value));
      }
      default -> {
        table.deletePart(setOfA, row(id, null, null));
        if (row != null && row.getField(2) != null) {
          model.put(id, Row.of(id, null, row.getField(2)));
        } else {
          model.remove(id);
        }
      }
    }
  }

  /** Whether of the records before an offset all that can go is gone, deletes too. */
  private static boolean isCleaned(KeyedTableFixture table, long offset) {
    table.upsert(row(SEGMENT_ENDER, null, null));
    Map<String, Integer> keys = new HashMap<>();
    int deletes = 0;
    for (ConsumerRecord<byte[], byte[]> record : log(table)) {
      if (record.offset() < offset) {
        keys.merge(HexFormat.of().formatHex(record.key()), 1, Integer::sum);
        deletes += record.value() == null ? 1 : 0;
      }
    }
    return deletes == 0 && keys.values().stream().allMatch(n -> n == 1);
  }

  private static long end(KeyedTableFixture table) {
    List<ConsumerRecord<byte[], byte[]>> log = log(table);
    return log.get(log.size() - 1).offset() + 1;
  }

  private static List<ConsumerRecord<byte[], byte[]>> log(KeyedTableFixture table) {
    TopicPartition bucket = new TopicPartition(table.table().topic(), 0);
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (Consumer<byte[], byte[]> consumer = LogConsumers.open(table.client(), "test")) {
      consumer.assign(List.of(bucket));
      consumer.seekToBeginning(List.of(bucket));
      long end = consumer.endOffsets(List.of(bucket)).get(bucket);
      while (consumer.position(bucket) < end) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
    }
    return records;
  }

  private static RowData row(int id, @Nullable String a, @Nullable Integer b) {
    return GenericRowData.of(id, StringData.fromString(a), b);
  }
}
