package io.fluss.client.write;

import static io.fluss.client.ClientTables.order;
import static io.fluss.client.ClientTables.orders;
import static io.fluss.client.ClientTables.showOrder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.FlussException;
import io.fluss.client.ClientTables;
import io.fluss.client.lookup.Lookuper;
import io.fluss.client.table.Table;
import io.fluss.upsert.LeaseTimes;
import java.time.Duration;
import java.util.List;
import org.apache.flink.table.data.GenericRowData;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PartialUpdateTest {

  private static final LeaseTimes SHORT =
      new LeaseTimes(Duration.ofMillis(100), Duration.ofMillis(500), Duration.ofSeconds(20));

  private final ClientTables tables = ClientTables.open();

  @AfterEach
  void close() {
    tables.close();
  }

  @Test
  void writersOfDifferentColumnsFillOneRow() {
    // Given
    Table table = tables.create("t", orders().primaryKey(List.of("id")).buckets(1));
    try (UpsertWriter items =
            table.newUpsert().partialUpdate("item", "id").with(SHORT).createWriter();
        UpsertWriter amounts = table.newUpsert().partialUpdate(0, 2).with(SHORT).createWriter();
        Lookuper lookuper = table.newLookup().createLookuper()) {
      // When
      items.upsert(order(1, "desk", null)).join();
      amounts.upsert(order(1, null, 7)).join();
      // Then
      assertFound(lookuper, "1:desk:7");
      // When
      items.upsert(order(1, "chair", 100)).join();
      // Then
      assertFound(lookuper, "1:chair:7");
      // When
      amounts.delete(order(1, null, null)).join();
      amounts.flush();
      // Then
      assertFound(lookuper, "1:chair:null");
    }
    // When
    try (UpsertWriter rows = table.newUpsert().with(SHORT).createWriter();
        Lookuper lookuper = table.newLookup().createLookuper()) {
      rows.delete(order(1, null, null)).join();
      rows.flush();
      // Then
      assertFound(lookuper, null);
    }
    Table now = tables.connection().getTable(tables.path("t"));
    assertThatThrownBy(() -> now.newScan().createLogScanner())
        .isInstanceOf(FlussException.class)
        .hasMessageContaining("partial updates")
        .hasMessageContaining("createBatchScanner()");
  }

  private static void assertFound(Lookuper lookuper, String expected) {
    Awaitility.await()
        .untilAsserted(
            () -> {
              var row = lookuper.lookup(GenericRowData.of(1L)).join().getSingletonRow();
              assertThat(row == null ? null : showOrder(row)).isEqualTo(expected);
            });
  }

  @Test
  void columnsThatCannotBeUpdatedAreAllNamed() {
    // Given
    Table table = tables.create("t", orders().primaryKey(List.of("id")).buckets(1));
    // When, Then
    assertThatThrownBy(() -> table.newUpsert().partialUpdate("price"))
        .isInstanceOf(FlussException.class)
        .hasMessageContaining("'price' is not a column; those are [id, item, amount]")
        .hasMessageContaining("Column 'id' of the primary key is missing")
        .hasMessageContaining("no column beside those of the primary key");
  }
}
