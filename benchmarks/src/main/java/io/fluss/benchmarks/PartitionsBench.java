package io.fluss.benchmarks;

import io.fluss.dist.flink.EmbeddedFlink;
import io.fluss.testkit.kafka.EmbeddedKafka;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.flink.table.api.TableEnvironment;

/**
 * Reads a table of 20 partitions, 4 buckets each, with filters that match all, 5 and 1 of them, and
 * one more with a single row in it, in turn. Bytes are those that the broker has sent of the
 * table's topics, by its own metrics; the query that finds one row is what a query costs beside
 * reading. One round warms up and is not reported.
 */
final class PartitionsBench implements Bench {

  private static final long ROWS = Long.getLong("bench.rows", 12_000_000);
  private static final int ROUNDS = Integer.getInteger("bench.rounds", 5);
  private static final int PARTITIONS = 20;
  private static final int BUCKETS = 4;

  private enum Read {
    ALL("WHERE part < " + PARTITIONS, PARTITIONS),
    FIVE("WHERE part IN (1, 5, 9, 13, 17)", 5),
    ONE("WHERE part = 7", 1),
    ONE_ROW("WHERE part = " + PARTITIONS, 0);

    private final String filter;
    private final int partitions;

    Read(String filter, int partitions) {
      this.filter = filter;
      this.partitions = partitions;
    }
  }

  @Override
  public String name() {
    return "partitions";
  }

  @Override
  public String about() {
    return "read 20, 5 and 1 of 20 partitions of a table of 12 M rows: bytes and time (about 2 min)";
  }

  @Override
  public void run(Results results) throws Exception {
    Map<Read, double[]> seconds = new LinkedHashMap<>();
    Map<Read, Long> bytes = new LinkedHashMap<>();
    try (EmbeddedKafka kafka = EmbeddedKafka.start();
        EmbeddedFlink flink = EmbeddedFlink.start(Map.of("table.dml-sync", "true"))) {
      TableEnvironment tables = flink.tableEnvironment();
      fill(tables, kafka.bootstrapServers());
      for (int round = 0; round <= ROUNDS; round++) {
        for (Read read : Read.values()) {
          long sentBefore = bytesSent();
          long start = System.nanoTime();
          read(tables, read);
          double took = (System.nanoTime() - start) / 1e9;
          if (round > 0) {
            seconds.computeIfAbsent(read, r -> new double[ROUNDS])[round - 1] = took;
            bytes.put(read, bytesSent() - sentBefore);
          }
        }
      }
    }
    report(seconds, bytes, results);
  }

  private static void fill(TableEnvironment tables, String bootstrap) throws Exception {
    tables.executeSql(
        "CREATE TABLE orders_in ("
            + OrderRows.ddl()
            + ") WITH ('connector' = '"
            + OrdersTableFactory.IDENTIFIER
            + "', 'rows' = '"
            + ROWS
            + "')");
    tables.executeSql(
        "CREATE TABLE all_columns ("
            + OrderRows.ddl()
            + ") WITH ('connector' = '"
            + TouchTableFactory.IDENTIFIER
            + "')");
    tables.executeSql(
        "CREATE CATALOG fluss WITH ('type' = 'fluss', 'bootstrap.servers' = '" + bootstrap + "')");
    tables.executeSql(
        "CREATE TABLE fluss.fluss.orders ("
            + OrderRows.ddl()
            + ", part INT) PARTITIONED BY (part) WITH ('bucket.num' = '"
            + BUCKETS
            + "')");
    tables
        .executeSql(
            "INSERT INTO fluss.fluss.orders SELECT *, CAST(MOD(order_id, "
                + PARTITIONS
                + ") AS INT) FROM orders_in")
        .await();
    tables
        .executeSql(
            "INSERT INTO fluss.fluss.orders SELECT *, "
                + PARTITIONS
                + " FROM orders_in WHERE order_id = 0")
        .await();
  }

  private static void read(TableEnvironment tables, Read read) throws Exception {
    tables
        .executeSql(
            "INSERT INTO all_columns SELECT "
                + String.join(", ", OrderRows.NAMES)
                + " FROM fluss.fluss.orders /*+ OPTIONS('scan.bounded.mode' = 'latest') */ "
                + read.filter)
        .await();
    long rows = TouchTableFactory.takeRows();
    long wanted = read == Read.ONE_ROW ? 1 : ROWS / PARTITIONS * read.partitions;
    if (rows != wanted) {
      throw new IllegalStateException(
          "Read " + rows + " rows of " + read.partitions + " partitions.");
    }
  }

  /** Of the table's topics, since the broker started. */
  private static long bytesSent() throws Exception {
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    long bytes = 0;
    for (ObjectName topic :
        beans.queryNames(
            new ObjectName("kafka.server:type=BrokerTopicMetrics,name=BytesOutPerSec,topic=*"),
            null)) {
      if (topic.getKeyProperty("topic").startsWith("fluss.orders.")) {
        bytes += (long) beans.getAttribute(topic, "Count");
      }
    }
    return bytes;
  }

  private static void report(Map<Read, double[]> seconds, Map<Read, Long> bytes, Results results) {
    double startUp = median(seconds.get(Read.ONE_ROW));
    double all = median(seconds.get(Read.ALL));
    for (Read read : Read.values()) {
      double median = median(seconds.get(read));
      results.add(
          "bench",
          "partitions",
          "read",
          read.partitions,
          "of",
          PARTITIONS,
          "mb_sent",
          bytes.get(read) / 1e6,
          "share_of_bytes",
          bytes.get(read) / (double) bytes.get(Read.ALL),
          "median_s",
          median,
          "without_start_up_s",
          median - startUp,
          "times_faster",
          read == Read.ONE_ROW ? 0.0 : (all - startUp) / (median - startUp));
    }
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
