package io.fluss.benchmarks;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** A way to keep a log table on the broker: how it is created and read to its end. */
abstract class BenchSystem {

  private final String name;

  private BenchSystem(String name) {
    this.name = name;
  }

  static BenchSystem fluss() {
    return new Fluss();
  }

  /** flink-connector-kafka with a value format. */
  static BenchSystem kafka(String format) {
    return new KafkaConnector(format);
  }

  final String name() {
    return name;
  }

  abstract void open(TableEnvironment tables, String bootstrap) throws Exception;

  /** Creates a log table and returns the name to use in SQL. */
  abstract String createTable(TableEnvironment tables, String table, String columns, int buckets)
      throws Exception;

  /** The hint that ends a streaming read at the present end of the table. */
  abstract String boundedHint();

  private static final class Fluss extends BenchSystem {

    Fluss() {
      super("fluss");
    }

    @Override
    void open(TableEnvironment tables, String bootstrap) {
      tables.executeSql(
          "CREATE CATALOG f WITH ('type' = 'fluss', 'bootstrap.servers' = '" + bootstrap + "')");
    }

    @Override
    String createTable(TableEnvironment tables, String table, String columns, int buckets) {
      String path = "f.fluss." + table;
      tables.executeSql(
          "CREATE TABLE " + path + " (" + columns + ") WITH ('bucket.num' = '" + buckets + "')");
      return path;
    }

    @Override
    String boundedHint() {
      return " /*+ OPTIONS('scan.bounded.mode' = 'latest') */";
    }
  }

  private static final class KafkaConnector extends BenchSystem {

    private final String format;
    private String bootstrap = "";

    KafkaConnector(String format) {
      super("kafka-" + format);
      this.format = format;
    }

    @Override
    void open(TableEnvironment tables, String servers) {
      bootstrap = servers;
    }

    @Override
    String createTable(TableEnvironment tables, String table, String columns, int buckets)
        throws Exception {
      String topic = format + "-" + table;
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
        admin
            .createTopics(List.of(new NewTopic(topic, Optional.of(buckets), Optional.empty())))
            .all()
            .get();
      }
      String path = format + "_" + table;
      tables.executeSql(
          "CREATE TABLE "
              + path
              + " ("
              + columns
              + ") WITH ('connector' = 'kafka', 'topic' = '"
              + topic
              + "', 'properties.bootstrap.servers' = '"
              + bootstrap
              + "', 'format' = '"
              + format
              + "', 'scan.startup.mode' = 'earliest-offset')");
      return path;
    }

    @Override
    String boundedHint() {
      return " /*+ OPTIONS('scan.bounded.mode' = 'latest-offset') */";
    }
  }
}
