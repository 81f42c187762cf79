package io.fluss.format.arrow;

import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RowData;

/** Maps: offsets, and one child of entries, which are structs of a key and a value. */
final class MapWriter extends ColumnWriter {
  private final OffsetsWriter offsets;
  private final ColumnWriter keys;
  private final ColumnWriter values;

  MapWriter(
      String path, boolean nullable, ColumnWriter keys, ColumnWriter values, BufferPool pool) {
    super(path, nullable, pool);
    this.offsets = new OffsetsWriter(pool);
    this.keys = keys;
    this.values = values;
  }

  @Override
  void put(RowData row, int position) {
    put(row.getMap(position));
  }

  @Override
  void put(ArrayData array, int position) {
    put(array.getMap(position));
  }

  private void put(MapData map) {
    ArrayData keyArray = map.keyArray();
    ArrayData valueArray = map.valueArray();
    int size = map.size();
    for (int i = 0; i < size; i++) {
      if (keyArray.isNullAt(i)) {
        throw new IllegalArgumentException(
            "Cannot write a NULL key into column '"
                + path()
                + "': keys of a MAP cannot be NULL in Arrow, whatever its type says. Leave the entry"
                + " out, or give it another key.");
      }
      keys.append(keyArray, i);
      values.append(valueArray, i);
    }
    offsets.putEnd(keys.count());
  }

  @Override
  void putZero() {
    offsets.putEnd(offsets.lastEnd());
  }

  @Override
  void rewindValues(int newCount) {
    offsets.rewind(newCount);
    keys.rewind(offsets.lastEnd());
    values.rewind(offsets.lastEnd());
  }

  @Override
  void resetValues() {
    offsets.reset();
    keys.reset();
    values.reset();
  }

  @Override
  void closeValues() {
    offsets.close();
    keys.close();
    values.close();
  }

  @Override
  long allocatedValueBytes() {
    return offsets.allocatedBytes() + keys.allocatedBytes() + values.allocatedBytes();
  }

  @Override
  long gatheredValueBytes() {
    return offsets.gatheredBytes() + keys.gatheredBytes() + values.gatheredBytes();
  }

  @Override
  void writeValuesTo(BodyWriter out, int from, int to) {
    offsets.writeTo(out, from, to);
    int start = offsets.start(from);
    int end = offsets.start(to);
    out.node(end - start, 0);
    out.emptyBuffer();
    keys.writeTo(out, start, end);
    values.writeTo(out, start, end);
  }
}
