package io.fluss.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.format.key.ColumnSets;
import java.util.List;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** DELETE, UPDATE, TRUNCATE TABLE and INSERT OVERWRITE on tables with a primary key. */
class KeyedStatementsTest {

  private static final String THREE_ROWS =
      "INSERT INTO orders VALUES (1, 'Ada', 10, 'a'), (2, 'Alan', 20, 'b'), (3, 'Grace', 30, 'c')";

  @RegisterExtension
  static final MiniClusterExtension FLINK =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(4)
              .build());

  @Test
  void aDeleteOfAKeyNeedsNoJob() throws Exception {
    // Given
    KeyedTestTable table = KeyedTestTable.create(3);
    TableEnvironment sql = TableEnvironment.create(EnvironmentSettings.inBatchMode());
    table.registerWithSource(sql);
    sql.executeSql(THREE_ROWS).await();

    // When
    sql.executeSql("DELETE FROM orders WHERE id = 2").await();
    sql.executeSql("DELETE FROM orders WHERE id = 9").await();

    // Then
    assertThat(table.rows()).containsExactly("1, Ada, 10, a", "3, Grace, 30, c");
    assertThat(table.tombstones(2)).containsExactly(ColumnSets.FULL_ROW);
    assertThat(table.tombstones(9)).as("nobody has looked").containsExactly(ColumnSets.FULL_ROW);
  }

  @Test
  void rowsThatAConditionFindsAreDeleted() throws Exception {
    // Given
    KeyedTestTable table = KeyedTestTable.create(3);
    TableEnvironment sql = TableEnvironment.create(EnvironmentSettings.inBatchMode());
    table.registerWithSource(sql);
    sql.executeSql(THREE_ROWS).await();

    // When
    sql.executeSql("DELETE FROM orders WHERE amount > 15 AND name LIKE 'A%'").await();

    // Then
    assertThat(table.rows()).containsExactly("1, Ada, 10, a", "3, Grace, 30, c");
    assertThat(table.tombstones(2)).containsExactly(ColumnSets.FULL_ROW);
  }

  @Test
  void rowsThatAConditionFindsAreUpdated() throws Exception {
    // Given
    KeyedTestTable table = KeyedTestTable.create(3);
    TableEnvironment sql = TableEnvironment.create(EnvironmentSettings.inBatchMode());
    table.registerWithSource(sql);
    sql.executeSql(THREE_ROWS).await();

    // When
    sql.executeSql("UPDATE orders SET amount = amount + 1, note = 'x' WHERE amount > 15").await();

    // Then
    assertThat(table.rows()).containsExactly("1, Ada, 10, a", "2, Alan, 21, x", "3, Grace, 31, x");
    assertThat(table.current().columnSets()).isEmpty();
  }

  @Test
  void truncateLeavesNoRow() throws Exception {
    // Given
    KeyedTestTable table = KeyedTestTable.create(3);
    TableEnvironment sql = TableEnvironment.create(EnvironmentSettings.inBatchMode());
    table.registerWithSource(sql);
    sql.executeSql(THREE_ROWS).await();
    sql.executeSql("DELETE FROM orders WHERE id = 2").await();

    // When
    sql.executeSql("TRUNCATE TABLE orders").await();

    // Then
    assertThat(table.rows()).isEmpty();
    assertThat(table.tombstones(2)).as("deleted before").hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "first_row, TRUNCATE TABLE orders, truncate",
    "first_row, INSERT OVERWRITE orders SELECT * FROM orders, overwrite",
    "first_row, EXPLAIN INSERT OVERWRITE orders SELECT * FROM orders, overwrite",
    "versioned, TRUNCATE TABLE orders, truncate",
    "versioned, INSERT OVERWRITE orders SELECT * FROM orders, overwrite"
  })
  void tablesWithoutDeletesAreNotEmptiedBehindTheBackOfTheirReaders(
      String engine, String statement, String action) throws Exception {
    // Given
    KeyedTestTable table =
        KeyedTestTable.create(
            3,
            engine.equals("versioned")
                ? new String[] {
                  "table.merge-engine", engine, "table.merge-engine.versioned.ver-column", "amount"
                }
                : new String[] {"table.merge-engine", engine});
    TableEnvironment sql = TableEnvironment.create(EnvironmentSettings.inBatchMode());
    table.registerWithSource(sql);
    sql.executeSql(THREE_ROWS).await();

    // When // Then
    assertThatThrownBy(() -> sql.executeSql(statement))
        .hasStackTraceContaining("Cannot " + action + " table '" + table.info().path() + "'")
        .hasStackTraceContaining("with 'table.merge-engine' = '" + engine + "' no row is ever")
        .hasStackTraceContaining("Drop the table and create it anew, which every reader notices.");
    assertThat(table.records()).hasSize(3);
  }

  @Test
  void tablesWhoseReadersExpectNoDeletesAreNotEmptiedByDeletes() throws Exception {
    // Given
    KeyedTestTable table = KeyedTestTable.create(3, "table.delete.behavior", "ignore");
    TableEnvironment sql = TableEnvironment.create(EnvironmentSettings.inBatchMode());
    table.registerWithSource(sql);
    sql.executeSql(THREE_ROWS).await();

    // When // Then
    for (String statement :
        List.of("TRUNCATE TABLE orders", "INSERT OVERWRITE orders SELECT * FROM orders")) {
      assertThatThrownBy(() -> sql.executeSql(statement))
          .hasStackTraceContaining("its 'table.delete.behavior' is 'ignore'")
          .hasStackTraceContaining("Drop the table and create it anew");
    }
    assertThat(table.rows()).hasSize(3);
  }

  @Test
  void insertOverwriteLeavesTheNewRowsOnlyAlsoWhenTheyComeFromTheTable() throws Exception {
    // Given
    KeyedTestTable table = KeyedTestTable.create(3);
    TableEnvironment sql = TableEnvironment.create(EnvironmentSettings.inBatchMode());
    sql.getConfig().set("parallelism.default", "2");
    table.registerWithSource(sql);
    sql.executeSql(THREE_ROWS).await();

    // When
    sql.executeSql(
            "INSERT OVERWRITE orders SELECT id + 1, name, amount, note FROM orders WHERE id < 3")
        .await();

    // Then
    assertThat(table.rows()).containsExactly("2, Ada, 10, a", "3, Alan, 20, b");
  }

  @Test
  void insertOverwriteReplacesTheRowsOfALogTable() throws Exception {
    // Given
    TestTable table = TestTable.create(2, List.of());
    TableEnvironment sql = TableEnvironment.create(EnvironmentSettings.inBatchMode());
    table.register(sql);
    sql.executeSql("INSERT INTO events VALUES (1, 'a'), (2, 'b')").await();

    // When
    sql.executeSql("INSERT OVERWRITE events VALUES (3, 'c')").await();

    // Then
    assertThat(table.committedIds()).containsExactly(3L);

    // When
    sql.executeSql("TRUNCATE TABLE events").await();

    // Then
    assertThat(table.committedIds()).isEmpty();
    assertThatThrownBy(() -> sql.executeSql("DELETE FROM events"))
        .hasStackTraceContaining("it is a log table, whose rows stay as they are");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          UPDATE orders SET id = 5 WHERE amount = 1 | columns [id] are of the primary key, and a row with another key is another row.
          INSERT INTO orders (id) VALUES (1)        | It names no column beside the primary key.
          INSERT OVERWRITE orders (id, amount) VALUES (1, 1) | Cannot overwrite some columns of table
          """)
  void statementsThatCannotDoWhatTheySayAreRefused(String statement, String message) {
    // Given
    KeyedTestTable table = KeyedTestTable.create(1);
    TableEnvironment sql = TableEnvironment.create(EnvironmentSettings.inBatchMode());
    table.registerWithSource(sql);

    // When // Then
    assertThatThrownBy(() -> sql.executeSql(statement)).hasStackTraceContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          table.delete.behavior | disable | DELETE FROM orders WHERE id = 1 | its 'table.delete.behavior' is 'disable'.
          table.delete.behavior | ignore | DELETE FROM orders WHERE amount = 1 | its 'table.delete.behavior' is 'ignore'.
          table.merge-engine | first_row | DELETE FROM orders WHERE id = 1 | since 'table.merge-engine' = 'first_row' cannot delete.
          table.merge-engine | first_row | UPDATE orders SET amount = 1 | 'table.merge-engine' = 'first_row' decides which row is kept.
          table.merge-engine | first_row | INSERT INTO orders (id, note) VALUES (1, 'a') | 'table.merge-engine' = 'first_row' keeps whole rows. Name all columns.
          """)
  void statementsThatTheTableDoesNotAllowAreRefused(
      String option, String value, String statement, String message) {
    // Given
    KeyedTestTable table = KeyedTestTable.create(1, option, value);
    TableEnvironment sql = TableEnvironment.create(EnvironmentSettings.inBatchMode());
    table.registerWithSource(sql);

    // When // Then
    assertThatThrownBy(() -> sql.executeSql(statement)).hasStackTraceContaining(message);
  }

  @Test
  void statementsThatNeedAnEndAreRefusedInStreamingMode() {
    // Given
    KeyedTestTable table = KeyedTestTable.create(1);
    TableEnvironment sql = TableEnvironment.create(EnvironmentSettings.inStreamingMode());
    table.registerWithSource(sql);

    // When // Then
    assertThatThrownBy(() -> sql.executeSql("UPDATE orders SET amount = 1"))
        .hasStackTraceContaining("is not supported for streaming mode");
    assertThatThrownBy(() -> sql.executeSql("DELETE FROM orders WHERE amount = 1"))
        .hasStackTraceContaining("is not supported for streaming mode");
    assertThatThrownBy(() -> sql.executeSql("INSERT OVERWRITE orders VALUES (1, 'Ada', 10, 'a')"))
        .hasStackTraceContaining("in a streaming job: its rows would never all be there");
  }
}
