package io.fluss.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.format.key.ColumnSets;
import io.fluss.upsert.LeaseTimes;
import io.fluss.upsert.RowScope;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyedTableSinkTest {

  private static final Duration OFTEN = Duration.ofMillis(100);
  private static final LeaseTimes QUICK =
      new LeaseTimes(OFTEN, Duration.ofSeconds(1), Duration.ofSeconds(30));

  @RegisterExtension
  static final MiniClusterExtension FLINK =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(4)
              .build());

  @ParameterizedTest
  @ValueSource(strings = {"at-least-once", "exactly-once"})
  void theLastRowOfEachKeyIsThereAndDeletedOnesAreNot(String guarantee) throws Exception {
    // Given
    KeyedTestTable table = KeyedTestTable.create(3);

    // When
    insertChangelog(
        table,
        "/*+ OPTIONS('sink.delivery-guarantee' = '" + guarantee + "') */",
        Row.ofKind(RowKind.INSERT, 1L, "Ada", 10, "first"),
        Row.ofKind(RowKind.INSERT, 2L, "Alan", 20, null),
        Row.ofKind(RowKind.UPDATE_BEFORE, 1L, "Ada", 10, "first"),
        Row.ofKind(RowKind.UPDATE_AFTER, 1L, "Ada", 11, null),
        Row.ofKind(RowKind.DELETE, 2L, "Alan", 20, null),
        Row.ofKind(RowKind.INSERT, 3L, "Grace", 30, "new"),
        Row.ofKind(RowKind.DELETE, 4L, "Nobody", 0, null));

    // Then
    assertThat(table.rows()).containsExactly("1, Ada, 11, null", "3, Grace, 30, new");
    assertThat(table.tombstones(2)).containsExactly(ColumnSets.FULL_ROW);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ignore", "disable"})
  void deletesAreDroppedWhereTheStatementSaysSo(String behavior) throws Exception {
    // Given
    KeyedTestTable table = KeyedTestTable.create(1, "table.delete.behavior", behavior);

    // When
    insertChangelog(
        table,
        "/*+ OPTIONS('sink.ignore-delete' = 'true') */",
        Row.ofKind(RowKind.INSERT, 1L, "Ada", 10, null),
        Row.ofKind(RowKind.DELETE, 1L, "Ada", 10, null));

    // Then
    assertThat(table.rows()).containsExactly("1, Ada, 10, null");
  }

  @ParameterizedTest
  @ValueSource(strings = {"first_row", "versioned"})
  void deletesAreDroppedWhereTheMergeEngineHasNone(String engine) throws Exception {
    // Given
    KeyedTestTable table =
        engine.equals("first_row")
            ? KeyedTestTable.create(1, "table.merge-engine", engine)
            : KeyedTestTable.create(
                1,
                "table.merge-engine",
                engine,
                "table.merge-engine.versioned.ver-column",
                "amount");

    // When
    insertChangelog(
        table,
        "",
        Row.ofKind(RowKind.INSERT, 1L, "Ada", 10, null),
        Row.ofKind(RowKind.DELETE, 1L, "Ada", 10, null));

    // Then
    assertThat(table.rows()).containsExactly("1, Ada, 10, null");
  }

  @Test
  void theFirstDeleteFailsTheJobWhereDeletesAreDisabled() {
    // Given
    KeyedTestTable table = KeyedTestTable.create(1, "table.delete.behavior", "disable");

    // When // Then
    assertThatThrownBy(
            () ->
                insertChangelog(
                    table,
                    "",
                    Row.ofKind(RowKind.INSERT, 1L, "Ada", 10, null),
                    Row.ofKind(RowKind.DELETE, 1L, "Ada", 10, null)))
        .hasStackTraceContaining(
            "Cannot delete from table '"
                + table.info().path()
                + "': it has 'table.delete.behavior' = 'disable'. Write no deletes, or drop them"
                + " with 'sink.ignore-delete' = 'true'.");
  }

  @Test
  void jobsThatFillDifferentColumnsOfARowKeepEachOthers() throws Exception {
    // Given
    KeyedTestTable table = KeyedTestTable.create(2);
    RowScope name = RowScope.columns(List.of(1));
    RowScope rest = RowScope.columns(List.of(2, 3));

    // When
    write(
        table,
        name,
        change(RowKind.INSERT, 1, "Ada", 0, ""),
        change(RowKind.INSERT, 2, "Alan", 0, ""));
    write(
        table,
        rest,
        change(RowKind.INSERT, 1, "", 10, "a"),
        change(RowKind.INSERT, 3, "", 30, "c"));

    // Then
    assertThat(table.rows())
        .containsExactly("1, Ada, 10, a", "2, Alan, null, null", "3, null, 30, c");

    // When
    write(
        table,
        rest,
        change(RowKind.DELETE, 1, "", 10, "a"),
        change(RowKind.DELETE, 3, "", 30, "c"));

    // Then
    assertThat(table.rows()).containsExactly("1, Ada, null, null", "2, Alan, null, null");

    // When
    write(table, rest, change(RowKind.INSERT, 2, "", 20, "b"));
    write(table, RowScope.fullRow(), change(RowKind.DELETE, 2, "", 0, ""));

    // Then
    assertThat(table.rows()).containsExactly("1, Ada, null, null");
    assertThat(table.tombstones(2)).containsExactly(1, 2, ColumnSets.FULL_ROW);
  }

  @Test
  void anInsertWithAColumnListIsAPartialUpdate() throws Exception {
    // Given
    KeyedTestTable table = KeyedTestTable.create(1);
    TableEnvironment sql = TableEnvironment.create(new Configuration());
    table.register(sql);

    // When
    sql.executeSql("INSERT INTO orders VALUES (1, 'Ada', 10, 'a'), (2, 'Alan', 20, 'b')").await();
    sql.executeSql("INSERT INTO orders (note, id) VALUES ('c', 2)").await();
    sql.executeSql("INSERT INTO orders (note, amount, name, id) VALUES ('d', 30, 'Grace', 3)")
        .await();

    // Then
    assertThat(table.rows()).containsExactly("1, Ada, 10, a", "2, Alan, 20, c", "3, Grace, 30, d");
    assertThat(table.current().columnSets()).hasSize(1);
  }

  @Test
  void aRowThatIsTooLargeFailsTheJobWithItsSizeAndTheLimit() {
    // Given
    KeyedTestTable table = KeyedTestTable.create(1);

    // When // Then
    assertThatThrownBy(
            () ->
                write(
                    table,
                    RowScope.fullRow(),
                    change(RowKind.INSERT, 1, "x".repeat(2_000_000), 1, "")))
        .hasStackTraceContaining(
            "Cannot write a row to table '"
                + table.info().path()
                + "', bucket 0: encoded it has 2000026 bytes, and the topic takes records of at"
                + " most ");
  }

  @Test
  void aKeyThatIsNullFailsTheJobWithItsColumn() {
    // Given
    KeyedTestTable table = KeyedTestTable.create(1);
    GenericRowData row = change(RowKind.INSERT, 1, "Ada", 1, "");
    row.setField(0, null);

    // When // Then
    assertThatThrownBy(() -> write(table, RowScope.fullRow(), row))
        .hasStackTraceContaining("Cannot write a row to table '" + table.info().path() + "': ")
        .hasStackTraceContaining("'id'");
  }

  @Test
  void rowsAreVisibleWithoutACheckpointAndAWriterOfATableThatIsCreatedAgainFails()
      throws Exception {
    // Given
    KeyedTestTable table = KeyedTestTable.create(1);
    Configuration noCheckpoints = new Configuration();
    noCheckpoints.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    JobClient job =
        Jobs.writeKeyed(
                noCheckpoints,
                1,
                1_000_000,
                1_000,
                row -> {},
                new KeyedTableSink(table.config(), QUICK, OFTEN))
            .executeAsync();
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !table.records().isEmpty());

    // When
    table.createAgain();

    // Then
    assertThatThrownBy(() -> job.getJobExecutionResult().get(20, TimeUnit.SECONDS))
        .hasStackTraceContaining("the table was dropped or its topic created again");
  }

  private static void insertChangelog(KeyedTestTable table, String hint, Row... changes)
      throws Exception {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(Jobs.failing());
    env.setParallelism(1);
    StreamTableEnvironment sql = StreamTableEnvironment.create(env);
    table.register(sql);
    DataStream<Row> changelog =
        env.fromData(
            Types.ROW_NAMED(
                new String[] {"id", "name", "amount", "note"},
                Types.LONG,
                Types.STRING,
                Types.INT,
                Types.STRING),
            changes);
    Schema schema =
        Schema.newBuilder()
            .column("id", DataTypes.BIGINT().notNull())
            .column("name", DataTypes.STRING())
            .column("amount", DataTypes.INT())
            .column("note", DataTypes.STRING())
            .primaryKey("id")
            .build();
    sql.createTemporaryView(
        "changes", sql.fromChangelogStream(changelog, schema, ChangelogMode.all()));
    sql.executeSql("INSERT INTO orders " + hint + " SELECT * FROM changes").await();
  }

  private static void write(KeyedTestTable table, RowScope scope, RowData... changes)
      throws Exception {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(Jobs.failing());
    env.setParallelism(1);
    env.fromData(InternalTypeInfo.of(table.info().rowType()), changes)
        .sinkTo(new KeyedTableSink(table.config().withScope(scope), QUICK, OFTEN));
    env.execute();
  }

  private static GenericRowData change(
      RowKind kind, long id, String name, int amount, String note) {
    return GenericRowData.ofKind(
        kind, id, StringData.fromString(name), amount, StringData.fromString(note));
  }
}
