package io.fluss.lake.iceberg.parquet;

import io.fluss.FlussException;
import java.util.stream.Stream;
import org.apache.flink.table.data.RowData;
import org.apache.iceberg.FieldMetrics;
import org.apache.parquet.column.ColumnWriteStore;

/**
 * Writes one field of rows, or the elements of arrays, as Parquet's columns with levels. One
 * thread.
 */
abstract class FieldWriter {

  private final String name;
  private final boolean optional;
  private final int absentLevel;

  /**
   * @param name for messages
   * @param optional whether the field may be null
   * @param presentLevel definition level where it is not
   */
  FieldWriter(String name, boolean optional, int presentLevel) {
    this.name = name;
    this.optional = optional;
    this.absentLevel = presentLevel - 1;
  }

  String name() {
    return name;
  }

  /** Where values go from now on: a new row group has new stores. */
  abstract void bind(ColumnWriteStore stores);

  /** Writes a value that is not null. */
  abstract void writePresent(int repetitionLevel, RowData row, int position);

  /** Writes that there is no value, in all columns of this field. */
  abstract void writeAbsent(int repetitionLevel, int definitionLevel);

  final void write(int repetitionLevel, RowData row, int position) {
    if (!row.isNullAt(position)) {
      writePresent(repetitionLevel, row, position);
    } else if (optional) {
      writeAbsent(repetitionLevel, absentLevel);
    } else {
      throw new FlussException(
          "Column '" + name + "' is NOT NULL in the lake table and a row has null in it.");
    }
  }

  /** What the footer of the file does not tell: NaNs, and bounds beside them. */
  Stream<FieldMetrics<?>> metrics() {
    return Stream.empty();
  }
}
