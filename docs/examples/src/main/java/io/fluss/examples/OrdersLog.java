package io.fluss.examples;

import io.fluss.admin.TableDescriptor;
import io.fluss.client.Connection;
import io.fluss.client.ConnectionFactory;
import io.fluss.client.admin.DatabaseDescriptor;
import io.fluss.client.scan.BatchScanner;
import io.fluss.client.scan.LogScanner;
import io.fluss.client.scan.ScanRecord;
import io.fluss.client.table.Table;
import io.fluss.client.write.AppendResult;
import io.fluss.client.write.AppendWriter;
import io.fluss.predicate.ColumnRef;
import io.fluss.predicate.Operator;
import io.fluss.predicate.Predicate;
import io.fluss.table.TablePath;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.flink.util.CloseableIterator;

/** Appends orders to a log table, follows its log, and reads what it has. */
public final class OrdersLog {

  private OrdersLog() {}

  public static void main(String[] args) throws Exception {
    try (Connection connection =
        ConnectionFactory.createConnection(Map.of("bootstrap.servers", args[0]))) {
      TablePath path = TablePath.of("examples", "orders");
      connection.getAdmin().createDatabase("examples", DatabaseDescriptor.EMPTY, true).get();
      TableDescriptor descriptor =
          TableDescriptor.builder()
              .column("id", new BigIntType(false))
              .column("item", VarCharType.STRING_TYPE)
              .column("amount", new IntType())
              .buckets(2)
              .bucketKey("id")
              .build();
      connection.getAdmin().createTable(path, descriptor, true).get();
      Table orders = connection.getTable(path);
      append(orders);
      follow(orders);
      System.out.println(largeOrders(orders) + " large orders");
    }
  }

  private static void append(Table orders) throws Exception {
    try (AppendWriter writer = orders.newAppend().createWriter()) {
      CompletableFuture<AppendResult> last = null;
      for (long id = 0; id < 1000; id++) {
        last =
            writer.append(GenericRowData.of(id, StringData.fromString("desk"), (int) (id % 100)));
      }
      writer.flush(); // all rows are in the log from here on
      System.out.println("The last order is in bucket " + last.get().getBucket());
    }
  }

  /** A log scanner never ends by itself; this one stops when it has seen what was written. */
  private static void follow(Table orders) {
    try (LogScanner scanner = orders.newScan().project("id", "amount").createLogScanner()) {
      for (int bucket = 0; bucket < orders.getTableInfo().buckets(); bucket++) {
        scanner.subscribeFromBeginning(bucket);
      }
      long total = 0;
      int seen = 0;
      while (seen < 1000) {
        for (ScanRecord record : scanner.poll(Duration.ofSeconds(1))) {
          total += record.getRow().getInt(1);
          seen++;
        }
      }
      System.out.println("Ordered in all: " + total);
    }
  }

  private static int largeOrders(Table orders) {
    Predicate large =
        Predicate.compare(
            ColumnRef.of(orders.getTableInfo().rowType(), 2), Operator.GREATER_OR_EQUAL, 90);
    int count = 0;
    try (BatchScanner scanner =
        orders.newScan().project("id").filter(large).createBatchScanner()) {
      CloseableIterator<RowData> rows;
      while ((rows = scanner.pollBatch(Duration.ofSeconds(1))) != null) {
        while (rows.hasNext()) {
          rows.next();
          count++;
        }
      }
    }
    return count;
  }
}
