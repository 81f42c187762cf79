package io.fluss.upsert;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluss.admin.TableDescriptor;
import io.fluss.lookup.LookupSettings;
import io.fluss.lookup.TableLookup;
import io.fluss.testkit.kafka.SharedKafka;
import io.fluss.testkit.keyed.KeyedTableFixture;
import io.fluss.write.WriterConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.IntType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableTruncationTest {

  private static final RowData DELETE_OF_1 = row(1, null, null);

  @TempDir Path dir;

  /** The tombstone at the end of a delete does not say that nothing came behind its beginning. */
  @Test
  void findsAnUpdateThatCameWhileItsRowWasDeleted() throws Exception {
    try (KeyedTableFixture table =
        KeyedTableFixture.create(
            SharedKafka.kafka(),
            "t",
            TableDescriptor.builder()
                .column("id", new BigIntType(false))
                .column("a", new IntType())
                .column("b", new IntType())
                .primaryKey(List.of("id"))
                .buckets(1)
                .build())) {
      // Given
      int a = table.registerColumnSet("a");
      table.upsert(row(1, 10, 10));
      table.deleteByMarker(DELETE_OF_1);
      table.tombstone(a, DELETE_OF_1);
      table.update(a, row(1, 20, null));
      table.tombstone(0, DELETE_OF_1);
      table.upsert(row(2, 10, 10));
      int before = rows(table).size();

      // When
      TableTruncation.truncate(table.table(), table.client(), WriterConfig.defaults());

      // Then
      assertThat(before).isEqualTo(2);
      assertThat(rows(table)).isEmpty();
    }
  }

  private List<byte[]> rows(KeyedTableFixture table) {
    List<byte[]> keys = new ArrayList<>();
    LookupSettings settings =
        new LookupSettings(table.table(), table.client(), dir, 1 << 20, Duration.ZERO);
    try (TableLookup lookup = TableLookup.open(settings)) {
      lookup.whole().scan(0, new byte[] {0}, (key, row) -> keys.add(key));
    }
    return keys;
  }

  private static RowData row(long id, Integer a, Integer b) {
    return GenericRowData.of(id, a, b);
  }
}
