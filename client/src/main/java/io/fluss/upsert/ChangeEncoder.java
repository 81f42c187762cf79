package io.fluss.upsert;

import io.fluss.format.key.KeyEncoder;
import io.fluss.format.keyed.KeyedSchema;
import io.fluss.format.keyed.TableIdHeader;
import io.fluss.format.row.RowEncoder;
import io.fluss.table.ColumnSet;
import io.fluss.table.TableInfo;
import io.fluss.write.KeyedBucketRouter;
import io.fluss.write.TopicLimits;
import java.util.List;
import java.util.stream.IntStream;
import javax.annotation.Nullable;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Makes changes of rows into records of one column set, as {@code
 * docs/format/primary-key-record.md} says. For each record it makes a key, a value and the record
 * around them; all else is made once. One thread.
 */
final class ChangeEncoder {

  /** The record's header, beside its key and its value. */
  private static final int HEADER_BYTES = 32;

  /** Compressing what cannot be compressed adds less than one byte to so many. */
  private static final int BYTES_PER_BYTE_ADDED = 4096;

  private final int columnSet;
  private final KeyedBucketRouter router;
  private final KeyEncoder keys;
  @Nullable private final RowEncoder values;
  private final Integer[] buckets;
  private final List<Header> headers;

  private ChangeEncoder(
      TableInfo table, int columnSet, RowType rows, KeyEncoder keys, @Nullable RowEncoder values) {
    this.columnSet = columnSet;
    this.router = KeyedBucketRouter.of(table, rows);
    this.keys = keys;
    this.values = values;
    this.buckets = IntStream.range(0, table.buckets()).boxed().toArray(Integer[]::new);
    this.headers = List.of(new RecordHeader(TableIdHeader.KEY, TableIdHeader.of(table.id())));
  }

  /** Of whole rows. */
  static ChangeEncoder fullRows(TableInfo table) {
    KeyedSchema schema = KeyedSchema.of(table);
    return new ChangeEncoder(
        table, ColumnSet.FULL_ROW, table.rowType(), schema.keyEncoder(), schema.rowEncoder());
  }

  /** Of some columns of whole rows. */
  static ChangeEncoder columns(TableInfo table, ColumnSet set) {
    KeyedSchema schema = KeyedSchema.of(table);
    return new ChangeEncoder(
        table, set.id(), table.rowType(), schema.keyEncoder(), schema.rowEncoder(set.fieldIds()));
  }

  /** Of rows that are keys; they have no values. */
  static ChangeEncoder keys(TableInfo table) {
    RowType rows = RowScope.key().rowType(table);
    int[] all = IntStream.range(0, rows.getFieldCount()).toArray();
    return new ChangeEncoder(table, ColumnSet.FULL_ROW, rows, KeyEncoder.of(rows, all), null);
  }

  /** Largest key and value, together, that a record of its own can hold. */
  static long maxRowBytes(TopicLimits limits) {
    long bytes = limits.maxRecordBytes() - HEADER_BYTES;
    return bytes - bytes / BYTES_PER_BYTE_ADDED;
  }

  /**
   * The row's bucket.
   *
   * @throws IllegalArgumentException where a column of the key is null
   */
  int bucket(RowData row) {
    return router.bucket(row);
  }

  /**
   * @throws IllegalArgumentException where a column of the key is null
   */
  byte[] key(RowData row) {
    return keys.encode(row, columnSet);
  }

  /**
   * @throws IllegalArgumentException where the row does not fit the table
   */
  byte[] value(RowData row) {
    if (values == null) {
      throw new IllegalArgumentException(
          "Rows that hold the primary key alone can only be deleted.");
    }
    return values.encode(row);
  }

  ProducerRecord<byte[], byte[]> record(
      String topic, int bucket, byte[] key, @Nullable byte[] value) {
    return new ProducerRecord<>(topic, buckets[bucket], null, key, value, headers);
  }

  /** Kafka's own class for it is not public. */
  @SuppressWarnings("ArrayRecordComponent")
  private record RecordHeader(String key, byte[] value) implements Header {}
}
