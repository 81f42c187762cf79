package io.fluss.client;

import static io.fluss.client.ClientTables.orders;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.client.lookup.TypedLookuper;
import io.fluss.client.scan.TypedBatchScanner;
import io.fluss.client.scan.TypedLogScanner;
import io.fluss.client.scan.TypedScanRecord;
import io.fluss.client.table.Table;
import io.fluss.client.write.TypedAppendWriter;
import io.fluss.client.write.TypedUpsertWriter;
import io.fluss.typed.UnfitClassException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Writing and reading objects through the client. */
class TypedRowsTest {

  private final ClientTables tables = ClientTables.open();

  @AfterEach
  void close() {
    tables.close();
  }

  private record Order(long id, String item, Integer amount) {}

  private record Item(String item) {}

  @Test
  void recordsAreAppendedAndScanned() {
    // Given
    Table table = tables.create("t", orders().buckets(1));
    // When
    try (TypedAppendWriter<Order> writer = table.newAppend().createTypedWriter(Order.class);
        TypedLogScanner<Order> orders = table.newScan().createTypedLogScanner(Order.class);
        TypedLogScanner<Item> items =
            table.newScan().project("item").createTypedLogScanner(Item.class)) {
      writer.append(new Order(1, "desk", 2));
      writer.append(new Order(2, null, null));
      writer.flush();
      orders.subscribeFromBeginning(0);
      items.subscribeFromBeginning(0);
      // Then
      assertThat(poll(orders, 2))
          .containsExactly(new Order(1, "desk", 2), new Order(2, null, null));
      assertThat(poll(items, 2)).containsExactly(new Item("desk"), new Item(null));
    }
    try (TypedBatchScanner<Item> items =
        table.newScan().project("item").createTypedBatchScanner(Item.class)) {
      List<Item> found = new ArrayList<>();
      CloseableIterator<Item> batch;
      while ((batch = items.pollBatch(Duration.ofSeconds(5))) != null) {
        batch.forEachRemaining(found::add);
      }
      assertThat(found).containsExactly(new Item("desk"), new Item(null));
    }
    assertThatThrownBy(() -> table.newAppend().createTypedWriter(Item.class))
        .isInstanceOf(UnfitClassException.class)
        .hasMessageContaining("Column 'id'")
        .hasMessageContaining("Column 'amount'");
  }

  private static <T> List<T> poll(TypedLogScanner<T> scanner, int count) {
    List<T> values = new ArrayList<>();
    for (int i = 0; i < 100 && values.size() < count; i++) {
      for (TypedScanRecord<T> record : scanner.poll(Duration.ofMillis(200))) {
        values.add(record.value());
      }
    }
    return values;
  }

  @Test
  void recordsAreUpsertedAndLookedUp() {
    // Given
    Table table = tables.create("t", orders().primaryKey(List.of("id")).buckets(2));
    try (TypedUpsertWriter<Order> writer = table.newUpsert().createTypedWriter(Order.class);
        TypedLookuper<Order> lookuper = table.newLookup().createTypedLookuper(Order.class)) {
      // When
      writer.upsert(new Order(1, "desk", 2));
      writer.upsert(new Order(2, "lamp", 1));
      writer.delete(new Order(2, null, null));
      writer.flush();
      // Then
      assertThat(lookuper.lookup(new Order(1, null, null)).join())
          .containsExactly(new Order(1, "desk", 2));
      assertThat(lookuper.lookup(new Order(2, null, null)).join()).isEmpty();
    }
  }
}
