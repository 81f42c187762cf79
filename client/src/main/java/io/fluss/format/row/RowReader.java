package io.fluss.format.row;

import io.fluss.format.CorruptBatchException;
import io.fluss.format.UnsupportedFormatException;
import java.util.List;
import org.apache.flink.table.types.logical.LogicalType;

/**
 * Reads values of one schema version and column set in place. Immutable.
 *
 * <p>The caller picks the reader by {@link ValueHeader#schemaVersion} and the key's column set.
 */
public final class RowReader {
  private final RowLayout layout;

  private RowReader(RowLayout layout) {
    this.layout = layout;
  }

  /**
   * @param types of the columns in the value, in the order of the schema
   * @throws IllegalArgumentException where values of a type cannot be stored
   */
  public static RowReader of(List<LogicalType> types) {
    return new RowReader(RowLayout.of(types));
  }

  /**
   * The row in this value of kind {@link ValueKind#ROW}. It reads from the array as asked, which
   * may not change.
   *
   * @throws UnsupportedFormatException where a newer reader is needed
   * @throws CorruptBatchException where the value is shorter or longer than the row in it says;
   *     that a column is damaged is found when it is read
   * @throws IllegalArgumentException where the value is of another kind
   */
  public EncodedRow read(byte[] value) {
    return read(value, 0, value.length);
  }

  /** As {@link #read(byte[])}, of a value within an array. */
  public EncodedRow read(byte[] bytes, int start, int end) {
    ValueKind kind = ValueHeader.kind(bytes, start, end);
    if (kind != ValueKind.ROW) {
      throw new IllegalArgumentException("A value of kind " + kind + " has no row.");
    }
    return EncodedRow.of(layout, bytes, start + ValueHeader.BYTES, end, null);
  }
}
