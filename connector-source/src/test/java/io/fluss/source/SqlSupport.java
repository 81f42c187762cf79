package io.fluss.source;

import io.fluss.table.TableInfo;
import io.fluss.testkit.log.TableFixture;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.awaitility.Awaitility;

/** A table environment over one fixture table, known to SQL as {@code t}. */
@SuppressWarnings("try") // closing an iterator of Flink may throw anything
final class SqlSupport {

  private final StreamTableEnvironment sql;
  private final TableFixture table;

  private SqlSupport(StreamTableEnvironment sql, TableFixture table) {
    this.sql = sql;
    this.table = table;
  }

  /** Streaming mode. */
  static SqlSupport streaming(TableFixture table) {
    return of(table, EnvironmentSettings.inStreamingMode());
  }

  static SqlSupport batch(TableFixture table) {
    return of(table, EnvironmentSettings.inBatchMode());
  }

  private static SqlSupport of(TableFixture table, EnvironmentSettings settings) {
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(new Configuration());
    environment.setParallelism(2);
    StreamTableEnvironment sql = StreamTableEnvironment.create(environment, settings);
    if (isLookedUp(table.table())) {
      String database = table.table().path().database();
      sql.executeSql("CREATE DATABASE " + database);
      sql.useDatabase(database);
    }
    return new SqlSupport(sql, table);
  }

  /** Whether a read looks at what is recorded of the table, which is in its database. */
  static boolean isLookedUp(TableInfo table) {
    return table.isPartitioned() || table.hasPrimaryKey() && table.lakeFormat().isPresent();
  }

  StreamTableEnvironment sql() {
    return sql;
  }

  /** Declares the table with these columns. */
  SqlSupport declare(String columns, String... options) {
    return declareAs("t", columns, options);
  }

  /** Declares the table, or one that shows it, under this name. */
  SqlSupport declareAs(String name, String columns, String... options) {
    sql.executeSql("CREATE TEMPORARY TABLE " + name + " (" + columns + ") " + table.with(options));
    return this;
  }

  /** A time after all that was written so far, and before all that will be. */
  static long millisAfterNow() {
    long next = System.currentTimeMillis() + 1;
    Awaitility.await().until(() -> System.currentTimeMillis() > next);
    return next;
  }

  /** All rows of a query that ends. */
  List<Row> rows(String query) throws Exception {
    List<Row> rows = new ArrayList<>();
    try (CloseableIterator<Row> result = sql.executeSql(query).collect()) {
      result.forEachRemaining(rows::add);
    }
    return rows;
  }

  /** The first rows of a query that may go on for ever; the query is cancelled then. */
  List<Row> firstRows(int count, String query) throws Exception {
    List<Row> rows = new ArrayList<>();
    try (CloseableIterator<Row> result = sql.executeSql(query).collect()) {
      while (rows.size() < count && result.hasNext()) {
        rows.add(result.next());
      }
    }
    return rows;
  }
}
