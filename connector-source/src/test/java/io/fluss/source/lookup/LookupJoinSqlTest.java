package io.fluss.source.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.admin.TableDescriptor;
import io.fluss.testkit.kafka.SharedKafka;
import io.fluss.testkit.keyed.KeyedTableFixture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.ExplainDetail;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("try") // closing an iterator of Flink may throw anything
class LookupJoinSqlTest {

  /** Texts are 'id/line', notes 'even' or 'odd' by line. */
  private final KeyedTableFixture lines =
      KeyedTableFixture.create(
          SharedKafka.kafka(),
          "lines",
          TableDescriptor.builder()
              .column("text", VarCharType.STRING_TYPE)
              .column("line", new IntType(false))
              .column("note", VarCharType.STRING_TYPE)
              .column("id", new BigIntType(false))
              .primaryKey(List.of("id", "line"))
              .bucketKey("id")
              .buckets(3)
              .build());

  private final StreamTableEnvironment sql = environment();

  /** Under target: followers outlive their job a little, so no test can delete their files. */
  private final Path dir = Path.of("target", "lookup", SharedKafka.uniqueDatabase());

  private static StreamTableEnvironment environment() {
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(new Configuration());
    environment.setParallelism(2);
    return StreamTableEnvironment.create(environment);
  }

  private static RowData row(long id, int line) {
    return GenericRowData.of(
        StringData.fromString(id + "/" + line),
        line,
        StringData.fromString(line % 2 == 0 ? "even" : "odd"),
        id);
  }

  @BeforeEach
  void writeRows() throws Exception {
    Files.createDirectories(dir);
    for (long id = 1; id <= 5; id++) {
      long each = id;
      lines.upsert(IntStream.range(0, 3).mapToObj(line -> row(each, line)).toList());
    }
    lines.delete(row(5, 1));
    sql.executeSql(
        "CREATE TEMPORARY VIEW orders AS SELECT *, PROCTIME() AS proc FROM (VALUES"
            + " ('a', CAST(1 AS BIGINT), 0, 'even'), ('b', 5, 2, 'odd'), ('c', 5, 1, 'odd'),"
            + " ('d', 9, 0, 'even'), ('e', CAST(NULL AS BIGINT), 0, 'even')) AS v(name, id, line,"
            + " note)");
  }

  @AfterEach
  void close() {
    lines.close();
  }

  private void declare(String... options) {
    String[] all = Arrays.copyOf(options, options.length + 2);
    all[options.length] = "lookup.local-dir";
    all[options.length + 1] = dir.toAbsolutePath().toString();
    sql.executeSql(
        "CREATE TEMPORARY TABLE lines (text STRING, line INT NOT NULL, note STRING,"
            + " id BIGINT NOT NULL, PRIMARY KEY (id, line) NOT ENFORCED) "
            + lines.with(all));
  }

  private static String join(String kind, String columns, String on) {
    return "SELECT "
        + columns
        + " FROM orders AS o "
        + kind
        + " JOIN lines FOR SYSTEM_TIME AS OF o.proc AS l ON "
        + on;
  }

  private List<String> rows(String query) throws Exception {
    List<String> rows = new ArrayList<>();
    try (CloseableIterator<Row> result = sql.executeSql(query).collect()) {
      result.forEachRemaining(row -> rows.add(row.toString()));
    }
    return rows;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theWholeKeyInAnyOrderFindsOneRow(boolean async) throws Exception {
    // Given
    declare("lookup.async", String.valueOf(async));
    // When
    List<String> rows =
        rows(join("LEFT", "o.name, l.note, l.text", "l.line = o.line AND l.id = o.id"));
    // Then
    assertThat(rows)
        .containsExactlyInAnyOrder(
            "+I[a, even, 1/0]",
            "+I[b, even, 5/2]",
            "+I[c, null, null]",
            "+I[d, null, null]",
            "+I[e, null, null]");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theBucketKeyFindsAllItsRows(boolean async) throws Exception {
    // Given
    declare("lookup.async", String.valueOf(async));
    // When
    List<String> rows = rows(join("", "o.name, l.text", "l.id = o.id"));
    // Then
    assertThat(rows)
        .containsExactlyInAnyOrder(
            "+I[a, 1/0]",
            "+I[a, 1/1]",
            "+I[a, 1/2]",
            "+I[b, 5/0]",
            "+I[b, 5/2]",
            "+I[c, 5/0]",
            "+I[c, 5/2]");
  }

  @Test
  void equalitiesOnOtherColumnsAreComparedWithTheRows() throws Exception {
    // Given
    declare();
    // When
    List<String> whole =
        rows(join("", "o.name, l.text", "l.id = o.id AND l.line = o.line AND l.note = o.note"));
    List<String> prefix = rows(join("", "o.name, l.text", "l.note = o.note AND l.id = o.id"));
    // Then
    assertThat(whole).containsExactly("+I[a, 1/0]");
    assertThat(prefix).containsExactlyInAnyOrder("+I[a, 1/0]", "+I[a, 1/2]");
  }

  @Test
  void constantsAndOtherConditionsNarrowWhatIsFound() throws Exception {
    // Given
    declare();
    // When
    List<String> constant = rows(join("", "o.name, l.text", "l.id = o.id AND l.line = 2"));
    List<String> other = rows(join("", "o.name, l.text", "l.id = o.id AND l.line > o.line"));
    // Then
    assertThat(constant).containsExactlyInAnyOrder("+I[a, 1/2]", "+I[b, 5/2]", "+I[c, 5/2]");
    assertThat(other).containsExactlyInAnyOrder("+I[a, 1/1]", "+I[a, 1/2]", "+I[c, 5/2]");
  }

  @Test
  void aKeyOfAnotherTypeIsCast() throws Exception {
    // Given
    declare();
    // When
    List<String> rows =
        rows(
            "SELECT l.text FROM (SELECT CAST(id AS INT) AS small, proc FROM orders) AS o JOIN lines"
                + " FOR SYSTEM_TIME AS OF o.proc AS l ON l.id = o.small AND l.line = 0");
    // Then
    assertThat(rows).containsExactlyInAnyOrder("+I[1/0]", "+I[5/0]", "+I[5/0]");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void flinksCacheMayStandBefore(boolean async) throws Exception {
    // Given
    declare(
        "lookup.async",
        String.valueOf(async),
        "lookup.cache",
        "PARTIAL",
        "lookup.partial-cache.max-rows",
        "10");
    // When
    List<String> rows = rows(join("", "o.name, l.text", "l.id = o.id AND l.line = o.line"));
    // Then
    assertThat(rows).containsExactlyInAnyOrder("+I[a, 1/0]", "+I[b, 5/2]");
  }

  @Test
  void theHintForShufflingSendsEachBucketToATask() throws Exception {
    // Given
    declare();
    String query =
        join("", "o.name, l.text", "l.line = o.line AND l.id = o.id")
            .replace("SELECT", "SELECT /*+ LOOKUP('table'='l', 'shuffle'='true') */");
    // When
    String plan = sql.explainSql(query, ExplainDetail.JSON_EXECUTION_PLAN);
    List<String> rows = rows(query);
    // Then
    assertThat(plan).contains("CUSTOM");
    assertThat(rows).containsExactlyInAnyOrder("+I[a, 1/0]", "+I[b, 5/2]");
  }

  @Test
  void rowsOnDiskAreFoundToo() throws Exception {
    // Given
    declare("lookup.memory-size", "0 b");
    // When
    List<String> rows = rows(join("", "o.name, l.text", "l.id = o.id AND l.line = o.line"));
    // Then
    assertThat(rows).containsExactlyInAnyOrder("+I[a, 1/0]", "+I[b, 5/2]");
    // Rows move to disk behind the answer.
    Awaitility.await().untilAsserted(() -> assertThat(dir).isNotEmptyDirectory());
  }

  @Test
  void keysThatFindNoRowsAreRefusedWithThoseThatWould() {
    // Given
    declare();
    // When
    String query = join("", "o.name", "l.line = o.line");
    // Then
    assertThatThrownBy(() -> sql.explainSql(query))
        .rootCause()
        .hasMessageContaining("by [line]")
        .hasMessageContaining("each column of the primary key [id, line]")
        .hasMessageContaining("on each column of the bucket key [id]");
  }

  @Test
  void allProblemsOfOptionsAreReportedTogether() {
    // Given
    declare("lookup.cache", "FULL", "lookup.async", "maybe", "lookup.asink", "true");
    // When
    String query = join("", "o.name", "l.id = o.id");
    // Then
    assertThatThrownBy(() -> sql.explainSql(query))
        .rootCause()
        .hasMessageContaining("'lookup.cache' = 'FULL' is not offered")
        .hasMessageContaining("'lookup.async' = 'maybe' is not valid")
        .hasMessageContaining("'lookup.asink' is not an option of lookups");
  }
}
