package io.fluss.examples;

import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;

/** The tables of the examples, created by SQL as in the SQL client. */
final class Shop {

  /** The database. */
  static final String DATABASE = "shop";

  private Shop() {}

  /** The brokers that a program is given, or those on this machine. */
  static String brokers(String[] args) {
    return args.length > 0 ? args[0] : "localhost:9092";
  }

  /** Creates a table where it is not there yet. */
  static void createTable(String brokers, String nameAndColumns) {
    TableEnvironment sql = TableEnvironment.create(EnvironmentSettings.inBatchMode());
    sql.executeSql(
        "CREATE CATALOG fluss WITH ('type' = 'fluss', 'bootstrap.servers' = '" + brokers + "')");
    sql.useCatalog("fluss");
    sql.executeSql("CREATE DATABASE IF NOT EXISTS " + DATABASE);
    sql.useDatabase(DATABASE);
    sql.executeSql("CREATE TABLE IF NOT EXISTS " + nameAndColumns);
  }
}
