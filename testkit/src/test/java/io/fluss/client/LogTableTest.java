package io.fluss.client;

import static io.fluss.client.ClientTables.order;
import static io.fluss.client.ClientTables.orders;
import static io.fluss.client.ClientTables.ordersByDay;
import static io.fluss.client.ClientTables.poll;
import static io.fluss.client.ClientTables.showOrder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.FlussException;
import io.fluss.admin.TableDescriptor;
import io.fluss.admin.TableNotFoundException;
import io.fluss.client.scan.ChangeType;
import io.fluss.client.scan.LogScanner;
import io.fluss.client.scan.ScanRecord;
import io.fluss.client.scan.WakeupException;
import io.fluss.client.table.Table;
import io.fluss.client.write.AppendResult;
import io.fluss.client.write.AppendWriter;
import io.fluss.format.arrow.ArrowBatchDecoder;
import io.fluss.format.arrow.ArrowRows;
import io.fluss.partition.PartitionName;
import io.fluss.partition.TableBucket;
import io.fluss.predicate.ColumnRef;
import io.fluss.predicate.Operator;
import io.fluss.predicate.Predicate;
import io.fluss.write.RowTooLargeException;
import io.fluss.write.WriteFailedException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.utils.ProjectedRowData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.VarCharType;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Appending to log tables through the client, and scanning their logs. */
class LogTableTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final ClientTables tables = ClientTables.open();

  @AfterEach
  void close() {
    tables.close();
  }

  private static AppendResult get(CompletableFuture<AppendResult> future) throws Exception {
    return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  @Test
  void rowsAreReadInOrderFromTheBucketThatTheirFuturesTell() throws Exception {
    // Given
    Table table = tables.create("t", orders().buckets(3).bucketKey("id"));
    List<CompletableFuture<AppendResult>> futures = new ArrayList<>();

    // When
    try (AppendWriter writer = table.newAppend().createWriter()) {
      for (long id = 0; id < 1000; id++) {
        futures.add(writer.append(order(id, "i" + id, (int) id)));
      }
      writer.flush();
      // Then
      assertThat(futures).allMatch(CompletableFuture::isDone);
    }
    try (LogScanner scanner = ClientTables.fromBeginning(table)) {
      List<ScanRecord> records = poll(scanner, 1000);
      assertThat(records.stream().map(r -> showOrder(r.getRow())))
          .containsExactlyInAnyOrderElementsOf(
              LongStream.range(0, 1000).mapToObj(id -> id + ":i" + id + ":" + id).toList());
      assertThat(records).allMatch(r -> r.getChangeType() == ChangeType.APPEND_ONLY);
      assertThat(records).allMatch(r -> r.timestamp() > 0);
      for (ScanRecord record : records) {
        AppendResult result = get(futures.get((int) record.getRow().getLong(0)));
        assertThat(result.getLogEndOffset()).isGreaterThan(record.logOffset());
      }
    }
    assertThat(futures.stream().map(f -> f.join().getBucket().bucket()).distinct()).hasSize(3);
  }

  @Test
  void aScannerGoesOnWhereAnotherStopped() throws Exception {
    // Given
    Table table = tables.create("t", orders().buckets(1));
    long end;
    try (AppendWriter writer = table.newAppend().createWriter()) {
      get(writer.append(order(1, "a", 1)));
      end = get(writer.append(order(2, "b", 2))).getLogEndOffset();
      get(writer.append(order(3, "c", 3)));
    }
    try (LogScanner scanner = table.newScan().createLogScanner()) {
      // When
      scanner.subscribe(0, end);
      // Then
      assertThat(poll(scanner, 1).stream().map(r -> r.getRow().getLong(0))).containsExactly(3L);
      // When
      scanner.subscribe(0, end - 1);
      // Then
      assertThat(poll(scanner, 2).stream().map(r -> r.getRow().getLong(0))).containsExactly(2L, 3L);
      // When
      scanner.unsubscribe(0);
      // Then
      assertThatThrownBy(() -> scanner.poll(Duration.ZERO))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("is not subscribed to any bucket");
    }
  }

  @Test
  void projectionAndFilterLeaveTheRowsAndColumnsWanted() throws Exception {
    // Given
    Table table = tables.create("t", orders().buckets(1).option("table.statistics.columns", "*"));
    try (AppendWriter writer = table.newAppend().createWriter()) {
      for (long id = 0; id < 100; id++) {
        writer.append(order(id, "i" + id % 10, (int) id));
        if (id % 10 == 9) {
          writer.flush();
        }
      }
    }
    Predicate above =
        Predicate.compare(
            ColumnRef.of(table.getTableInfo().rowType(), 2), Operator.GREATER_OR_EQUAL, 95);
    // When
    try (LogScanner scanner =
        ClientTables.fromBeginning(
            table, table.newScan().project("item").filter(above).createLogScanner())) {
      List<ScanRecord> records = poll(scanner, 5);
      // Then
      assertThat(records).allMatch(r -> r.getRow().getArity() == 1);
      assertThat(records.stream().map(r -> r.getRow().getString(0).toString()))
          .containsExactly("i5", "i6", "i7", "i8", "i9");
      assertThat(scanner.poll(Duration.ofMillis(300)).isEmpty()).isTrue();
    }
    assertThatThrownBy(() -> table.newScan().project("price"))
        .isInstanceOf(FlussException.class)
        .hasMessageContaining("'price'")
        .hasMessageContaining("[id, item, amount]");
    assertThatThrownBy(() -> table.newScan().limit(3).createLogScanner())
        .isInstanceOf(FlussException.class)
        .hasMessageContaining("has no limit");
  }

  @Test
  void arrowBatchesAreThoseOfTheLogWithTheColumnsWanted() throws Exception {
    // Given
    Table table = tables.create("t", orders().buckets(1));
    try (AppendWriter writer = table.newAppend().createWriter()) {
      // one that is stored as a frame, and one of Arrow buffers
      get(writer.append(order(-1, "first", 7)));
      for (long id = 0; id < 5000; id++) {
        writer.append(order(id, "item-" + id, (int) id));
      }
    }
    for (List<String> columns : List.of(List.of("id", "item", "amount"), List.of("amount", "id"))) {
      List<Long> ids = new ArrayList<>();
      // When
      try (LogScanner scanner =
          ClientTables.fromBeginning(table, table.newScan().project(columns).createLogScanner())) {
        while (ids.size() < 5001) {
          scanner
              .pollArrow(PATIENCE)
              .forEach(
                  batch -> {
                    assertThat(batch.getRowType().getFieldNames()).isEqualTo(columns);
                    ByteBuffer message = batch.getRecordBatchMessage();
                    byte[] bytes = new byte[message.remaining()];
                    message.get(bytes);
                    ArrowRows rows = ArrowBatchDecoder.of(batch.getRowType()).decode(bytes);
                    assertThat(rows.rowCount()).isEqualTo(batch.getRowCount());
                    int id = columns.indexOf("id");
                    for (int i = 0; i < rows.rowCount(); i++) {
                      ids.add(rows.row(i).getLong(id));
                    }
                  });
        }
      }
      // Then
      assertThat(ids).containsExactlyElementsOf(LongStream.range(-1, 5000).boxed().toList());
    }
  }

  @Test
  void partitionsAreCreatedByWritersAndReadByName() throws Exception {
    // Given
    Table table = tables.create("t", ordersByDay().buckets(2));
    PartitionName monday = PartitionName.of("mon");
    PartitionName tuesday = PartitionName.of("tue");
    // When
    try (AppendWriter writer = table.newAppend().createWriter()) {
      CompletableFuture<AppendResult> first = writer.append(order(1, "a", 1, "mon"));
      writer.append(order(2, "b", 2, "tue"));
      writer.append(order(3, "c", 3, "tue"));
      // Then
      assertThat(get(first).getBucket().partition()).isEqualTo(monday);
    }
    try (LogScanner scanner = table.newScan().createLogScanner()) {
      ClientTables.fromBeginning(table, scanner, tuesday);
      assertThat(poll(scanner, 2).stream().map(r -> r.getRow().getLong(0)))
          .containsExactlyInAnyOrder(2L, 3L);
      ClientTables.fromBeginning(table, scanner, monday);
      scanner.unsubscribe(tuesday, 0);
      scanner.unsubscribe(tuesday, 1);
      var records = scanner.poll(PATIENCE);
      assertThat(records.buckets()).extracting(TableBucket::partition).containsExactly(monday);
      assertThatThrownBy(() -> scanner.subscribeFromBeginning(0))
          .isInstanceOf(FlussException.class)
          .hasMessageContaining("partitioned by [dt]")
          .hasMessageContaining("Name the partition");
      assertThatThrownBy(() -> scanner.subscribeFromBeginning(PartitionName.of("sun"), 0))
          .isInstanceOf(FlussException.class)
          .hasMessageContaining("dt=sun");
    }
  }

  @Test
  void wakeupEndsAPollAndAnotherThreadIsRefused() throws Exception {
    // Given
    Table table = tables.create("t", orders().buckets(1));
    try (LogScanner scanner = ClientTables.fromBeginning(table)) {
      CompletableFuture<Object> polled =
          CompletableFuture.supplyAsync(
              () -> {
                scanner.wakeup();
                return scanner.poll(PATIENCE);
              });
      // When, Then
      assertThatThrownBy(() -> polled.get(5, TimeUnit.SECONDS))
          .hasCauseInstanceOf(WakeupException.class);
      // Given
      CompletableFuture<Object> waiting =
          CompletableFuture.supplyAsync(() -> scanner.poll(PATIENCE));
      // When, Then
      Awaitility.await()
          .untilAsserted(
              () ->
                  assertThatThrownBy(() -> scanner.poll(Duration.ZERO))
                      .isInstanceOf(ConcurrentModificationException.class)
                      .hasMessageContaining("one thread at a time"));
      scanner.wakeup();
      assertThatThrownBy(() -> waiting.get(5, TimeUnit.SECONDS))
          .hasCauseInstanceOf(WakeupException.class);
    }
  }

  @Test
  void aRowThatDoesNotFitFailsAloneAndTheWriterGoesOn() throws Exception {
    // Given
    Table table = tables.create("t", orders().buckets(1));
    try (AppendWriter writer = table.newAppend().createWriter()) {
      CompletableFuture<AppendResult> before = writer.append(order(1, "a", 1));
      // When
      List<CompletableFuture<AppendResult>> refused =
          List.of(
              writer.append(GenericRowData.of(1L, null)),
              writer.append(GenericRowData.of(null, null, 1)),
              writer.append(GenericRowData.of(1L, "text", 1)),
              writer.append(order(2, "x".repeat(8) + noise(3_000_000, 1), 2)));
      CompletableFuture<AppendResult> after = writer.append(order(3, "c", 3));
      writer.flush();
      // Then
      assertFails(refused.get(0), FlussException.class, "it has 2 columns, and the table has 3");
      assertFails(refused.get(1), FlussException.class, "column 'id' is null");
      assertFails(refused.get(2), FlussException.class, "java.lang.String");
      assertFails(refused.get(3), RowTooLargeException.class, "bytes");
      assertThat(get(after).getLogEndOffset()).isGreaterThan(get(before).getLogEndOffset());
    }
    try (LogScanner scanner = ClientTables.fromBeginning(table)) {
      assertThat(poll(scanner, 2).stream().map(r -> r.getRow().getLong(0))).containsExactly(1L, 3L);
    }
  }

  @Test
  void anArrayThatFitsNoRecordFailsAloneInARowOfAnyClass() throws Exception {
    // Given
    Table table =
        tables.create(
            "t",
            TableDescriptor.builder()
                .column("id", new BigIntType(false))
                .column("tags", new ArrayType(VarCharType.STRING_TYPE))
                .buckets(1));
    GenericArrayData tooMany =
        new GenericArrayData(
            LongStream.range(0, 30)
                .mapToObj(i -> StringData.fromString(noise(100_000, i)))
                .toArray());
    GenericArrayData few = new GenericArrayData(new Object[] {StringData.fromString("a")});
    try (AppendWriter writer = table.newAppend().createWriter()) {
      CompletableFuture<AppendResult> before = writer.append(GenericRowData.of(1L, few));
      // When
      CompletableFuture<AppendResult> generic = writer.append(GenericRowData.of(2L, tooMany));
      CompletableFuture<AppendResult> projected =
          writer.append(
              ProjectedRowData.from(new int[] {1, 0}).replaceRow(GenericRowData.of(tooMany, 3L)));
      CompletableFuture<AppendResult> after = writer.append(GenericRowData.of(4L, few));
      writer.flush();
      // Then
      assertFails(generic, RowTooLargeException.class, "bytes");
      assertFails(projected, RowTooLargeException.class, "bytes");
      assertThat(get(after).getLogEndOffset()).isGreaterThan(get(before).getLogEndOffset());
    }
  }

  private static String noise(int length, long seed) {
    StringBuilder noise = new StringBuilder(length);
    java.util.Random random = new java.util.Random(seed);
    for (int i = 0; i < length; i++) {
      noise.append((char) ('!' + random.nextInt(90)));
    }
    return noise.toString();
  }

  private static void assertFails(
      CompletableFuture<?> future, Class<? extends Throwable> failure, String message) {
    assertThatThrownBy(() -> future.get(5, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(failure)
        .hasMessageContaining(message);
  }

  /** Takes as long as a writer may not notice. */
  @Test
  void aWriterWhoseTableWasDroppedFailsForGood() throws Exception {
    // Given
    Table table = tables.create("t", orders().buckets(1));
    try (AppendWriter writer = table.newAppend().createWriter()) {
      get(writer.append(order(1, "a", 1)));
      // When
      tables.connection().getAdmin().dropTable(tables.path("t"), false).join();
      // Then
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(
              () ->
                  assertThatThrownBy(
                          () -> writer.append(order(2, "b", 2)).get(100, TimeUnit.MILLISECONDS))
                      .hasCauseInstanceOf(WriteFailedException.class));
      assertThatThrownBy(() -> writer.append(order(3, "c", 3)).get(1, TimeUnit.SECONDS))
          .hasMessageContaining("topic '" + table.getTableInfo().topic() + "' does not exist")
          .hasMessageContaining("close it and create another one");
      assertThatThrownBy(writer::flush).isInstanceOf(WriteFailedException.class);
    }
  }

  @Test
  void errorsSayWhatToDo() {
    assertThatThrownBy(() -> ConnectionFactory.createConnection(Map.of()))
        .isInstanceOf(FlussException.class)
        .hasMessageContaining("'bootstrap.servers' is missing");
    assertThatThrownBy(
            () ->
                ConnectionFactory.createConnection(
                    Map.of("client.writer.batch-size", "many", "client.security.protocol", "x")))
        .isInstanceOf(FlussException.class)
        .hasMessageContaining("'bootstrap.servers' is missing")
        .hasMessageContaining("'client.writer.batch-size' is 'many'");
    assertThatThrownBy(
            () ->
                ConnectionFactory.createConnection(
                    Map.of(
                        "bootstrap.servers", "none:0",
                        "lookup.memory-size", "x",
                        "client.scanner.log.check-crc", "maybe",
                        "client.scaner.log.check-crc", "true",
                        "client.scanner.log.max-poll-records", "-1",
                        "properties.fetch.min.bytes", "few",
                        "properties.linger.ms", "-5",
                        "properties.acks", "1")))
        .isInstanceOf(FlussException.class)
        .hasMessageContaining("Option 'lookup.memory-size' is 'x': ")
        .hasMessageContaining("Option 'client.scanner.log.check-crc' is 'maybe': ")
        .hasMessageContaining("Option 'client.scaner.log.check-crc' is unknown. Known are [")
        .hasMessageContaining("Option 'properties.acks' is '1'; writing tables needs 'all'")
        .hasMessageContaining("Option 'client.scanner.log.max-poll-records' is '-1': ")
        .hasMessageContaining("Option 'properties.fetch.min.bytes' is 'few': ")
        .hasMessageContaining("Option 'properties.linger.ms' is '-5': ");
    assertThatThrownBy(() -> tables.connection().getTable(tables.path("none")))
        .isInstanceOf(TableNotFoundException.class)
        .hasMessageContaining("none");
    Table log = tables.create("log", orders().buckets(1));
    assertThatThrownBy(log::newUpsert).hasMessageContaining("Use newAppend()");
    assertThatThrownBy(log::newLookup).hasMessageContaining("no primary key");
    Table keyed = tables.create("keyed", orders().primaryKey(List.of("id")).buckets(1));
    assertThatThrownBy(keyed::newAppend).hasMessageContaining("Use newUpsert()");
  }

  @Test
  void whatIsUsedAfterItWasClosedSaysSo() {
    // Given
    Table table = tables.create("t", orders().buckets(1));
    Connection other = ConnectionFactory.createConnection(tables.connection().getConfiguration());
    AppendWriter writer = other.getTable(tables.path("t")).newAppend().createWriter();
    LogScanner scanner = ClientTables.fromBeginning(table);
    CompletableFuture<AppendResult> appended =
        writer.append(GenericRowData.of(1L, StringData.fromString("a"), 1));
    // When
    other.close();
    scanner.close();
    scanner.close();
    // Then
    assertThat(appended).isCompleted();
    assertThatThrownBy(() -> writer.append(order(2, "b", 2)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("is closed");
    assertThatThrownBy(() -> scanner.poll(Duration.ZERO))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("is closed");
    assertThatThrownBy(other::getAdmin)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("is closed");
  }
}
