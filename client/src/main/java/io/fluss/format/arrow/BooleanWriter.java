package io.fluss.format.arrow;

import io.fluss.format.batch.StatisticsWriter;
import io.fluss.format.bytes.Bitmaps;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.RowData;

/** Booleans, a bit each. */
final class BooleanWriter extends ColumnWriter {
  private final GrowableBuffer values;

  BooleanWriter(String path, boolean nullable, BufferPool pool) {
    super(path, nullable, pool);
    this.values = new GrowableBuffer(pool);
  }

  @Override
  void put(RowData row, int position) {
    put(row.getBoolean(position));
  }

  @Override
  void put(ArrayData array, int position) {
    put(array.getBoolean(position));
  }

  @Override
  void describeValuesTo(StatisticsWriter out, int from, int to) {
    boolean all = true;
    boolean any = false;
    for (int i = nextValid(from, to); i < to; i = nextValid(i + 1, to)) {
      boolean value = Bitmaps.get(values.bytes(), 0, i);
      all &= value;
      any |= value;
    }
    out.bounds(all ? 1 : 0, any ? 1 : 0, Byte.BYTES);
  }

  @Override
  void putZero() {
    put(false);
  }

  private void put(boolean value) {
    if ((count() & 7) == 0) {
      values.extendWithZeros(1);
    }
    if (value) {
      Bitmaps.set(values.bytes(), count());
    }
  }

  @Override
  void rewindValues(int newCount) {
    values.truncate(Bitmaps.bytesFor(newCount));
    Bitmaps.clearTail(values.bytes(), 0, newCount);
  }

  @Override
  void resetValues() {
    values.reset();
  }

  @Override
  void closeValues() {
    values.close();
  }

  @Override
  long allocatedValueBytes() {
    return values.capacity();
  }

  @Override
  long gatheredValueBytes() {
    return values.size();
  }

  @Override
  void writeValuesTo(BodyWriter out, int from, int to) {
    out.bits(values.bytes(), from, to);
  }
}
