package io.fluss.read;

import io.fluss.format.keyed.KeyedRowReader;
import io.fluss.format.schema.ColumnMapping;
import org.apache.flink.table.data.RowData;

/**
 * Selected fields of rows of one schema version, read in place from keys and values as asked.
 * Immutable; the rows it makes are for one thread.
 *
 * @param schemaVersion of the values that are read
 * @param reader of those columns that the schema version has
 * @param mapping from these to the columns that the fields are in
 */
public record KeyedProjection(
    int schemaVersion, KeyedRowReader reader, ColumnMapping mapping, NestedFields fields) {

  /** The row of a record with a value. */
  public RowData row(byte[] recordKey, byte[] value) {
    return fields.of(mapping.row(reader.row(recordKey, value)));
  }

  /** The row of a key without its column set. */
  public RowData foldedRow(byte[] keyColumns, byte[] value) {
    return fields.of(mapping.row(reader.foldedRow(keyColumns, value)));
  }

  /** Of the columns, only those of the key are set. */
  public RowData delete(byte[] recordKey) {
    return fields.of(mapping.unchecked(reader.delete(recordKey)));
  }

  /** Of the columns, only those of the key are set, which has no column set. */
  public RowData foldedDelete(byte[] keyColumns) {
    return fields.of(mapping.unchecked(reader.foldedDelete(keyColumns)));
  }
}
