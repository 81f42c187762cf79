package io.fluss.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fluss.admin.TableDescriptor;
import io.fluss.testkit.kafka.SharedKafka;
import io.fluss.testkit.keyed.KeyedTableFixture;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Somebody cuts off the log of a table that keeps the first row, with Kafka's tools: no record
 * tells of it, but lookups do not go on with rows that are gone.
 */
class CutOffLogLookupTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final KeyedTableFixture topic =
      KeyedTableFixture.create(
          SharedKafka.kafka(),
          "firsts",
          TableDescriptor.builder()
              .column("id", new BigIntType(false))
              .column("text", VarCharType.STRING_TYPE)
              .primaryKey(List.of("id"))
              .option("table.merge-engine", "first_row")
              .build());

  @TempDir Path dir;

  @AfterEach
  void close() {
    topic.close();
  }

  @Test
  void anOpenLookupFailsAndTheNextFindsTheNewRow() {
    // Given
    topic.upsert(row("old"));
    try (TableLookup open = TableLookup.open(settings(64 << 20))) {
      assertThat(open.whole().get(0, key())).isEqualTo(value("old"));
      // When
      topic.deleteBefore(0, 1);
      topic.upsert(row("new"));
      // Then
      await().atMost(PATIENCE).until(() -> fails(open));
      assertThatThrownBy(() -> open.whole().get(0, key()))
          .isInstanceOf(LookupFailedException.class)
          .hasStackTraceContaining("the log of the table was cut off: it begins at offset 1");
    }
    try (TableLookup next = TableLookup.open(settings(64 << 20))) {
      assertThat(next.whole().get(0, key())).isEqualTo(value("new"));
    }
  }

  @Test
  void localFilesFromBeforeAreNotUsed() {
    // Given
    topic.upsert(row("old"));
    try (TableLookup before = TableLookup.open(settings(0))) {
      before.whole().get(0, key());
    }
    // When
    topic.deleteBefore(0, 1);
    topic.upsert(row("new"));
    // Then
    try (TableLookup after = TableLookup.open(settings(0))) {
      assertThat(after.whole().get(0, key())).isEqualTo(value("new"));
    }
  }

  private static boolean fails(TableLookup lookup) {
    try {
      lookup.whole().isReady(0);
      return false;
    } catch (LookupFailedException e) {
      return true;
    }
  }

  private LookupSettings settings(long memoryBytes) {
    return new LookupSettings(
        topic.table(), topic.client(), dir, memoryBytes, Duration.ofMinutes(1));
  }

  private static RowData row(String text) {
    return GenericRowData.of(1L, StringData.fromString(text));
  }

  private byte[] key() {
    return topic.key(row(""));
  }

  private byte[] value(String text) {
    return topic.value(row(text));
  }
}
