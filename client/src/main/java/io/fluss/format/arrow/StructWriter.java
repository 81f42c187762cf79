package io.fluss.format.arrow;

import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.RowData;

/** Rows within a row: a child per field, each with a slot for every row, null or not. */
final class StructWriter extends ColumnWriter {
  private final ColumnWriter[] fields;

  StructWriter(String path, boolean nullable, ColumnWriter[] fields, BufferPool pool) {
    super(path, nullable, pool);
    this.fields = fields;
  }

  @Override
  void put(RowData row, int position) {
    put(row.getRow(position, fields.length));
  }

  @Override
  void put(ArrayData array, int position) {
    put(array.getRow(position, fields.length));
  }

  private void put(RowData row) {
    for (int i = 0; i < fields.length; i++) {
      fields[i].append(row, i);
    }
  }

  @Override
  void putZero() {
    for (ColumnWriter field : fields) {
      field.appendHidden();
    }
  }

  @Override
  void rewindValues(int newCount) {
    for (ColumnWriter field : fields) {
      field.rewind(newCount);
    }
  }

  @Override
  void resetValues() {
    for (ColumnWriter field : fields) {
      field.reset();
    }
  }

  @Override
  void closeValues() {
    for (ColumnWriter field : fields) {
      field.close();
    }
  }

  @Override
  long allocatedValueBytes() {
    long bytes = 0;
    for (ColumnWriter field : fields) {
      bytes += field.allocatedBytes();
    }
    return bytes;
  }

  @Override
  long gatheredValueBytes() {
    long bytes = 0;
    for (ColumnWriter field : fields) {
      bytes += field.gatheredBytes();
    }
    return bytes;
  }

  @Override
  void writeValuesTo(BodyWriter out, int from, int to) {
    for (ColumnWriter field : fields) {
      field.writeTo(out, from, to);
    }
  }
}
