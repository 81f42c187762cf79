package io.fluss.format.arrow;

import io.fluss.format.batch.StatisticsWriter;
import io.fluss.format.bytes.LittleEndian;

/** A column whose values all have the same number of bytes. */
abstract class FixedWidthWriter extends ColumnWriter {
  private final int width;
  private final GrowableBuffer values;

  FixedWidthWriter(String path, boolean nullable, BufferPool pool, int width) {
    super(path, nullable, pool);
    this.width = width;
    this.values = new GrowableBuffer(pool);
  }

  final void putByte(byte value) {
    int position = values.extend(Byte.BYTES);
    values.bytes()[position] = value;
  }

  final void putShort(short value) {
    int position = values.extend(Short.BYTES);
    LittleEndian.putShort(values.bytes(), position, value);
  }

  final void putInt(int value) {
    int position = values.extend(Integer.BYTES);
    LittleEndian.putInt(values.bytes(), position, value);
  }

  final void putLong(long value) {
    int position = values.extend(Long.BYTES);
    LittleEndian.putLong(values.bytes(), position, value);
  }

  final void putTwoLongs(long low, long high) {
    int position = values.extend(2 * Long.BYTES);
    LittleEndian.putLong(values.bytes(), position, low);
    LittleEndian.putLong(values.bytes(), position + Long.BYTES, high);
  }

  final byte[] values() {
    return values.bytes();
  }

  /** Values are whole numbers, unless a subclass says what else they are. */
  @Override
  void describeValuesTo(StatisticsWriter out, int from, int to) {
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;
    for (int i = nextValid(from, to); i < to; i = nextValid(i + 1, to)) {
      long value = whole(i);
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
    out.bounds(min, max, width);
  }

  private long whole(int index) {
    byte[] bytes = values.bytes();
    return switch (width) {
      case Byte.BYTES -> bytes[index];
      case Short.BYTES -> LittleEndian.getShort(bytes, index * Short.BYTES);
      case Integer.BYTES -> LittleEndian.getInt(bytes, index * Integer.BYTES);
      default -> LittleEndian.getLong(bytes, index * Long.BYTES);
    };
  }

  @Override
  final void putZero() {
    values.extendWithZeros(width);
  }

  @Override
  final void rewindValues(int newCount) {
    values.truncate(newCount * width);
  }

  @Override
  final void resetValues() {
    values.reset();
  }

  @Override
  final void closeValues() {
    values.close();
  }

  @Override
  final long allocatedValueBytes() {
    return values.capacity();
  }

  @Override
  final long gatheredValueBytes() {
    return values.size();
  }

  @Override
  final void writeValuesTo(BodyWriter out, int from, int to) {
    out.buffer(values.bytes(), from * width, (to - from) * width);
  }
}
