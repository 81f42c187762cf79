package io.fluss.format.key;

import io.fluss.format.bytes.ByteScratch;
import java.util.List;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;

/**
 * Encodes key columns of rows. Comparing two keys byte by byte, unsigned, is comparing their
 * columns one after the other; equal keys have equal bytes. One thread.
 */
public final class KeyEncoder {
  private final KeyField[] fields;
  private final ByteScratch scratch = new ByteScratch();

  private KeyEncoder(KeyField[] fields) {
    this.fields = fields;
  }

  /**
   * The encoder of these columns of rows of this type.
   *
   * @param keyPositions the columns in the order of the key; for a prefix of the key, the first few
   * @throws IllegalArgumentException where a column's type cannot be part of a key
   */
  public static KeyEncoder of(RowType rowType, int[] keyPositions) {
    List<RowType.RowField> columns = rowType.getFields();
    KeyField[] fields = new KeyField[keyPositions.length];
    for (int i = 0; i < fields.length; i++) {
      RowType.RowField column = columns.get(keyPositions[i]);
      fields[i] = KeyField.of(column.getName(), column.getType(), keyPositions[i]);
    }
    return new KeyEncoder(fields);
  }

  /**
   * The key of a Kafka record: the column set, then the key columns.
   *
   * @param columnSet which columns the record is about, 0 to 127; 0 is all of them
   * @throws IllegalArgumentException where a key column is null
   */
  public byte[] encode(RowData row, int columnSet) {
    ColumnSets.check(columnSet);
    scratch.clear();
    int at = scratch.extend(ColumnSets.BYTES);
    scratch.bytes()[at] = (byte) columnSet;
    append(row);
    return scratch.toArray();
  }

  /**
   * The key columns alone: what identifies a row whatever the column set, and the prefix of other
   * keys.
   *
   * @throws IllegalArgumentException where a key column is null
   */
  public byte[] encode(RowData row) {
    scratch.clear();
    append(row);
    return scratch.toArray();
  }

  private void append(RowData row) {
    append(row, scratch);
  }

  /**
   * Appends the key columns to what is there, for callers that look at them and do not keep them.
   *
   * @throws IllegalArgumentException where a key column is null
   */
  public void append(RowData row, ByteScratch to) {
    for (KeyField field : fields) {
      field.append(row, to);
    }
  }
}
