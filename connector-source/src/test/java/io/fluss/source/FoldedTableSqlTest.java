package io.fluss.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.admin.TableDescriptor;
import io.fluss.testkit.kafka.SharedKafka;
import io.fluss.testkit.keyed.KeyedTableFixture;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.IntStream;
import javax.annotation.Nullable;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.ExplainDetail;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tables whose records take a fold: their changelog is exact, and a batch query agrees with it. */
class FoldedTableSqlTest {

  @RegisterExtension
  static final MiniClusterExtension FLINK =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(4)
              .build());

  private static final String COLUMNS =
      "id INT NOT NULL, a STRING, b INT, v BIGINT, PRIMARY KEY (id) NOT ENFORCED";

  private static final RowType TYPE =
      (RowType)
          DataTypes.ROW(
                  DataTypes.FIELD("id", DataTypes.INT().notNull()),
                  DataTypes.FIELD("a", DataTypes.STRING()),
                  DataTypes.FIELD("b", DataTypes.INT()),
                  DataTypes.FIELD("v", DataTypes.BIGINT()))
              .notNull()
              .getLogicalType();

  @Test
  void partialUpdatesFillEachOthersColumns() throws Exception {
    try (KeyedTableFixture table = table(Descriptors.of(TYPE, "id").buckets(2))) {
      // Given
      int a = table.registerColumnSet("a");
      int b = table.registerColumnSet("b");
      table.update(a, row(1, "x", null, null));
      table.update(b, row(1, null, 10, null));
      table.upsert(row(1, "y", 20, 7L));
      table.update(b, row(1, null, 30, null));
      table.deletePart(a, row(1, null, null, null));
      table.delete(row(1, null, null, null));
      table.update(b, row(1, null, 40, null));

      // Then
      assertThat(stream(table, "SELECT id, a, b, v FROM t"))
          .containsExactly(
              Row.ofKind(RowKind.INSERT, 1, "x", null, null),
              Row.ofKind(RowKind.UPDATE_BEFORE, 1, "x", null, null),
              Row.ofKind(RowKind.UPDATE_AFTER, 1, "x", 10, null),
              Row.ofKind(RowKind.UPDATE_BEFORE, 1, "x", 10, null),
              Row.ofKind(RowKind.UPDATE_AFTER, 1, "y", 20, 7L),
              Row.ofKind(RowKind.UPDATE_BEFORE, 1, "y", 20, 7L),
              Row.ofKind(RowKind.UPDATE_AFTER, 1, "y", 30, 7L),
              Row.ofKind(RowKind.UPDATE_BEFORE, 1, "y", 30, 7L),
              Row.ofKind(RowKind.UPDATE_AFTER, 1, null, 30, 7L),
              Row.ofKind(RowKind.DELETE, 1, null, 30, 7L),
              Row.ofKind(RowKind.INSERT, 1, null, 40, null));
      assertThat(batch(table, "SELECT * FROM t")).containsExactly(Row.of(1, null, 40, null));
      assertThat(batch(table, "SELECT COUNT(*) FROM t")).containsExactly(Row.of(1L));
    }
  }

  @Test
  void aDeleteIsOneChangeThoughItIsSeveralRecords() throws Exception {
    try (KeyedTableFixture table = table(Descriptors.of(TYPE, "id"))) {
      // Given
      int a = table.registerColumnSet("a");
      int b = table.registerColumnSet("b");
      table.update(a, row(1, "x", null, null));
      table.upsert(row(1, "y", 10, 7L));
      table.update(b, row(1, null, 20, null));
      table.delete(row(1, null, null, null));
      table.delete(row(1, null, null, null));

      // Then
      assertThat(stream(table, "SELECT id, a, b, v FROM t"))
          .containsExactly(
              Row.ofKind(RowKind.INSERT, 1, "x", null, null),
              Row.ofKind(RowKind.UPDATE_BEFORE, 1, "x", null, null),
              Row.ofKind(RowKind.UPDATE_AFTER, 1, "y", 10, 7L),
              Row.ofKind(RowKind.UPDATE_BEFORE, 1, "y", 10, 7L),
              Row.ofKind(RowKind.UPDATE_AFTER, 1, "y", 20, 7L),
              Row.ofKind(RowKind.DELETE, 1, "y", 20, 7L));
      assertThat(
              changelog(SqlSupport.batch(table))
                  .rows(
                      "SELECT _log_offset, a, b FROM `t$changelog` WHERE _change_type = 'delete'"))
          .as("by the first record of the first delete")
          .containsExactly(Row.of(3L, "y", 20));
      assertThat(batch(table, "SELECT COUNT(*) FROM t")).containsExactly(Row.of(0L));
    }
  }

  @Test
  void aDeleteThatBrokeOffHasDeletedTheRow() throws Exception {
    try (KeyedTableFixture table = table(Descriptors.of(TYPE, "id"))) {
      // Given
      int a = table.registerColumnSet("a");
      int b = table.registerColumnSet("b");
      table.update(a, row(1, "x", null, null));
      table.upsert(row(2, "y", 20, 7L));
      table.deleteByMarker(row(1, null, null, null));
      table.deleteByMarker(row(2, null, null, null));
      table.update(b, row(2, null, 30, null));

      // Then
      assertThat(Changelog.stateOf(stream(table, "SELECT * FROM t")))
          .containsExactly(Row.of(2, null, 30, null));
      assertThat(batch(table, "SELECT * FROM t")).containsExactly(Row.of(2, null, 30, null));
      assertThat(batch(table, "SELECT * FROM t WHERE id = 1")).isEmpty();
      assertThat(batch(table, "SELECT COUNT(*) FROM t")).containsExactly(Row.of(1L));
    }
  }

  @Test
  void whatAnotherJobWritesWhileARowIsDeletedIsBeforeOrAfterTheDelete() throws Exception {
    try (KeyedTableFixture table = table(Descriptors.of(TYPE, "id"))) {
      // Given
      int a = table.registerColumnSet("a");
      int b = table.registerColumnSet("b");
      table.update(b, row(1, null, 10, null));
      table.deleteByMarker(row(1, null, null, null));
      table.tombstone(a, row(1, null, null, null));
      table.update(a, row(1, "after", null, null));
      table.update(b, row(1, null, 20, null));
      table.tombstone(b, row(1, null, null, null));
      table.tombstone(0, row(1, null, null, null));

      // Then
      assertThat(stream(table, "SELECT id, a, b FROM t"))
          .containsExactly(
              Row.ofKind(RowKind.INSERT, 1, null, 10),
              Row.ofKind(RowKind.DELETE, 1, null, 10),
              Row.ofKind(RowKind.INSERT, 1, "after", null),
              Row.ofKind(RowKind.UPDATE_BEFORE, 1, "after", null),
              Row.ofKind(RowKind.UPDATE_AFTER, 1, "after", 20),
              Row.ofKind(RowKind.UPDATE_BEFORE, 1, "after", 20),
              Row.ofKind(RowKind.UPDATE_AFTER, 1, "after", null));
      assertThat(batch(table, "SELECT id, a, b FROM t")).containsExactly(Row.of(1, "after", null));
    }
  }

  @Test
  void theProjectionComesBehindTheFold() throws Exception {
    try (KeyedTableFixture table = table(Descriptors.of(TYPE, "id"))) {
      // Given
      int a = table.registerColumnSet("a");
      table.upsert(row(1, "x", 10, 7L));
      table.update(a, row(1, "y", null, null));

      // Then
      assertThat(Changelog.stateOf(stream(table, "SELECT v, a FROM t")))
          .containsExactly(Row.of(7L, "y"));
      assertThat(batch(table, "SELECT v, a FROM t")).containsExactly(Row.of(7L, "y"));
      assertThat(batch(table, "SELECT v, a FROM t WHERE id = 1")).containsExactly(Row.of(7L, "y"));
    }
  }

  @Test
  void whatTakesARowBackHasTheMetadataItCameWith() throws Exception {
    try (KeyedTableFixture table = table(Descriptors.of(TYPE, "id"))) {
      // Given
      int a = table.registerColumnSet("a");
      table.upsert(row(1, "x", 10, 7L));
      table.update(a, row(1, "y", null, null));
      table.delete(row(1, null, null, null));
      table.upsert(row(2, "z", 1, 1L));
      String columns = COLUMNS + ", o BIGINT NOT NULL METADATA FROM 'offset' VIRTUAL";

      // When
      List<Row> changes =
          SqlSupport.streaming(table)
              .declare(columns, "scan.bounded.mode", "latest")
              .rows("SELECT id, a, o FROM t");

      // Then
      assertThat(changes)
          .containsExactly(
              Row.ofKind(RowKind.INSERT, 1, "x", 0L),
              Row.ofKind(RowKind.UPDATE_BEFORE, 1, "x", 0L),
              Row.ofKind(RowKind.UPDATE_AFTER, 1, "y", 1L),
              Row.ofKind(RowKind.DELETE, 1, "y", 1L),
              Row.ofKind(RowKind.INSERT, 2, "z", 5L));
      assertThat(SqlSupport.batch(table).declare(columns).rows("SELECT id, a, o FROM t"))
          .containsExactly(Row.of(2, "z", 5L));
    }
  }

  @Test
  void firstRowIsInsertOnly() throws Exception {
    try (KeyedTableFixture table =
        table(Descriptors.of(TYPE, "id").option("table.merge-engine", "first_row"))) {
      // Given
      table.upsert(row(1, "x", 1, 1L), row(2, "y", 2, 2L), row(1, "z", 3, 3L));
      table.delete(row(2, null, null, null));

      // Then
      assertThat(plan(table)).contains("changelogMode=[I]");
      assertThat(stream(table, "SELECT id, a FROM t"))
          .containsExactlyInAnyOrder(Row.of(1, "x"), Row.of(2, "y"));
      assertThat(batch(table, "SELECT id, a FROM t"))
          .containsExactlyInAnyOrder(Row.of(1, "x"), Row.of(2, "y"));
    }
  }

  @Test
  void watermarksAreMadeBehindTheFold() throws Exception {
    RowType type =
        (RowType)
            DataTypes.ROW(
                    DataTypes.FIELD("id", DataTypes.INT().notNull()),
                    DataTypes.FIELD("happened", DataTypes.TIMESTAMP(3)))
                .notNull()
                .getLogicalType();
    try (KeyedTableFixture table =
        table(Descriptors.of(type, "id").option("table.merge-engine", "first_row"))) {
      // Given
      LocalDateTime ten = LocalDateTime.of(2025, 1, 1, 10, 0);
      table.upsert(
          GenericRowData.of(1, TimestampData.fromLocalDateTime(ten)),
          GenericRowData.of(1, TimestampData.fromLocalDateTime(ten)),
          GenericRowData.of(2, TimestampData.fromLocalDateTime(ten.plusMinutes(61))));
      SqlSupport sql =
          SqlSupport.streaming(table)
              .declare(
                  "id INT NOT NULL, happened TIMESTAMP(3), PRIMARY KEY (id) NOT ENFORCED,"
                      + " WATERMARK FOR happened AS happened");
      // Of two tasks that fold, one may have no key.
      sql.sql().getConfig().set("table.exec.source.idle-timeout", "100 ms");

      // When: the second row ends the window of the first
      List<Row> windows =
          sql.firstRows(
              1,
              "SELECT window_start, COUNT(*) FROM TABLE(TUMBLE(TABLE t, DESCRIPTOR(happened),"
                  + " INTERVAL '1' HOUR)) GROUP BY window_start, window_end");

      // Then
      assertThat(windows).containsExactly(Row.of(ten, 1L));
    }
  }

  @Test
  void versionedKeepsTheGreatestVersion() throws Exception {
    try (KeyedTableFixture table =
        table(
            Descriptors.of(TYPE, "id")
                .option("table.merge-engine", "versioned")
                .option("table.merge-engine.versioned.ver-column", "v"))) {
      // Given
      table.upsert(row(1, "x", 1, 5L), row(1, "late", 2, 4L), row(1, "y", 3, 6L));

      // Then
      assertThat(plan(table)).contains("changelogMode=[I,UB,UA]");
      assertThat(stream(table, "SELECT id, a FROM t"))
          .containsExactly(
              Row.ofKind(RowKind.INSERT, 1, "x"),
              Row.ofKind(RowKind.UPDATE_BEFORE, 1, "x"),
              Row.ofKind(RowKind.UPDATE_AFTER, 1, "y"));
      assertThat(batch(table, "SELECT id, a FROM t")).containsExactly(Row.of(1, "y"));
      assertThat(batch(table, "SELECT COUNT(*) FROM t")).containsExactly(Row.of(1L));
    }
  }

  @Test
  void aFoldThatBeginsLaterBeginsWithNothing() throws Exception {
    try (KeyedTableFixture table = table(Descriptors.of(TYPE, "id"))) {
      // Given
      int a = table.registerColumnSet("a");
      table.upsert(row(1, "x", 10, 7L));
      long time = SqlSupport.millisAfterNow();
      table.update(a, row(1, "y", null, null));

      // When
      List<Row> changes =
          SqlSupport.streaming(table)
              .declare(
                  COLUMNS,
                  "scan.startup.mode",
                  "timestamp",
                  "scan.startup.timestamp",
                  String.valueOf(time),
                  "scan.bounded.mode",
                  "latest")
              .rows("SELECT id, a, b FROM t");

      // Then
      assertThat(changes).containsExactly(Row.of(1, "y", null));
    }
  }

  @Test
  void aDeleteOfColumnSetsThatAreNewerThanTheQueryIsALoudError() throws Exception {
    try (KeyedTableFixture table = table(Descriptors.of(TYPE, "id"))) {
      // Given
      SqlSupport stream = SqlSupport.streaming(table).declare(COLUMNS);
      SqlSupport batch = SqlSupport.batch(table).declare(COLUMNS);
      table.registerColumnSet("a");
      table.delete(row(1, null, null, null));

      // Then
      assertThatThrownBy(() -> stream.firstRows(1, "SELECT id FROM t"))
          .rootCause()
          .hasMessageContaining("Start the query again");
      assertThatThrownBy(() -> batch.rows("SELECT COUNT(*) FROM t"))
          .rootCause()
          .hasMessageContaining("Start the query again");
    }
  }

  @Test
  void aColumnSetThatIsNewerThanTheQueryIsALoudError() throws Exception {
    try (KeyedTableFixture table = table(Descriptors.of(TYPE, "id"))) {
      // Given
      table.registerColumnSet("a");
      SqlSupport sql = SqlSupport.streaming(table).declare(COLUMNS);
      int b = table.registerColumnSet("b");
      table.update(b, row(1, null, 10, null));

      // Then
      assertThatThrownBy(() -> sql.firstRows(1, "SELECT id FROM t"))
          .rootCause()
          .hasMessageContaining("Start the query again");
    }
  }

  // ------------------------------------------------------------------------------------ changelog

  @Test
  void theChangelogTableTellsEachChangeOfAPlainTable() throws Exception {
    try (KeyedTableFixture table = table(Descriptors.of(TYPE, "id"))) {
      // Given
      table.upsert(row(1, "x", 1, null), row(1, "x", 1, null), row(2, "y", 2, null));
      table.delete(row(1, null, null, null));
      table.delete(row(9, null, null, null));

      // Then: a row written again is an update, a delete of nothing is no change
      List<Row> changes =
          List.of(
              Row.of("insert", 0L, 1, "x"),
              Row.of("update_before", 1L, 1, "x"),
              Row.of("update_after", 1L, 1, "x"),
              Row.of("insert", 2L, 2, "y"),
              Row.of("delete", 3L, 1, "x"));
      String query = "SELECT _change_type, _log_offset, id, a FROM `t$changelog`";
      for (SqlSupport sql : List.of(SqlSupport.streaming(table), SqlSupport.batch(table))) {
        assertThat(changelog(sql).rows(query)).containsExactlyInAnyOrderElementsOf(changes);
      }
    }
  }

  @Test
  void theChangesOfAKeyComeInTheirOrder() throws Exception {
    try (KeyedTableFixture table = table(Descriptors.of(TYPE, "id").buckets(2))) {
      // Given: many records at the same time
      table.upsert(IntStream.range(0, 500).mapToObj(i -> row(i % 2, "x", i, null)).toList());
      String query = "SELECT b FROM `t$changelog` WHERE id = 1 AND _change_type <> 'update_before'";

      // Then
      List<Row> inOrder = IntStream.range(0, 250).mapToObj(i -> Row.of(2 * i + 1)).toList();
      for (SqlSupport sql : List.of(SqlSupport.streaming(table), SqlSupport.batch(table))) {
        assertThat(changelog(sql).rows(query)).isEqualTo(inOrder);
      }
    }
  }

  @Test
  void theChangelogTableKnowsWhatPartialUpdatesReplaced() throws Exception {
    try (KeyedTableFixture table = table(Descriptors.of(TYPE, "id"))) {
      // Given
      int a = table.registerColumnSet("a");
      table.upsert(row(1, "x", 1, 5L));
      table.update(a, row(1, "y", null, null));

      // Then
      assertThat(
              changelog(SqlSupport.batch(table))
                  .rows("SELECT b, a, _change_type, v FROM `t$changelog`"))
          .containsExactly(
              Row.of(1, "x", "insert", 5L),
              Row.of(1, "x", "update_before", 5L),
              Row.of(1, "y", "update_after", 5L));
      assertThat(
              changelog(SqlSupport.batch(table))
                  .rows(
                      "SELECT _change_type, _commit_timestamp > TIMESTAMP '2020-01-01 00:00:00'"
                          + " FROM `t$changelog` WHERE _change_type = 'update_after'"))
          .containsExactly(Row.of("update_after", true));
      assertThat(changelog(SqlSupport.batch(table)).rows("SELECT COUNT(*) FROM `t$changelog`"))
          .containsExactly(Row.of(3L));
    }
  }

  private static SqlSupport changelog(SqlSupport sql) {
    return sql.declareAs(
        "`t$changelog`",
        "_change_type STRING NOT NULL, _log_offset BIGINT NOT NULL,"
            + " _commit_timestamp TIMESTAMP_LTZ(3) NOT NULL, id INT NOT NULL, a STRING, b INT,"
            + " v BIGINT",
        "scan.bounded.mode",
        "latest",
        "scan.parallelism",
        "1");
  }

  private static KeyedTableFixture table(TableDescriptor.Builder descriptor) {
    return KeyedTableFixture.create(SharedKafka.kafka(), "t", descriptor.build());
  }

  private static List<Row> stream(KeyedTableFixture table, String query) throws Exception {
    return SqlSupport.streaming(table).declare(COLUMNS, "scan.bounded.mode", "latest").rows(query);
  }

  private static List<Row> batch(KeyedTableFixture table, String query) throws Exception {
    return SqlSupport.batch(table).declare(COLUMNS).rows(query);
  }

  private static String plan(KeyedTableFixture table) {
    return SqlSupport.streaming(table)
        .declare(COLUMNS)
        .sql()
        .explainSql("SELECT * FROM t", ExplainDetail.CHANGELOG_MODE);
  }

  private static RowData row(int id, @Nullable String a, @Nullable Integer b, @Nullable Long v) {
    return GenericRowData.of(id, StringData.fromString(a), b, v);
  }
}
