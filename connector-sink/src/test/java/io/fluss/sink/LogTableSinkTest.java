package io.fluss.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.metadata.TableInfoJson;
import io.fluss.table.TablePath;
import io.fluss.upsert.LeaseTimes;
import io.fluss.write.KeyedBucketRouter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.TableDescriptor;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.data.RowData;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LogTableSinkTest {

  private static final Duration TOPIC_CHECKS = Duration.ofMillis(100);

  @RegisterExtension
  static final MiniClusterExtension FLINK =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(4)
              .build());

  @Test
  void writesEveryRowOnce() throws Exception {
    // Given
    TestTable table = TestTable.create(3, List.of());

    // When
    Jobs.write(
            Jobs.failing(), 2, 500_000, Jobs.UNLIMITED, row -> {}, new LogTableSink(table.config()))
        .execute();

    // Then
    assertThat(table.committedIds().stream().sorted().toList())
        .isEqualTo(LongStream.range(0, 500_000).boxed().toList());
  }

  @Test
  void rowsOfABucketKeyAreInTheirBucketAndInOrder() throws Exception {
    // Given
    TestTable table = TestTable.create(4, List.of("id"));
    KeyedBucketRouter router = KeyedBucketRouter.of(table.info());

    // When
    Jobs.write(
            Jobs.failing(),
            1,
            20_000,
            Jobs.UNLIMITED,
            row -> {},
            new LogTableSink(table.config("sink.parallelism", "2")))
        .execute();

    // Then
    Map<Long, List<Long>> ids = table.idsByBucket();
    assertThat(ids).hasSize(4);
    ids.forEach(
        (bucket, ofBucket) ->
            assertThat(ofBucket)
                .isSorted()
                .allSatisfy(
                    id -> assertThat((long) router.bucket(TestTable.row(id))).isEqualTo(bucket)));
    assertThat(ids.values().stream().mapToInt(List::size).sum()).isEqualTo(20_000);
  }

  @Test
  void rowsAreVisibleWithoutACheckpoint() throws Exception {
    // Given
    TestTable table = TestTable.create(1, List.of());
    Configuration noCheckpoints = new Configuration();

    // When
    JobClient job =
        Jobs.write(noCheckpoints, 1, 1_000_000, 1_000, row -> {}, new LogTableSink(table.config()))
            .executeAsync();

    // Then
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(table.committedIds()).hasSizeGreaterThan(100));
    job.cancel().get();
  }

  @Test
  void withoutTimeoutWritesEveryRowOnce() throws Exception {
    // Given
    TestTable table = TestTable.create(3, List.of("id"));

    // When
    Jobs.write(
            Jobs.failing(),
            2,
            500_000,
            Jobs.UNLIMITED,
            row -> {},
            new LogTableSink(table.config("client.writer.batch-timeout", "0 ms")))
        .execute();

    // Then
    assertThat(table.committedIds().stream().sorted().toList())
        .isEqualTo(LongStream.range(0, 500_000).boxed().toList());
  }

  @Test
  void aBatchThatFailsLaterFailsTheJobWithTableBucketAndCause() throws Exception {
    // Given
    TestTable table = TestTable.create(1, List.of());
    Configuration noCheckpoints = new Configuration();
    noCheckpoints.setString("restart-strategy.type", "none");
    JobClient job =
        Jobs.write(
                noCheckpoints,
                1,
                1_000_000,
                1_000,
                row -> {},
                new LogTableSink(
                    table.config(
                        "properties.delivery.timeout.ms", "2000",
                        "properties.request.timeout.ms", "1000",
                        "properties.max.block.ms", "2000")))
            .executeAsync();
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !table.committedIds().isEmpty());

    // When
    table.deleteTopic();

    // Then
    assertThatThrownBy(() -> job.getJobExecutionResult().get())
        .rootCause()
        .isInstanceOf(org.apache.kafka.common.KafkaException.class);
    assertThatThrownBy(() -> job.getJobExecutionResult().get())
        .hasStackTraceContaining(
            "Cannot write to table '"
                + table.info().path()
                + "', bucket 0 (topic '"
                + table.info().topic()
                + "'): ");
  }

  @Test
  void aWriterOfATableThatIsCreatedAgainFails() throws Exception {
    // Given
    TestTable table = TestTable.create(1, List.of());
    TestTable exactlyOnceTable = TestTable.create(1, List.of());
    JobClient job = start(new LogTableSink(table.config(), TOPIC_CHECKS));
    JobClient exactlyOnceJob =
        start(
            new ExactlyOnceTableSink(
                exactlyOnceTable.config("sink.delivery-guarantee", "exactly-once"),
                LeaseTimes.standard(),
                TOPIC_CHECKS));
    awaitRows(table);
    awaitRows(exactlyOnceTable);

    // When
    table.createAgain(2);
    exactlyOnceTable.createAgain(2);

    // Then
    assertThatThrownBy(() -> job.getJobExecutionResult().get(20, TimeUnit.SECONDS))
        .hasStackTraceContaining(
            "Cannot go on writing to table '"
                + table.info().path()
                + "': Topic '"
                + table.info().topic())
        .hasStackTraceContaining("the table was dropped or its topic created again");
    assertThatThrownBy(() -> exactlyOnceJob.getJobExecutionResult().get(20, TimeUnit.SECONDS))
        .hasStackTraceContaining("the table was dropped or its topic created again");
  }

  @Test
  void aWriterOfATableThatWasCreatedAgainDoesNotOpen() throws Exception {
    // Given
    TestTable table = TestTable.create(1, List.of());
    TestTable createdAgain = table.createAgain(2);

    // When
    JobClient job = start(new LogTableSink(table.config()));

    // Then
    assertThatThrownBy(() -> job.getJobExecutionResult().get(20, TimeUnit.SECONDS))
        .hasStackTraceContaining("Cannot write to table '" + table.info().path())
        .hasStackTraceContaining("the table was dropped or its topic created again");
    assertThat(createdAgain.committedIds()).isEmpty();
  }

  private static JobClient start(Sink<RowData> sink) throws Exception {
    return Jobs.write(Jobs.failing(), 1, 1_000_000, 1_000, row -> {}, sink).executeAsync();
  }

  private static void awaitRows(TestTable table) {
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !table.committedIds().isEmpty());
  }

  @Test
  void sqlInsertWritesAndExplainIsReadable() throws Exception {
    // Given
    TestTable table = TestTable.create(2, List.of("id"));
    TableEnvironment sql = TableEnvironment.create(new Configuration());
    TablePath path = table.info().path();
    sql.createTemporaryTable(
        "events",
        TableDescriptor.forConnector("fluss")
            .schema(
                Schema.newBuilder()
                    .column("id", DataTypes.BIGINT())
                    .column("text", DataTypes.STRING())
                    .build())
            .option("bootstrap.servers", table.kafka().bootstrapServers())
            .option(TableInfoJson.OPTION, TableInfoJson.write(table.info()))
            .build());

    // When
    sql.executeSql("INSERT INTO events VALUES (1, 'a'), (2, 'b'), (3, CAST(NULL AS STRING))")
        .await();

    // Then
    assertThat(table.idsOfEndedJobs()).containsExactlyInAnyOrder(1L, 2L, 3L);
    assertThat(path.table()).isEqualTo("events");
  }

  @Test
  void columnsOtherThanTheTablesAreRefusedWhenPlanned() throws Exception {
    // Given
    TestTable table = TestTable.create(1, List.of());
    TableEnvironment sql = TableEnvironment.create(new Configuration());
    sql.createTemporaryTable(
        "events",
        TableDescriptor.forConnector("fluss")
            .schema(
                Schema.newBuilder()
                    .column("text", DataTypes.STRING())
                    .column("id", DataTypes.BIGINT())
                    .build())
            .option("bootstrap.servers", table.kafka().bootstrapServers())
            .option(TableInfoJson.OPTION, TableInfoJson.write(table.info()))
            .build());

    // When // Then
    assertThatThrownBy(() -> sql.executeSql("INSERT INTO events VALUES ('a', 1)"))
        .hasStackTraceContaining(
            "changed: declared are ROW<`text` STRING, `id` BIGINT> NOT NULL, stored are ROW<`id`"
                + " BIGINT, `text` STRING> NOT NULL. Plan the query again.");
  }

  @Test
  void exactlyOnceInAnEndlessJobNeedsCheckpoints() throws Exception {
    // Given
    TestTable table = TestTable.create(1, List.of());
    TableEnvironment sql = TableEnvironment.create(new Configuration());
    sql.createTemporaryTable(
        "events",
        TableDescriptor.forConnector("fluss")
            .schema(
                Schema.newBuilder()
                    .column("id", DataTypes.BIGINT())
                    .column("text", DataTypes.STRING())
                    .build())
            .option("bootstrap.servers", table.kafka().bootstrapServers())
            .option("sink.delivery-guarantee", "exactly-once")
            .option(TableInfoJson.OPTION, TableInfoJson.write(table.info()))
            .build());
    sql.executeSql(
        "CREATE TEMPORARY TABLE endless (id BIGINT, text STRING) WITH ('connector' = 'datagen')");

    // When // Then
    assertThatThrownBy(() -> sql.executeSql("INSERT INTO events SELECT * FROM endless"))
        .hasStackTraceContaining(
            "Cannot write to table 'default_database.events': 'sink.delivery-guarantee' ="
                + " 'exactly-once' needs checkpoints: SET"
                + " 'execution.checkpointing.interval' = '10 s', or use 'at-least-once'.");

    // When
    sql.executeSql("INSERT INTO events VALUES (1, 'a')").await();

    // Then
    assertThat(table.idsOfEndedJobs()).containsExactly(1L);

    // When
    sql.getConfig().set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(100));
    JobClient job =
        sql.executeSql("INSERT INTO events SELECT * FROM endless").getJobClient().orElseThrow();

    // Then
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> table.committedIds().size() > 1);
    job.cancel().get();
  }

  @Test
  void takesAChangelogOnlyWhenToldToIgnoreDeletes() throws Exception {
    // Given
    TestTable table = TestTable.create(1, List.of());
    TableEnvironment sql = TableEnvironment.create(new Configuration());
    sql.createTemporaryTable(
        "events",
        TableDescriptor.forConnector("fluss")
            .schema(
                Schema.newBuilder()
                    .column("id", DataTypes.BIGINT())
                    .column("text", DataTypes.STRING())
                    .build())
            .option("bootstrap.servers", table.kafka().bootstrapServers())
            .option(TableInfoJson.OPTION, TableInfoJson.write(table.info()))
            .build());
    String counts = "SELECT COUNT(*), CAST(MAX(n) AS STRING) FROM (VALUES (1), (2), (3)) AS t(n)";

    // When
    sql.executeSql("INSERT INTO events /*+ OPTIONS('sink.ignore-delete' = 'true') */ " + counts)
        .await();

    // Then
    assertThat(table.idsOfEndedJobs()).contains(3L);
    assertThatThrownBy(() -> sql.executeSql("INSERT INTO events " + counts))
        .hasMessageContaining("doesn't support consuming update changes");
  }
}
