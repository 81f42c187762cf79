package io.fluss.sink;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fluss.metadata.TableInfoJson;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.ExplainDetail;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.TableDescriptor;
import org.apache.flink.table.api.TableEnvironment;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the options of a sink make of a job: its tasks, and how rows come to them. */
class SinkPlanTest {

  private static final int INPUT_TASKS = 2;

  @ParameterizedTest
  @ValueSource(strings = {"at-least-once", "exactly-once"})
  void thereAreAsManySinkTasksAsTheOptionSays(String guarantee) throws Exception {
    // Given
    TestTable table = table(List.of("id"));

    // Then
    assertThat(writer(table, guarantee, "").get("parallelism").asInt()).isEqualTo(INPUT_TASKS);
    assertThat(writer(table, guarantee, ", 'sink.parallelism' = '3'").get("parallelism").asInt())
        .isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"at-least-once", "exactly-once"})
  void rowsAreBroughtTogetherByBucketUnlessTheOptionSaysNo(String guarantee) throws Exception {
    // Given
    TestTable table = table(List.of("id"));

    // Then
    assertThat(wayToWriter(table, guarantee, "")).isEqualTo("BUCKET[id]");
    assertThat(wayToWriter(table, guarantee, ", 'sink.bucket-shuffle' = 'true'"))
        .isEqualTo("BUCKET[id]");
    assertThat(wayToWriter(table, guarantee, ", 'sink.bucket-shuffle' = 'false'"))
        .isEqualTo("FORWARD");
    assertThat(wayToWriter(table(List.of()), guarantee, "")).isEqualTo("FORWARD");
  }

  private static TestTable table(List<String> bucketKey) {
    return TestTable.create(4, bucketKey);
  }

  private static String wayToWriter(TestTable table, String guarantee, String options)
      throws Exception {
    return writer(table, guarantee, options)
        .get("predecessors")
        .get(0)
        .get("ship_strategy")
        .asText();
  }

  private static JsonNode writer(TestTable table, String guarantee, String options)
      throws Exception {
    String plan =
        sql(table)
            .explainSql(
                "INSERT INTO events /*+ OPTIONS('sink.delivery-guarantee' = '"
                    + guarantee
                    + "'"
                    + options
                    + ") */ SELECT * FROM numbers",
                ExplainDetail.JSON_EXECUTION_PLAN);
    JsonNode job = new ObjectMapper().readTree(plan.substring(plan.indexOf("{\n")));
    return StreamSupport.stream(job.get("nodes").spliterator(), false)
        .filter(node -> node.get("type").asText().endsWith("Writer"))
        .findFirst()
        .orElseThrow(() -> new AssertionError("No writer in " + plan));
  }

  private static TableEnvironment sql(TestTable table) {
    Configuration config = new Configuration();
    config.set(CoreOptions.DEFAULT_PARALLELISM, INPUT_TASKS);
    TableEnvironment sql = TableEnvironment.create(config);
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
    sql.executeSql(
        "CREATE TEMPORARY TABLE numbers (id BIGINT, text STRING)"
            + " WITH ('connector' = 'datagen', 'number-of-rows' = '10')");
    return sql;
  }
}
