package io.fluss.benchmarks;

import io.fluss.dist.flink.EmbeddedFlink;
import io.fluss.testkit.kafka.EmbeddedKafka;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.api.TableEnvironment;

/**
 * Writes and reads the 12-column table through Flink: ours beside flink-connector-kafka with JSON
 * and with Avro, on the same broker, taken in turn. One round warms up and is not reported. Flink,
 * broker and clients share this JVM; {@code cpu_us_per_row} is the CPU time of all of them.
 */
final class EndToEndBench implements Bench {

  private static final long ROWS = Long.getLong("bench.rows", 2_000_000);
  private static final int ROUNDS = Integer.getInteger("bench.rounds", 3);
  private static final int BUCKETS = 4;

  /** The work, in its order: later ones read what the first wrote. */
  private enum Work {
    WRITE,
    READ_ALL,
    READ_TWO
  }

  @Override
  public String name() {
    return "end-to-end";
  }

  @Override
  public String about() {
    return "write, read and read 2 of 12 columns of 2 M rows through Flink, beside"
        + " flink-connector-kafka json and avro (about 4 min)";
  }

  @Override
  public void run(Results results) throws Exception {
    List<BenchSystem> systems =
        List.of(BenchSystem.fluss(), BenchSystem.kafka("json"), BenchSystem.kafka("avro"));
    Map<String, double[][]> cpu = new LinkedHashMap<>();
    try (EmbeddedKafka kafka = EmbeddedKafka.start();
        EmbeddedFlink flink = EmbeddedFlink.start(Map.of("table.dml-sync", "true"))) {
      TableEnvironment tables = flink.tableEnvironment();
      prepare(tables, kafka.bootstrapServers(), systems);
      for (int round = 0; round <= ROUNDS; round++) {
        for (BenchSystem system : systems) {
          double[][] figures =
              cpu.computeIfAbsent(system.name(), n -> new double[Work.values().length][ROUNDS]);
          measure(tables, system, round, figures, results);
        }
      }
    }
    report(cpu, results);
  }

  private static void prepare(TableEnvironment tables, String bootstrap, List<BenchSystem> systems)
      throws Exception {
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
        "CREATE TABLE two_columns (quantity INT, total DECIMAL(15, 2)) WITH ('connector' = '"
            + TouchTableFactory.IDENTIFIER
            + "')");
    for (BenchSystem system : systems) {
      system.open(tables, bootstrap);
    }
  }

  private static void measure(
      TableEnvironment tables, BenchSystem system, int round, double[][] cpu, Results results)
      throws Exception {
    String table = system.createTable(tables, "orders_" + round, OrderRows.ddl(), BUCKETS);
    for (Work work : Work.values()) {
      String sql =
          switch (work) {
            case WRITE -> "INSERT INTO " + table + " SELECT * FROM orders_in";
            case READ_ALL ->
                "INSERT INTO all_columns SELECT * FROM " + table + system.boundedHint();
            case READ_TWO ->
                "INSERT INTO two_columns SELECT quantity, total FROM "
                    + table
                    + system.boundedHint();
          };
      long cpuBefore = processCpuNanos();
      long start = System.nanoTime();
      tables.executeSql(sql).await();
      double seconds = (System.nanoTime() - start) / 1e9;
      double cpuPerRow = (processCpuNanos() - cpuBefore) / 1e3 / ROWS;
      requireAllRows(work, system);
      if (round > 0) {
        cpu[work.ordinal()][round - 1] = cpuPerRow;
        results.add(
            "bench",
            "end-to-end",
            "what",
            work.name().toLowerCase(java.util.Locale.ROOT),
            "system",
            system.name(),
            "round",
            round,
            "rows_per_s",
            ROWS / seconds,
            "cpu_us_per_row",
            cpuPerRow);
      }
    }
  }

  private static void requireAllRows(Work work, BenchSystem system) {
    long read = TouchTableFactory.takeRows();
    if (work != Work.WRITE && read != ROWS) {
      throw new IllegalStateException(
          system.name() + " read " + read + " rows of " + ROWS + " in " + work + ".");
    }
  }

  private static void report(Map<String, double[][]> cpu, Results results) {
    String first = cpu.keySet().iterator().next();
    for (Work work : Work.values()) {
      double ours = median(cpu.get(first)[work.ordinal()]);
      cpu.forEach(
          (system, figures) ->
              results.add(
                  "bench",
                  "end-to-end",
                  "what",
                  work.name().toLowerCase(java.util.Locale.ROOT),
                  "system",
                  system,
                  "median_cpu_us_per_row",
                  median(figures[work.ordinal()]),
                  "fluss_cpu_ratio",
                  ours / median(figures[work.ordinal()])));
    }
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static long processCpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
