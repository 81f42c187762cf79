package io.fluss.benchmarks;

import io.fluss.admin.TableAdmin;
import io.fluss.admin.TableDescriptor;
import io.fluss.kafka.ClientConfig;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import io.fluss.upsert.LeaseTimes;
import io.fluss.upsert.RowScope;
import io.fluss.upsert.UpsertWriter;
import io.fluss.write.WriterConfig;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.kafka.clients.admin.Admin;

/**
 * Rows a second and CPU a row of {@link UpsertWriter} with the 12-column row and each compression,
 * to the broker named by the first argument. A plain loop: rows are made beforehand, so what is
 * measured is encoding and sending.
 */
final class UpsertThroughput {

  private static final int DISTINCT_ROWS = 200_000;
  private static final int ROUNDS = 10;
  private static final int BUCKETS = 4;

  private UpsertThroughput() {}

  public static void main(String[] args) throws Exception {
    RowData[] rows = new RowData[DISTINCT_ROWS];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = OrderRows.row(i);
    }
    for (int warmUp = 0; warmUp < 3; warmUp++) {
      for (String compression : List.of("lz4", "zstd", "none")) {
        measure(args[0], compression, rows);
      }
    }
  }

  private static void measure(String servers, String compression, RowData[] rows) throws Exception {
    Map<String, String> properties = new HashMap<>();
    properties.put("compression.type", compression);
    ClientConfig client = new ClientConfig(servers, properties);
    TablePath path = TablePath.of("fluss", "orders_" + compression + System.nanoTime());
    try (TableAdmin admin = TableAdmin.connect(new ClientConfig(servers, Map.of()))) {
      TableInfo table = admin.createTable(path, descriptor());
      write(table, client, compression, rows);
      admin.dropTable(path);
    }
  }

  private static void write(
      TableInfo table, ClientConfig client, String compression, RowData[] rows) throws Exception {
    try (UpsertWriter writer =
        UpsertWriter.connect(
            table, client, WriterConfig.defaults(), RowScope.fullRow(), LeaseTimes.standard())) {
      long cpu = processCpu();
      long threadCpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      long start = System.nanoTime();
      for (int round = 0; round < ROUNDS; round++) {
        for (RowData row : rows) {
          writer.write(row);
        }
      }
      writer.flush();
      double written = (double) ROUNDS * rows.length;
      System.out.printf(
          "%-5s %,9.0f rows/s, CPU %.2f us/row (this thread %.2f), on disk %.1f bytes/row%n",
          compression,
          written * 1e9 / (System.nanoTime() - start),
          (processCpu() - cpu) / 1e3 / written,
          (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - threadCpu)
              / 1e3
              / written,
          bytesOnDisk(table, client) / written);
    }
  }

  private static long bytesOnDisk(TableInfo table, ClientConfig client) throws Exception {
    try (Admin admin = Admin.create(new HashMap<>(client.toKafka()))) {
      return admin
          .describeLogDirs(
              admin.describeCluster().nodes().get(10, TimeUnit.SECONDS).stream()
                  .map(org.apache.kafka.common.Node::id)
                  .toList())
          .allDescriptions()
          .get(10, TimeUnit.SECONDS)
          .values()
          .stream()
          .flatMap(dirs -> dirs.values().stream())
          .flatMap(dir -> dir.replicaInfos().entrySet().stream())
          .filter(replica -> replica.getKey().topic().equals(table.topic()))
          .mapToLong(replica -> replica.getValue().size())
          .sum();
    }
  }

  private static long processCpu() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static TableDescriptor descriptor() {
    TableDescriptor.Builder table =
        TableDescriptor.builder().primaryKey(List.of("order_id")).buckets(BUCKETS);
    for (RowType.RowField field : OrderRows.TYPE.getFields()) {
      table.column(field.getName(), field.getType());
    }
    return table.build();
  }
}
