package io.fluss.client;

import static io.fluss.client.ClientTables.order;
import static io.fluss.client.ClientTables.orders;
import static io.fluss.client.ClientTables.ordersByDay;
import static io.fluss.client.ClientTables.showOrder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.FlussException;
import io.fluss.client.scan.BatchScanner;
import io.fluss.client.scan.Scan;
import io.fluss.client.table.Table;
import io.fluss.client.write.AppendWriter;
import io.fluss.client.write.UpsertWriter;
import io.fluss.lake.LakeAppender;
import io.fluss.lake.LakeBucket;
import io.fluss.lake.LakeOffsets;
import io.fluss.lake.LakeStorage;
import io.fluss.lake.LakeUpserter;
import io.fluss.lake.TopicOffsets;
import io.fluss.lake.state.TieringClaim;
import io.fluss.partition.PartitionName;
import io.fluss.partition.TableBucket;
import io.fluss.predicate.ColumnRef;
import io.fluss.predicate.Operator;
import io.fluss.predicate.Predicate;
import io.fluss.read.BatchRows;
import io.fluss.read.LogBatch;
import io.fluss.table.TableInfo;
import io.fluss.testkit.kafka.SharedKafka;
import io.fluss.testkit.lake.MemoryLakeFormat;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.flink.table.data.RowData;
import org.apache.flink.util.CloseableIterator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Reading the rows that a table has, through the client. */
class BatchScanTest {

  private final ClientTables tables =
      ClientTables.open("datalake.memory.name", SharedKafka.uniqueName("lake"));

  @AfterEach
  void close() {
    tables.close();
  }

  private static List<RowData> rows(BatchScanner scanner) {
    List<RowData> rows = new ArrayList<>();
    try (scanner) {
      CloseableIterator<RowData> batch;
      while ((batch = scanner.pollBatch(Duration.ofSeconds(5))) != null) {
        batch.forEachRemaining(rows::add);
      }
    }
    return rows;
  }

  private static List<Long> ids(BatchScanner scanner) {
    return rows(scanner).stream().map(r -> r.getLong(0)).sorted().toList();
  }

  private static Predicate amountIs(Table table, int amount) {
    return Predicate.compare(
        ColumnRef.of(table.getTableInfo().rowType(), 2), Operator.EQUAL, amount);
  }

  @Test
  void aLogTableIsReadToItsEndAsItWasAtTheFirstPoll() {
    // Given
    Table table = tables.create("t", orders().buckets(3).bucketKey("id"));
    try (AppendWriter writer = table.newAppend().createWriter()) {
      for (long id = 0; id < 5000; id++) {
        writer.append(order(id, "i" + id, (int) (id % 10)));
      }
      writer.flush();
      Scan scan = table.newScan();
      // When, Then
      assertThat(ids(scan.createBatchScanner()))
          .containsExactlyElementsOf(LongStream.range(0, 5000).boxed().toList());
      assertThat(ids(scan.limit(17).createBatchScanner())).hasSize(17);
      assertThat(ids(scan.limit(0).createBatchScanner())).isEmpty();
      assertThat(ids(scan.project("id").filter(amountIs(table, 3)).createBatchScanner()))
          .containsExactlyElementsOf(
              LongStream.range(0, 5000).filter(id -> id % 10 == 3).boxed().toList());
      List<Long> byBucket = new ArrayList<>();
      for (int bucket = 0; bucket < 3; bucket++) {
        byBucket.addAll(ids(scan.createBatchScanner(TableBucket.of(bucket))));
      }
      assertThat(byBucket).hasSize(5000).doesNotHaveDuplicates();
      // When
      try (BatchScanner scanner = scan.createBatchScanner()) {
        scanner.pollBatch(Duration.ZERO);
        writer.append(order(-1, "late", 0));
        writer.flush();
        // Then
        CloseableIterator<RowData> batch;
        while ((batch = scanner.pollBatch(Duration.ofSeconds(5))) != null) {
          batch.forEachRemaining(row -> assertThat(row.getLong(0)).isNotNegative());
        }
        assertThat(scanner.pollBatch(Duration.ZERO)).isNull();
      }
      assertThatThrownBy(() -> scan.createBatchScanner(TableBucket.of(3)))
          .isInstanceOf(FlussException.class)
          .hasMessageContaining("its buckets are 0 to 2");
    }
  }

  @Test
  void aPrimaryKeyTableHasOneRowForEachKey() {
    // Given
    Table table = tables.create("t", orders().primaryKey(List.of("id")).buckets(2));
    try (UpsertWriter writer = table.newUpsert().createWriter()) {
      for (int round = 0; round < 3; round++) {
        for (long id = 0; id < 1000; id++) {
          writer.upsert(order(id, "r" + round, (int) id % 10));
        }
      }
      for (long id = 0; id < 1000; id += 2) {
        writer.delete(order(id, null, null));
      }
      writer.flush();
    }
    Scan scan = table.newScan();
    // When, Then
    assertThat(rows(scan.createBatchScanner()).stream().map(ClientTables::showOrder))
        .containsExactlyInAnyOrderElementsOf(
            LongStream.range(0, 1000)
                .filter(id -> id % 2 == 1)
                .mapToObj(id -> id + ":r2:" + id % 10)
                .toList());
    assertThat(rows(scan.project("item").limit(5).createBatchScanner()))
        .hasSize(5)
        .allMatch(row -> row.getArity() == 1 && row.getString(0).toString().equals("r2"));
    assertThat(ids(scan.filter(amountIs(table, 3)).createBatchScanner()))
        .hasSize(100)
        .allMatch(id -> id % 10 == 3);
    assertThat(
            ids(scan.createBatchScanner(TableBucket.of(0))).size()
                + ids(scan.createBatchScanner(TableBucket.of(1))).size())
        .isEqualTo(500);
  }

  @Test
  void partitionsAreReadThatCanHaveRowsWhichMatch() {
    // Given
    Table table = tables.create("t", ordersByDay().buckets(2));
    try (AppendWriter writer = table.newAppend().createWriter()) {
      for (long id = 0; id < 10; id++) {
        writer.append(order(id, "a", 1, id % 2 == 0 ? "mon" : "tue"));
      }
    }
    Predicate monday =
        Predicate.compare(
            ColumnRef.of(table.getTableInfo().rowType(), 3),
            Operator.EQUAL,
            org.apache.flink.table.data.StringData.fromString("mon"));
    // When, Then
    assertThat(ids(table.newScan().createBatchScanner())).hasSize(10);
    assertThat(ids(table.newScan().filter(monday).project("id").createBatchScanner()))
        .containsExactly(0L, 2L, 4L, 6L, 8L);
    PartitionName tuesday = PartitionName.of("tue");
    assertThat(
            ids(table.newScan().createBatchScanner(TableBucket.of(tuesday, 0))).size()
                + ids(table.newScan().createBatchScanner(TableBucket.of(tuesday, 1))).size())
        .isEqualTo(5);
  }

  // ----------------------------------------------------------------------------------------- lakes

  private LakeStorage lake() {
    Map<String, String> options = tables.connection().getConfiguration().toMap();
    return new MemoryLakeFormat()
        .open(Map.of(MemoryLakeFormat.NAME, options.get("datalake.memory.name")));
  }

  @Test
  void aLogTableHasTheRowsOfItsLakeAndThoseBehindThem() throws Exception {
    // Given
    Table table =
        tables.create(
            "t",
            orders()
                .buckets(1)
                .option("table.datalake.enabled", "true")
                .option("table.datalake.format", "memory"));
    append(table, 1, 2, 3);
    tier(table.getTableInfo(), 3, order(1, "lake", 1), order(2, "lake", 1), order(3, "lake", 3));
    cutOff(table.getTableInfo(), 3);
    append(table, 4, 5);
    Scan scan = table.newScan();
    // When, Then
    assertThat(ids(scan.createBatchScanner())).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(ids(scan.createBatchScanner(TableBucket.of(0)))).hasSize(5);
    assertThat(ids(scan.filter(amountIs(table, 1)).project("id").createBatchScanner()))
        .containsExactly(1L, 2L);
    assertThat(ids(scan.withoutLake().createBatchScanner())).containsExactly(4L, 5L);
    try (Connection withoutLake =
        ConnectionFactory.createConnection(
            Map.of("bootstrap.servers", SharedKafka.kafka().bootstrapServers()))) {
      Scan blind = withoutLake.getTable(tables.path("t")).newScan();
      assertThatThrownBy(blind::createBatchScanner)
          .isInstanceOf(FlussException.class)
          .hasMessageContaining("datalake.memory.warehouse");
    }
  }

  @Test
  void aPrimaryKeyTableHasTheRowsOfItsLakeAsTheLogChangedThem() throws Exception {
    // Given
    Table table =
        tables.create(
            "t",
            orders()
                .primaryKey(List.of("id"))
                .buckets(1)
                .option("table.datalake.enabled", "true")
                .option("table.datalake.format", "memory"));
    try (UpsertWriter writer = table.newUpsert().createWriter()) {
      for (long id = 1; id <= 3; id++) {
        writer.upsert(order(id, "log", 1));
      }
    }
    tier(table.getTableInfo(), 3, order(1, "lake", 1), order(2, "lake", 1), order(3, "lake", 3));
    try (UpsertWriter writer = table.newUpsert().createWriter()) {
      writer.upsert(order(2, "new", 2));
      writer.delete(order(3, null, null));
      writer.upsert(order(4, "new", 4));
    }
    // When, Then
    assertThat(rows(table.newScan().createBatchScanner()).stream().map(ClientTables::showOrder))
        .containsExactlyInAnyOrder("1:lake:1", "2:new:2", "4:new:4");
    assertThat(
            rows(table.newScan().filter(amountIs(table, 2)).createBatchScanner()).stream()
                .map(ClientTables::showOrder))
        .containsExactly("2:new:2");
    assertThat(showOrder(rows(table.newScan().limit(1).createBatchScanner()).get(0))).isNotNull();
  }

  private static void append(Table table, long... ids) {
    try (AppendWriter writer = table.newAppend().createWriter()) {
      for (long id : ids) {
        // A record of its own each, so that offsets count rows.
        writer.append(order(id, "log", (int) id));
        writer.flush();
      }
    }
  }

  /** Puts rows into the lake, which has the log of the one bucket up to an offset then. */
  private void tier(TableInfo table, long next, RowData... rows) {
    try (LakeStorage lake = lake()) {
      byte[] written;
      LakeBucket bucket = new LakeBucket(null, 0);
      if (table.hasPrimaryKey()) {
        try (LakeUpserter upserter = lake.upserter(table, bucket, Path.of("."))) {
          for (int i = 0; i < rows.length; i++) {
            upserter.upsert(rows[i], i, 1000);
          }
          written = upserter.finish();
        }
      } else {
        try (LakeAppender appender = lake.appender(table, bucket)) {
          for (int i = 0; i < rows.length; i++) {
            appender.append(LogBatch.ofRecord(0, i, 1000, 1, new One(rows[i])));
          }
          written = appender.finish();
        }
      }
      LakeOffsets offsets =
          new LakeOffsets(
              List.of(
                  new TopicOffsets(
                      null, table.topicId(), List.of(next), System.currentTimeMillis())));
      var snapshot = lake.committer(table).commit(List.of(written), LakeOffsets.NONE, offsets);
      try (var admin =
          io.fluss.admin.TableAdmin.connect(
              new io.fluss.kafka.ClientConfig(SharedKafka.kafka().bootstrapServers(), Map.of()))) {
        long now = System.currentTimeMillis();
        TieringClaim claim =
            admin.lakes().claim(table, "memory", "test", now, Duration.ofSeconds(1)).orElseThrow();
        admin.lakes().record(claim, claim.state().tiered(snapshot, now));
      }
    }
    assertThat(tables.connection().getAdmin().getLatestLakeSnapshot(table.path()).join())
        .hasValueSatisfying(s -> assertThat(s.offsets().next(table.topicId(), 0)).isEqualTo(next));
  }

  private record One(RowData row) implements BatchRows {
    @Override
    public int rowCount() {
      return 1;
    }

    @Override
    public RowData row(int index) {
      return row;
    }
  }

  private static void cutOff(TableInfo table, long before) throws Exception {
    try (Admin admin = Admin.create(SharedKafka.kafka().adminProperties())) {
      admin
          .deleteRecords(
              Map.of(new TopicPartition(table.topic(), 0), RecordsToDelete.beforeOffset(before)))
          .all()
          .get();
    }
  }
}
