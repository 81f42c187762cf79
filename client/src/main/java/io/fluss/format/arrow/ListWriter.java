package io.fluss.format.arrow;

import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.RowData;

/** Arrays: offsets, and the elements of all arrays in one child. */
final class ListWriter extends ColumnWriter {
  private final OffsetsWriter offsets;
  private final ColumnWriter elements;

  ListWriter(String path, boolean nullable, ColumnWriter elements, BufferPool pool) {
    super(path, nullable, pool);
    this.offsets = new OffsetsWriter(pool);
    this.elements = elements;
  }

  @Override
  void put(RowData row, int position) {
    put(row.getArray(position));
  }

  @Override
  void put(ArrayData array, int position) {
    put(array.getArray(position));
  }

  private void put(ArrayData array) {
    int size = array.size();
    for (int i = 0; i < size; i++) {
      elements.append(array, i);
    }
    offsets.putEnd(elements.count());
  }

  @Override
  void putZero() {
    offsets.putEnd(offsets.lastEnd());
  }

  @Override
  void rewindValues(int newCount) {
    offsets.rewind(newCount);
    elements.rewind(offsets.lastEnd());
  }

  @Override
  void resetValues() {
    offsets.reset();
    elements.reset();
  }

  @Override
  void closeValues() {
    offsets.close();
    elements.close();
  }

  @Override
  long allocatedValueBytes() {
    return offsets.allocatedBytes() + elements.allocatedBytes();
  }

  @Override
  long gatheredValueBytes() {
    return offsets.gatheredBytes() + elements.gatheredBytes();
  }

  @Override
  void writeValuesTo(BodyWriter out, int from, int to) {
    offsets.writeTo(out, from, to);
    elements.writeTo(out, offsets.start(from), offsets.start(to));
  }
}
