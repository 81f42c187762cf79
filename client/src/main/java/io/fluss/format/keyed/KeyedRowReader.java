package io.fluss.format.keyed;

import io.fluss.format.CorruptBatchException;
import io.fluss.format.UnsupportedFormatException;
import io.fluss.format.key.KeyReader;
import io.fluss.format.row.RowReader;
import io.fluss.table.SchemaVersion.Field;
import java.util.List;
import org.apache.flink.types.RowKind;

/**
 * Reads keys and values of one schema version as rows of a projection, in place. Immutable.
 *
 * <p>The caller picks the reader by the value's schema version; deletes, which have no value, any
 * reader reads.
 */
public final class KeyedRowReader {
  private final KeyReader keys;
  private final RowReader values;
  private final KeyedColumns columns;

  private KeyedRowReader(KeyReader keys, RowReader values, KeyedColumns columns) {
    this.keys = keys;
    this.values = values;
    this.columns = columns;
  }

  static KeyedRowReader of(KeyedSchema schema, List<Field> projection) {
    return new KeyedRowReader(
        schema.keyReader(), schema.rowReader(), KeyedColumns.of(schema, projection));
  }

  /**
   * The row of a record with a value of kind {@code ROW} and column set 0.
   *
   * @param key of the Kafka record
   * @throws UnsupportedFormatException where a newer reader is needed
   * @throws CorruptBatchException where key or value is cut short; other damage is found when a
   *     column is read
   */
  public KeyedRow row(byte[] key, byte[] value) {
    return new KeyedRow(columns, keys.key(key), values.read(value), RowKind.INSERT);
  }

  /**
   * The row of a fold: what {@link #row} reads, of a key without its column set.
   *
   * @param key the columns of the key alone
   * @throws UnsupportedFormatException as {@link #row}
   * @throws CorruptBatchException as {@link #row}
   */
  public KeyedRow foldedRow(byte[] key, byte[] value) {
    return new KeyedRow(columns, keys.view(key, 0), values.read(value), RowKind.INSERT);
  }

  /**
   * The delete of a key: only the key columns are set.
   *
   * @param key of the Kafka record
   * @throws CorruptBatchException where the key is cut short; other damage is found when a column
   *     is read
   */
  public KeyedRow delete(byte[] key) {
    return new KeyedRow(columns, keys.key(key), null, RowKind.DELETE);
  }

  /**
   * The delete of a key without its column set.
   *
   * @param key the columns of the key alone
   * @throws CorruptBatchException as {@link #delete}
   */
  public KeyedRow foldedDelete(byte[] key) {
    return new KeyedRow(columns, keys.view(key, 0), null, RowKind.DELETE);
  }
}
