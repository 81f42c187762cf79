package io.fluss.format.arrow;

import io.fluss.format.bytes.LittleEndian;

/** The offsets buffer of a column of strings, bytes, lists or maps: where each value ends. */
final class OffsetsWriter {
  private final GrowableBuffer ends;

  OffsetsWriter(BufferPool pool) {
    this.ends = new GrowableBuffer(pool);
  }

  void putEnd(int end) {
    int position = ends.extend(Integer.BYTES);
    LittleEndian.putInt(ends.bytes(), position, end);
  }

  /** Where a value starts, or where the last one ends. */
  int start(int index) {
    return index == 0 ? 0 : LittleEndian.getInt(ends.bytes(), (index - 1) * Integer.BYTES);
  }

  int lastEnd() {
    return start(ends.size() / Integer.BYTES);
  }

  void rewind(int newCount) {
    ends.truncate(newCount * Integer.BYTES);
  }

  void reset() {
    ends.reset();
  }

  void close() {
    ends.close();
  }

  long allocatedBytes() {
    return ends.capacity();
  }

  long gatheredBytes() {
    return ends.size();
  }

  void writeTo(BodyWriter out, int from, int to) {
    out.offsets(ends.bytes(), start(from), from, to);
  }
}
