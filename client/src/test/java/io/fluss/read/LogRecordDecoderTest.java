package io.fluss.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.format.arrow.ArrowBatchEncoder;
import io.fluss.format.arrow.ArrowCompression;
import io.fluss.format.arrow.BufferPool;
import io.fluss.format.batch.BatchHeader;
import io.fluss.format.batch.BodyKind;
import io.fluss.format.batch.HeaderField;
import io.fluss.table.BucketFunction;
import io.fluss.table.Column;
import io.fluss.table.SchemaHistory;
import io.fluss.table.SchemaVersion;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import io.fluss.table.TableState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.DoubleType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** Which table a batch belongs to. */
class LogRecordDecoderTest {

  private static final UUID DROPPED = new UUID(0x0123456789abcdefL, 1);
  private static final UUID CREATED_AGAIN = new UUID(0x1111111111111111L, 2);

  @Test
  void refusesABatchOfATableThatWasDropped() {
    // Given: the columns are as wide as before, so the body alone would be read as other values
    ConsumerRecord<byte[], byte[]> record = batch(List.of(HeaderField.tableId(DROPPED)));

    // When // Then
    for (Selection selection :
        List.of(Selection.fields(new int[][] {{0}}), Selection.rowCounts(1))) {
      LogRecordDecoder decoder =
          LogRecordDecoder.of(table(CREATED_AGAIN, new DoubleType()), selection);
      assertThatThrownBy(() -> decoder.decode(record))
          .isInstanceOf(CorruptLogException.class)
          .hasMessageStartingWith(
              "The batch at offset 7 in bucket 0 of table 'shop.orders' (topic 'shop.orders') was"
                  + " written to another table of this name, id 0123456789abcdef..., dropped"
                  + " meanwhile; the id of this one is 1111111111111111...");
    }
  }

  @Test
  void readsItsOwnBatchesAndThoseThatNameNoTable() {
    // Given
    LogRecordDecoder decoder =
        LogRecordDecoder.of(table(DROPPED, new BigIntType()), Selection.fields(new int[][] {{0}}));

    // When
    LogBatch own = decoder.decode(batch(List.of(HeaderField.tableId(DROPPED))));
    LogBatch unnamed = decoder.decode(batch(List.of()));

    // Then
    assertThat(own.rows().row(0).getLong(0)).isEqualTo(42);
    assertThat(unnamed.rows().row(0).getLong(0)).isEqualTo(42);
  }

  @Test
  void aColumnYoungerThanTheBatchIsNull() {
    // Given: the table has a second column since
    TableInfo before = table(DROPPED, new BigIntType());
    TableInfo now =
        new TableInfo(
            DROPPED,
            before.path(),
            TableState.READY,
            before.topic(),
            null,
            2,
            List.of(
                new Column.Physical(1, "added", new DoubleType(), null),
                new Column.Physical(0, "v", new BigIntType(), null)),
            List.of(),
            List.of(before.currentSchema()),
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

    // When
    RowData row =
        LogRecordDecoder.of(now, Selection.fields(new int[][] {{0}, {1}}))
            .decode(batch(List.of()))
            .rows()
            .row(0);

    // Then
    assertThat(row.isNullAt(0)).isTrue();
    assertThat(row.isNullAt(1)).isFalse();
    assertThat(row.getLong(1)).isEqualTo(42);
  }

  @Test
  void aJobPlannedBeforeColumnsChangedAsksForTheNewSchemaAndKeepsItsRows() {
    // Given
    TableInfo planned = table(DROPPED, new IntType());
    SchemaVersion newer =
        new SchemaVersion(
            2,
            List.of(
                new SchemaVersion.Field(1, "added", new DoubleType()),
                new SchemaVersion.Field(0, "renamed", new BigIntType())));
    AtomicInteger asked = new AtomicInteger();
    SchemaHistory schemas =
        version -> {
          asked.incrementAndGet();
          return version == 2 ? Optional.of(newer) : planned.schema(version);
        };
    LogRecordDecoder decoder =
        LogRecordDecoder.of(planned, schemas, Selection.fields(new int[][] {{0}}), null);

    // When
    RowData first = decoder.decode(batch(newer, GenericRowData.of(1.5, 42L))).rows().row(0);
    RowData second = decoder.decode(batch(newer, GenericRowData.of(null, 43L))).rows().row(0);

    // Then
    assertThat(first.getArity()).isEqualTo(1);
    assertThat(first.getInt(0)).isEqualTo(42);
    assertThat(second.getInt(0)).isEqualTo(43);
    assertThat(asked).as("once for a schema version, not for each batch").hasValue(1);
    assertThatThrownBy(
            () ->
                LogRecordDecoder.of(planned, Selection.fields(new int[][] {{0}}))
                    .decode(batch(newer, GenericRowData.of(1.5, 42L))))
        .isInstanceOf(CorruptLogException.class)
        .hasMessageContaining("schema version 2, which the table never had");
  }

  private static ConsumerRecord<byte[], byte[]> batch(SchemaVersion schema, RowData row) {
    try (ArrowBatchEncoder encoder =
        new ArrowBatchEncoder(schema.rowType(), ArrowCompression.none(), new BufferPool())) {
      encoder.append(row);
      ConsumerRecord<byte[], byte[]> record =
          new ConsumerRecord<>("shop.orders", 0, 7, null, encoder.encode());
      record
          .headers()
          .add(BatchHeader.KEY, BatchHeader.of(schema.version(), 1, BodyKind.ARROW).toBytes());
      return record;
    }
  }

  private static ConsumerRecord<byte[], byte[]> batch(List<HeaderField> fields) {
    byte[] header = new BatchHeader(1, 1, BodyKind.ARROW, fields).toBytes();
    byte[] body;
    try (ArrowBatchEncoder encoder =
        new ArrowBatchEncoder(
            table(DROPPED, new BigIntType()).rowType(),
            ArrowCompression.none(),
            new BufferPool())) {
      encoder.append(GenericRowData.of(42L));
      body = encoder.encode();
    }
    ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>("shop.orders", 0, 7, null, body);
    record.headers().add(BatchHeader.KEY, header);
    return record;
  }

  private static TableInfo table(UUID id, LogicalType columnType) {
    return new TableInfo(
        id,
        TablePath.of("shop", "orders"),
        TableState.READY,
        "shop.orders",
        null,
        1,
        List.of(new Column.Physical(0, "v", columnType, null)),
        List.of(),
        List.of(),
        1,
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
