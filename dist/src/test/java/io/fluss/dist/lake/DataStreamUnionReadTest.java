package io.fluss.dist.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluss.admin.TableAdmin;
import io.fluss.dist.flink.EmbeddedFlink;
import io.fluss.kafka.ClientConfig;
import io.fluss.source.FlussSource;
import io.fluss.source.FlussSourceBuilder;
import io.fluss.source.OffsetsInitializer;
import io.fluss.source.deserializer.JsonStringDeserializationSchema;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import io.fluss.testkit.kafka.SharedKafka;
import io.fluss.tiering.TieringJob;
import io.fluss.tiering.config.TieringFlags;
import io.fluss.typed.Filter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables in a Paimon lake, read in the DataStream API: the lake first, then the log. */
class DataStreamUnionReadTest {

  @TempDir static Path warehouse;

  private final String database = SharedKafka.uniqueDatabase();

  @Test
  void rowsThatOnlyTheLakeHasAreReadOnceAndThenThoseOfTheLog() throws Exception {
    try (EmbeddedFlink flink = EmbeddedFlink.start(Map.of());
        TableAdmin admin =
            TableAdmin.connect(
                new ClientConfig(SharedKafka.kafka().bootstrapServers(), Map.of()))) {
      // Given: rows 1 to 3 are in the lakes, and of the log table not in the log any more
      TableEnvironment sql = flink.tableEnvironment();
      create(sql);
      insert(sql, "(1, 'lake'), (2, 'lake'), (3, 'lake')");
      tier(flink, admin);
      deleteLog(admin.table(TablePath.of(database, "orders")));
      insert(sql, "(3, 'log'), (4, 'log')");

      // When // Then
      assertThat(rows(flink, source("orders").setBounded().build(), 10))
          .containsExactlyInAnyOrder(
              "+I {\"id\":1,\"name\":\"lake\"}",
              "+I {\"id\":2,\"name\":\"lake\"}",
              "+I {\"id\":3,\"name\":\"lake\"}",
              "+I {\"id\":3,\"name\":\"log\"}",
              "+I {\"id\":4,\"name\":\"log\"}");
      assertThat(
              rows(
                  flink,
                  source("orders").setBounded().setFilter(Filter.atMost("id", 2)).build(),
                  10))
          .containsExactlyInAnyOrder(
              "+I {\"id\":1,\"name\":\"lake\"}", "+I {\"id\":2,\"name\":\"lake\"}");
      assertThat(
              rows(
                  flink,
                  source("orders")
                      .setStartingOffsets(OffsetsInitializer.earliest())
                      .setBounded()
                      .build(),
                  10))
          .containsExactlyInAnyOrder(
              "+I {\"id\":3,\"name\":\"log\"}", "+I {\"id\":4,\"name\":\"log\"}");
      assertThat(rows(flink, source("people").setBounded().build(), 10))
          .containsExactlyInAnyOrder(
              "+I {\"id\":1,\"name\":\"lake\"}",
              "+I {\"id\":2,\"name\":\"lake\"}",
              "+I {\"id\":3,\"name\":\"log\"}",
              "+I {\"id\":4,\"name\":\"log\"}");
      assertThat(rows(flink, source("people").build(), 5))
          .as("for ever")
          .containsExactlyInAnyOrder(
              "+I {\"id\":1,\"name\":\"lake\"}",
              "+I {\"id\":2,\"name\":\"lake\"}",
              "+I {\"id\":3,\"name\":\"lake\"}",
              "+U {\"id\":3,\"name\":\"log\"}",
              "+U {\"id\":4,\"name\":\"log\"}");
    }
  }

  private void create(TableEnvironment sql) {
    sql.executeSql(
        "CREATE CATALOG c WITH ('type' = 'fluss', 'bootstrap.servers' = '%s', 'datalake.format' = 'paimon', 'datalake.paimon.warehouse' = '%s')"
            .formatted(SharedKafka.kafka().bootstrapServers(), warehouse));
    sql.executeSql("USE CATALOG c");
    sql.executeSql("CREATE DATABASE " + database);
    sql.executeSql("USE " + database);
    String options =
        " WITH ('bucket.num' = '1', 'table.datalake.enabled' = 'true', 'table.datalake.freshness' = '1 s')";
    sql.executeSql("CREATE TABLE orders (id BIGINT, name STRING)" + options);
    sql.executeSql(
        "CREATE TABLE people (id BIGINT, name STRING, PRIMARY KEY (id) NOT ENFORCED)" + options);
  }

  private static void insert(TableEnvironment sql, String rows) throws Exception {
    sql.executeSql("INSERT INTO orders VALUES " + rows).await();
    sql.executeSql("INSERT INTO people VALUES " + rows).await();
  }

  private void tier(EmbeddedFlink flink, TableAdmin admin) throws Exception {
    StreamExecutionEnvironment environment =
        new StreamExecutionEnvironment(flink.clientConfiguration());
    TieringJob.build(
        environment,
        TieringFlags.read(
            "--fluss.bootstrap.servers",
            SharedKafka.kafka().bootstrapServers(),
            "--datalake.format",
            "paimon",
            "--datalake.paimon.warehouse",
            warehouse.toString(),
            "--lake.tiering.poll-interval",
            "100 ms"));
    JobClient job = environment.executeAsync("tiering");
    for (String table : List.of("orders", "people")) {
      TableInfo info = admin.table(TablePath.of(database, table));
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> admin.lakeLag(info).buckets().stream().allMatch(b -> b.pending() == 0));
    }
    job.cancel().get();
    Awaitility.await().until(() -> job.getJobStatus().get().isGloballyTerminalState());
  }

  private static void deleteLog(TableInfo table) throws Exception {
    TopicPartition bucket = new TopicPartition(table.topic(), 0);
    Map<TopicPartition, RecordsToDelete> all =
        Map.of(bucket, RecordsToDelete.beforeOffset(-1)); // all that is there
    try (Admin kafka = Admin.create(SharedKafka.kafka().adminProperties())) {
      kafka.deleteRecords(all).all().get();
    }
  }

  private FlussSourceBuilder<String> source(String table) {
    return FlussSource.<String>builder()
        .setBootstrapServers(SharedKafka.kafka().bootstrapServers())
        .setDatabase(database)
        .setTable(table)
        .setOption("datalake.paimon.warehouse", warehouse.toString())
        .setDeserializationSchema(new JsonStringDeserializationSchema());
  }

  /** Kind and row of each record. */
  private static List<String> rows(EmbeddedFlink flink, FlussSource<String> source, int most)
      throws Exception {
    return new StreamExecutionEnvironment(flink.clientConfiguration())
            .fromSource(source, WatermarkStrategy.noWatermarks(), "rows")
            .executeAndCollect(most)
            .stream()
            .map(
                json ->
                    json.replaceFirst(".*\"change_type\":\"(..)\",\"row\":", "$1 ")
                        .replaceFirst("}$", ""))
            .toList();
  }
}
