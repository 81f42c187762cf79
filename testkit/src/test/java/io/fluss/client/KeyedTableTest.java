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
import io.fluss.client.lookup.LookupResult;
import io.fluss.client.lookup.Lookuper;
import io.fluss.client.scan.LogScanner;
import io.fluss.client.scan.ScanRecord;
import io.fluss.client.table.Table;
import io.fluss.client.write.DeleteResult;
import io.fluss.client.write.UpsertResult;
import io.fluss.client.write.UpsertWriter;
import io.fluss.predicate.ColumnRef;
import io.fluss.predicate.Operator;
import io.fluss.predicate.Predicate;
import io.fluss.upsert.DeletionDisabledException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.VarCharType;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Upserts, deletes and lookups through the client. */
class KeyedTableTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final ClientTables tables = ClientTables.open();

  @AfterEach
  void close() {
    tables.close();
  }

  private static <T> T get(CompletableFuture<T> future) throws Exception {
    return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private static RowData key(Object... values) {
    return GenericRowData.of(values);
  }

  private static String found(Lookuper lookuper, RowData key) throws Exception {
    RowData row = get(lookuper.lookup(key)).getSingletonRow();
    return row == null ? null : showOrder(row);
  }

  @Test
  void aRowIsFoundUpdatedAndGoneByItsKey() throws Exception {
    // Given
    Table table = tables.create("t", orders().primaryKey(List.of("id")).buckets(3));
    try (UpsertWriter writer = table.newUpsert().createWriter();
        Lookuper lookuper = table.newLookup().createLookuper()) {
      // When
      UpsertResult upserted = get(writer.upsert(order(1, "a", 1)));
      writer.upsert(order(2, "b", 2));
      writer.flush();
      // Then
      assertThat(found(lookuper, key(1L))).isEqualTo("1:a:1");
      assertThat(found(lookuper, key(2L))).isEqualTo("2:b:2");
      assertThat(found(lookuper, key(3L))).isNull();
      // When
      UpsertResult updated = get(writer.upsert(order(1, "a", 10)));
      DeleteResult deleted = get(writer.delete(order(2, "ignored", null)));
      // Then
      assertThat(updated.getBucket()).isEqualTo(upserted.getBucket());
      assertThat(updated.getLogEndOffset()).isGreaterThan(upserted.getLogEndOffset());
      assertThat(deleted.getBucket()).isPresent();
      Awaitility.await()
          .untilAsserted(
              () -> {
                assertThat(found(lookuper, key(1L))).isEqualTo("1:a:10");
                assertThat(found(lookuper, key(2L))).isNull();
              });
    }
  }

  @Test
  void changesAreScannedInTheOrderOfTheirKey() throws Exception {
    // Given
    Table table = tables.create("t", orders().primaryKey(List.of("id")).buckets(1));
    try (UpsertWriter writer = table.newUpsert().createWriter()) {
      writer.upsert(order(1, "a", 1));
      writer.upsert(order(1, "b", 2));
      writer.upsert(order(7, "x", 2));
      writer.delete(order(1, null, null));
    }
    Predicate seven =
        Predicate.compare(ColumnRef.of(table.getTableInfo().rowType(), 0), Operator.EQUAL, 7);
    Predicate two =
        Predicate.compare(ColumnRef.of(table.getTableInfo().rowType(), 2), Operator.EQUAL, 2);
    // When
    try (LogScanner scanner = ClientTables.fromBeginning(table);
        LogScanner ofSeven =
            ClientTables.fromBeginning(table, table.newScan().filter(seven).createLogScanner())) {
      List<ScanRecord> records = poll(scanner, 4);
      // Then
      assertThat(records.stream().map(r -> r.getChangeType().shortString()))
          .containsExactly("+U", "+U", "+U", "-D");
      assertThat(records.stream().map(r -> showOrder(r.getRow())))
          .containsExactly("1:a:1", "1:b:2", "7:x:2", "1:null:null");
      assertThat(poll(ofSeven, 1).stream().map(r -> showOrder(r.getRow())))
          .containsExactly("7:x:2");
      assertThatThrownBy(() -> scanner.pollArrow(Duration.ZERO))
          .hasMessageContaining("not stored in Arrow");
    }
    assertThatThrownBy(() -> table.newScan().filter(two).createLogScanner())
        .isInstanceOf(FlussException.class)
        .hasMessageContaining("or a delete, would go unnoticed");
  }

  private static TableDescriptor.Builder visits() {
    return TableDescriptor.builder()
        .column("region", new VarCharType(false, 10))
        .column("user", new BigIntType(false))
        .column("page", new IntType(false))
        .column("count", new IntType())
        .primaryKey(List.of("region", "user", "page"))
        .bucketKey("region", "user")
        .buckets(3);
  }

  private static RowData visit(String region, long user, int page, int count) {
    return GenericRowData.of(StringData.fromString(region), user, page, count);
  }

  @Test
  void rowsAreFoundByAPrefixOfTheirKeyInItsOrder() throws Exception {
    // Given
    Table table = tables.create("t", visits());
    try (UpsertWriter writer = table.newUpsert().createWriter()) {
      for (int page = 9; page >= 0; page--) {
        writer.upsert(visit("eu", 1, page, page));
        writer.upsert(visit("us", 1, page, -page));
      }
    }
    // When
    try (Lookuper lookuper = table.newLookup().lookupBy("user", "region").createLookuper()) {
      LookupResult result = get(lookuper.lookup(key(1L, StringData.fromString("eu"))));
      // Then
      assertThat(result.getRowList().stream().map(r -> r.getInt(3)))
          .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
      assertThatThrownBy(result::getSingletonRow)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("10 rows");
      assertThatThrownBy(() -> get(lookuper.lookup(key(1L, null))))
          .hasMessageContaining("'region' of the key is null");
      assertThatThrownBy(() -> get(lookuper.lookup(key(1L))))
          .hasMessageContaining("the key has 1 columns");
    }
    assertThatThrownBy(() -> table.newLookup().lookupBy("region"))
        .isInstanceOf(FlussException.class)
        .hasMessageContaining("by [region]")
        .hasMessageContaining("[region, user, page]")
        .hasMessageContaining("bucket key [region, user]");
    assertThatThrownBy(() -> table.newLookup().lookupBy("region", "user", "count"))
        .isInstanceOf(FlussException.class);
  }

  @Test
  void rowsOfPartitionsAreFoundByTheWholeKey() throws Exception {
    // Given
    Table table = tables.create("t", ordersByDay().primaryKey(List.of("id", "dt")).buckets(2));
    try (UpsertWriter writer = table.newUpsert().createWriter();
        Lookuper lookuper = table.newLookup().createLookuper()) {
      writer.upsert(order(1, "a", 1, "mon"));
      writer.upsert(order(1, "b", 2, "tue"));
      // When: nothing is created for a delete
      DeleteResult nothing = get(writer.delete(order(1, null, null, "sun")));
      writer.flush();
      // Then
      assertThat(nothing.getBucket()).isEmpty();
      assertThat(found(lookuper, key(1L, StringData.fromString("mon")))).isEqualTo("1:a:1");
      assertThat(found(lookuper, key(1L, StringData.fromString("tue")))).isEqualTo("1:b:2");
      assertThat(found(lookuper, key(1L, StringData.fromString("sun")))).isNull();
      assertThat(tables.connection().getAdmin().listPartitionInfos(tables.path("t")).join())
          .hasSize(2);
    }
  }

  @Test
  void deletesAreWhatTheTableSaysOfThem() throws Exception {
    // Given
    Table ignoring =
        tables.create(
            "ignoring",
            orders()
                .primaryKey(List.of("id"))
                .buckets(1)
                .option("table.delete.behavior", "ignore"));
    Table refusing =
        tables.create(
            "refusing",
            orders()
                .primaryKey(List.of("id"))
                .buckets(1)
                .option("table.delete.behavior", "disable"));
    try (UpsertWriter toIgnoring = ignoring.newUpsert().createWriter();
        UpsertWriter toRefusing = refusing.newUpsert().createWriter()) {
      // When
      DeleteResult ignored = get(toIgnoring.delete(order(1, null, null)));
      CompletableFuture<DeleteResult> refused = toRefusing.delete(order(1, null, null));
      // Then
      assertThat(ignored.getBucket()).isEmpty();
      assertThatThrownBy(() -> get(refused)).hasCauseInstanceOf(DeletionDisabledException.class);
      get(toRefusing.upsert(order(1, "goes on", 1)));
    }
  }
}
