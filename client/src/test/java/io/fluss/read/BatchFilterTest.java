package io.fluss.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.format.arrow.ArrowBatchEncoder;
import io.fluss.format.arrow.ArrowCompression;
import io.fluss.format.arrow.BufferPool;
import io.fluss.format.batch.BatchHeader;
import io.fluss.format.batch.BodyKind;
import io.fluss.format.batch.HeaderField;
import io.fluss.predicate.ColumnRef;
import io.fluss.predicate.Operator;
import io.fluss.predicate.Predicate;
import io.fluss.table.BucketFunction;
import io.fluss.table.Column;
import io.fluss.table.SchemaHistory;
import io.fluss.table.SchemaVersion;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import io.fluss.table.TableState;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/**
 * Batches that the statistics in their headers exclude. Their bodies cannot be read, so that what
 * is decoded fails.
 */
class BatchFilterTest {

  /** Version 1 has column 0 only; version 2 has a younger one before it. */
  private static final Column OLD = new Column.Physical(0, "v", new BigIntType(), null);

  private static final Column YOUNG = new Column.Physical(1, "added", new IntType(), null);
  private static final RowType OLD_TYPE = RowType.of(new BigIntType());
  private static final RowType NEW_TYPE = RowType.of(new IntType(), new BigIntType());

  private static final Selection ALL = Selection.fields(new int[][] {{0}, {1}});
  private static final ColumnRef ADDED = new ColumnRef(0, "added", new IntType());
  private static final ColumnRef V = new ColumnRef(1, "v", new BigIntType());

  @Test
  void passesOverABatchWithoutOpeningIt() {
    // Given
    LogRecordDecoder decoder = decoder(ALL, Predicate.compare(V, Operator.GREATER, 9L));

    // When
    LogBatch batch = decoder.decode(unreadable(2, statistics(NEW_TYPE, GenericRowData.of(1, 9L))));

    // Then
    assertThat(batch.excluded()).isTrue();
    assertThat(batch.rows().rowCount()).isEqualTo(1);
    assertThat(batch.places().behind(1)).isEqualTo(LogPosition.at(8));
    assertThat(batch.places().records()).isEqualTo(1);
    assertThatThrownBy(() -> batch.rows().row(0)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void findsTheColumnInAnEarlierSchema() {
    // Given: column v was the first one
    LogRecordDecoder decoder = decoder(ALL, Predicate.compare(V, Operator.GREATER, 9L));

    // When, Then
    assertThat(
            decoder.decode(unreadable(1, statistics(OLD_TYPE, GenericRowData.of(9L)))).excluded())
        .isTrue();
    requireOpened(decoder, unreadable(1, statistics(OLD_TYPE, GenericRowData.of(10L))));
  }

  @Test
  void opensABatchThatMayHoldAMatch() {
    LogRecordDecoder decoder = decoder(ALL, Predicate.compare(V, Operator.EQUAL, 9L));
    requireOpened(decoder, unreadable(2, statistics(NEW_TYPE, GenericRowData.of(1, 9L))));
  }

  @Test
  void opensABatchWithoutStatistics() {
    requireOpened(decoder(ALL, Predicate.compare(V, Operator.EQUAL, 9L)), unreadable(2, List.of()));
  }

  @Test
  void opensABatchThatIsOlderThanTheColumn() {
    LogRecordDecoder decoder = decoder(ALL, Predicate.isNotNull(ADDED));
    requireOpened(decoder, unreadable(1, statistics(OLD_TYPE, GenericRowData.of(9L))));
  }

  @Test
  void countsTheRowsOfAllBatches() {
    // Given
    LogRecordDecoder decoder =
        decoder(Selection.rowCounts(1), Predicate.compare(V, Operator.GREATER, 9L));

    // When
    LogBatch batch = decoder.decode(unreadable(2, statistics(NEW_TYPE, GenericRowData.of(1, 9L))));

    // Then
    assertThat(batch.excluded()).isFalse();
    assertThat(batch.rows().row(0).getLong(0)).isEqualTo(1);
  }

  private static void requireOpened(
      LogRecordDecoder decoder, ConsumerRecord<byte[], byte[]> unreadable) {
    assertThatThrownBy(() -> decoder.decode(unreadable)).isInstanceOf(CorruptLogException.class);
  }

  private static LogRecordDecoder decoder(Selection selection, Predicate filter) {
    return LogRecordDecoder.of(table(), SchemaHistory.of(table()), selection, filter);
  }

  private static List<HeaderField> statistics(RowType type, GenericRowData row) {
    try (ArrowBatchEncoder encoder =
        new ArrowBatchEncoder(type, ArrowCompression.none(), new BufferPool())) {
      encoder.append(row);
      int[] columns = type.getFieldCount() == 1 ? new int[] {0} : new int[] {0, 1};
      return List.of(encoder.statistics(columns, 0, 1));
    }
  }

  private static ConsumerRecord<byte[], byte[]> unreadable(
      int schemaVersion, List<HeaderField> fields) {
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>("shop.orders", 0, 7, null, new byte[] {1, 2, 3});
    record
        .headers()
        .add(BatchHeader.KEY, new BatchHeader(schemaVersion, 1, BodyKind.ARROW, fields).toBytes());
    return record;
  }

  private static TableInfo table() {
    return new TableInfo(
        new UUID(1, 2),
        TablePath.of("shop", "orders"),
        TableState.READY,
        "shop.orders",
        null,
        2,
        List.of(YOUNG, OLD),
        List.of(),
        List.of(new SchemaVersion(1, List.of(new SchemaVersion.Field(0, "v", new BigIntType())))),
        2,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        1,
        BucketFunction.MURMUR3,
        Map.of(),
        null,
        0);
  }
}
