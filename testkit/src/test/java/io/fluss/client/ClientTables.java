package io.fluss.client;

import io.fluss.admin.TableDescriptor;
import io.fluss.client.admin.DatabaseDescriptor;
import io.fluss.client.scan.LogScanner;
import io.fluss.client.scan.ScanRecord;
import io.fluss.client.table.Table;
import io.fluss.partition.PartitionName;
import io.fluss.table.TablePath;
import io.fluss.testkit.kafka.SharedKafka;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.VarCharType;

/** A connection to the shared broker, and tables in a database of its own. */
public final class ClientTables implements AutoCloseable {

  private final String database = SharedKafka.uniqueDatabase();
  private final Connection connection;

  private ClientTables(Map<String, String> options) {
    this.connection = ConnectionFactory.createConnection(options);
    connection.getAdmin().createDatabase(database, DatabaseDescriptor.EMPTY, false).join();
  }

  public static ClientTables open() {
    return new ClientTables(Map.of("bootstrap.servers", SharedKafka.kafka().bootstrapServers()));
  }

  public static ClientTables open(String option, String value) {
    return new ClientTables(
        Map.of("bootstrap.servers", SharedKafka.kafka().bootstrapServers(), option, value));
  }

  public Connection connection() {
    return connection;
  }

  public TablePath path(String table) {
    return TablePath.of(database, table);
  }

  public String database() {
    return database;
  }

  /** Columns id, item, amount, and dt where that is a partition key. */
  public static TableDescriptor.Builder orders() {
    return TableDescriptor.builder()
        .column("id", new BigIntType(false))
        .column("item", VarCharType.STRING_TYPE)
        .column("amount", new IntType());
  }

  public static TableDescriptor.Builder ordersByDay() {
    return orders().column("dt", new VarCharType(false, 20)).partitionKeys(List.of("dt"));
  }

  public static RowData order(long id, String item, Integer amount) {
    return GenericRowData.of(id, StringData.fromString(item), amount);
  }

  public static RowData order(long id, String item, Integer amount, String day) {
    return GenericRowData.of(id, StringData.fromString(item), amount, StringData.fromString(day));
  }

  public Table create(String name, TableDescriptor.Builder descriptor) {
    connection.getAdmin().createTable(path(name), descriptor.build(), false).join();
    return connection.getTable(path(name));
  }

  /** Polls until so many rows have come, or too long nothing. */
  public static List<ScanRecord> poll(LogScanner scanner, int count) {
    List<ScanRecord> records = new ArrayList<>();
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (records.size() < count && System.nanoTime() < deadline) {
      scanner.poll(Duration.ofMillis(200)).forEach(records::add);
    }
    return records;
  }

  /** Scans all buckets of a table without partitions from their beginnings. */
  public static LogScanner fromBeginning(Table table) {
    return fromBeginning(table, table.newScan().createLogScanner());
  }

  public static LogScanner fromBeginning(Table table, LogScanner scanner) {
    for (int bucket = 0; bucket < table.getTableInfo().buckets(); bucket++) {
      scanner.subscribeFromBeginning(bucket);
    }
    return scanner;
  }

  public static LogScanner fromBeginning(Table table, LogScanner scanner, PartitionName partition) {
    for (int bucket = 0; bucket < table.getTableInfo().buckets(); bucket++) {
      scanner.subscribeFromBeginning(partition, bucket);
    }
    return scanner;
  }

  /** A row of {@link #orders}, or of some of its columns, whatever class it has. */
  public static String showOrder(RowData row) {
    return row.getLong(0)
        + ":"
        + (row.isNullAt(1) ? null : row.getString(1))
        + ":"
        + (row.isNullAt(2) ? null : row.getInt(2));
  }

  @Override
  public void close() {
    connection.getAdmin().dropDatabase(database, true, true).join();
    connection.close();
  }
}
