package io.fluss.write;

import java.util.List;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;

/** Some columns of rows as bytes. Where the columns are is found once. One thread. */
final class KeyColumns {

  private final BucketKeyField[] fields;
  private final BucketKeyBytes bytes = new BucketKeyBytes();

  /**
   * @param columns in the order of their bytes; the rows have them all
   * @throws IllegalArgumentException where one is of a type that is not scalar
   */
  KeyColumns(List<String> columns, RowType rows) {
    this.fields = new BucketKeyField[columns.size()];
    for (int i = 0; i < fields.length; i++) {
      int pos = rows.getFieldIndex(columns.get(i));
      fields[i] = BucketKeyField.of(columns.get(i), rows.getTypeAt(pos), pos);
    }
  }

  /** The bytes of a row's columns, until the next call. */
  BucketKeyBytes of(RowData row) {
    bytes.clear();
    for (BucketKeyField field : fields) {
      field.append(row, bytes);
    }
    return bytes;
  }
}
