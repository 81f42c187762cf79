package io.fluss.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.testkit.kafka.SharedKafka;
import io.fluss.testkit.log.LogTableFixture;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Queries that pass over batches. Whether they do is seen in batches that cannot be read: what
 * opens one fails.
 */
@SuppressWarnings("try") // closing an iterator of Flink may throw anything
class BatchSkippingSqlTest {

  private static final InMemoryReporter METRICS = InMemoryReporter.createWithRetainedMetrics();

  @RegisterExtension
  static final MiniClusterExtension FLINK =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(4)
              .setConfiguration(METRICS.addToConfiguration(new Configuration()))
              .build());

  private static final String COLUMNS = "id BIGINT NOT NULL, name STRING, price DOUBLE";

  private static final RowType TYPE =
      (RowType)
          DataTypes.ROW(
                  DataTypes.FIELD("id", DataTypes.BIGINT().notNull()),
                  DataTypes.FIELD("name", DataTypes.STRING()),
                  DataTypes.FIELD("price", DataTypes.DOUBLE()))
              .notNull()
              .getLogicalType();

  private final LogTableFixture table =
      LogTableFixture.create(
          SharedKafka.kafka(),
          SharedKafka.uniqueDatabase(),
          TYPE,
          2,
          Map.of("table.statistics.columns", "id, name"));

  @AfterEach
  void close() {
    table.close();
  }

  @Test
  void batchesOutOfTheRangeAreNotOpened() throws Exception {
    // Given
    table.writeUnreadable(0, rows(0, 10));
    table.write(0, rows(10, 20));
    table.writeUnreadable(0, rows(20, 30));
    table.writeUnreadable(1, rows(30, 40));
    SqlSupport sql = SqlSupport.batch(table).declare(COLUMNS);
    String query = "SELECT id FROM t WHERE id BETWEEN 12 AND 13";

    // When
    Answer answer = answer(sql, query);

    // Then
    assertThat(answer.rows).containsExactly(Row.of(12L), Row.of(13L));
    assertThat(sql.sql().explainSql(query)).contains("filter=[").contains("id, 12");
    assertThat(answer.skippedBatches).isEqualTo(3);
    assertThatThrownBy(() -> sql.rows("SELECT id FROM t WHERE id BETWEEN 12 AND 20"))
        .rootCause()
        .hasMessageContaining("Cannot read Arrow batch");
  }

  @Test
  void countsAndLimitsOfFilteredRowsAreThoseOfTheirRows() throws Exception {
    // Given
    table.writeUnreadable(0, rows(0, 10));
    table.write(0, rows(10, 20));
    table.write(1, rows(15, 25));
    SqlSupport sql = SqlSupport.batch(table).declare(COLUMNS);

    // When, Then
    assertThat(sql.rows("SELECT COUNT(*) FROM t WHERE id >= 18")).containsExactly(Row.of(9L));
    assertThat(sql.rows("SELECT id FROM t WHERE id >= 18 LIMIT 4")).hasSize(4);
    assertThat(sql.rows("SELECT COUNT(*) FROM t")).containsExactly(Row.of(30L));
  }

  @Test
  void metadataOfOtherRowsStaysTheSame() throws Exception {
    // Given
    table.writeUnreadable(0, rows(0, 10));
    table.write(0, rows(10, 12));
    SqlSupport sql =
        SqlSupport.batch(table)
            .declare(
                COLUMNS
                    + ", o BIGINT NOT NULL METADATA FROM 'offset' VIRTUAL,"
                    + " i INT NOT NULL METADATA FROM 'row-index' VIRTUAL");

    // When
    List<Row> rows = sql.rows("SELECT id, o, i FROM t WHERE name = 'name 000011'");

    // Then
    assertThat(rows).containsExactly(Row.of(11L, 1L, 1));
  }

  @Test
  void streamingGoesOnBehindBatchesThatItPassesOver() throws Exception {
    // Given
    table.writeUnreadable(0, rows(0, 10));
    table.write(0, rows(10, 12));
    SqlSupport sql = SqlSupport.streaming(table).declare(COLUMNS);

    // When
    try (var result = sql.sql().executeSql("SELECT id FROM t WHERE id > 10").collect()) {
      assertThat(result.next().getField(0)).isEqualTo(11L);
      table.writeUnreadable(0, rows(0, 5));
      table.write(0, rows(3, 30));

      // Then
      assertThat(result.next().getField(0)).isEqualTo(11L);
      assertThat(result.next().getField(0)).isEqualTo(12L);
    }
  }

  @Test
  void columnsWithoutStatisticsAreNotMentioned() throws Exception {
    // Given
    table.write(0, rows(0, 10));
    SqlSupport sql = SqlSupport.batch(table).declare(COLUMNS);
    String query = "SELECT id FROM t WHERE price > 7.5 AND id + 1 > 0";

    // When, Then
    assertThat(sql.rows(query)).containsExactly(Row.of(8L), Row.of(9L));
    assertThat(sql.sql().explainSql(query)).contains("filter=[]");
  }

  @Test
  void aScanWithAWatermarkOpensAllBatches() throws Exception {
    // Given: batches that are out of the range move the watermark on
    table.writeUnreadable(0, rows(0, 10));
    SqlSupport sql =
        SqlSupport.streaming(table)
            .declare(
                COLUMNS
                    + ", seen AS TO_TIMESTAMP_LTZ(id, 3), WATERMARK FOR seen AS seen - INTERVAL '1' SECOND",
                "scan.bounded.mode",
                "latest");

    // When, Then
    assertThatThrownBy(() -> sql.rows("SELECT id FROM t WHERE id > 10"))
        .rootCause()
        .hasMessageContaining("Cannot read Arrow batch");
  }

  @Test
  void randomFiltersFindWhatIsThere() throws Exception {
    // Given: batches of ranges that overlap
    Random random = new Random(5);
    List<RowData> all = new ArrayList<>();
    for (int batch = 0; batch < 20; batch++) {
      long from = random.nextInt(100);
      RowData[] rows = rows(from, from + 1 + random.nextInt(10));
      table.write(batch % 2, rows);
      all.addAll(List.of(rows));
    }
    SqlSupport sql = SqlSupport.batch(table).declare(COLUMNS);

    // When: all of them in one query, each with its own scan
    List<String> parts =
        IntStream.range(0, 12)
            .mapToObj(i -> "SELECT " + i + ", id FROM t WHERE " + condition(random))
            .toList();
    Answer filtered = answer(sql, String.join(" UNION ALL ", parts));

    // Then: a computed column is no column of the table, so no batch is passed over
    List<String> unfiltered =
        parts.stream()
            .map(p -> p.replace("FROM t", "FROM (SELECT id + 0 AS id, UPPER(name) AS name FROM t)"))
            .map(p -> p.replace("'name ", "'NAME "))
            .toList();
    assertThat(filtered.rows)
        .containsExactlyInAnyOrderElementsOf(sql.rows(String.join(" UNION ALL ", unfiltered)));
    assertThat(all).isNotEmpty();
    assertThat(filtered.skippedBatches).isPositive();
  }

  private static String condition(Random random) {
    int number = random.nextInt(110);
    String name = String.format("'name %06d'", random.nextInt(110));
    return switch (random.nextInt(6)) {
      case 0 -> "id < " + number;
      case 1 -> "id IN (" + number + ", " + (number + 7) + ")";
      case 2 -> "name >= " + name + " AND id <> " + number;
      case 3 -> "NOT (id > " + number + " OR name < " + name + ")";
      case 4 -> "name LIKE 'name 00001%' OR id = " + number;
      default -> "name = " + name + " OR name IS NULL";
    };
  }

  private record Answer(List<Row> rows, long skippedBatches) {}

  private static Answer answer(SqlSupport sql, String query) throws Exception {
    TableResult result = sql.sql().executeSql(query);
    List<Row> rows = new ArrayList<>();
    try (var all = result.collect()) {
      all.forEachRemaining(rows::add);
    }
    JobID job = result.getJobClient().orElseThrow().getJobID();
    long skipped =
        METRICS.findMetrics(job, "batchesSkipped").values().stream()
            .map(Counter.class::cast)
            .mapToLong(Counter::getCount)
            .sum();
    return new Answer(rows, skipped);
  }

  private static RowData[] rows(long from, long to) {
    return LongStream.range(from, to)
        .mapToObj(
            i ->
                GenericRowData.of(
                    i, StringData.fromString(String.format("name %06d", i)), (double) i))
        .toArray(RowData[]::new);
  }
}
