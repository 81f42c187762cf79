package io.fluss.format.batch;

import io.fluss.format.bytes.ByteScratch;
import io.fluss.format.bytes.LittleEndian;

/**
 * Puts together the statistics field of a batch's header: column by column, first its nulls, then
 * its bounds where there are any. One thread.
 */
public final class StatisticsWriter {

  /** Longer strings and byte sequences are cut off to this many bytes. */
  static final int MAX_BOUND_BYTES = 32;

  static final int HAS_MIN = 1;
  static final int HAS_MAX = 2;

  private static final int MAX_BYTE = 0xff;

  private final ByteScratch out = new ByteScratch();
  private int flags;

  /**
   * Begins the next column; without bounds, as when all values are null or there is NaN.
   *
   * @param column its position in the batch's schema; positions rise
   */
  public void column(int column, int nullCount) {
    varint(column);
    flags = out.extendWithZeros(1);
    varint(nullCount);
  }

  /** Bounds of booleans and whole numbers, of which the lowest bytes are stored. */
  public void bounds(long min, long max, int width) {
    bounded(HAS_MIN | HAS_MAX);
    fixed(min, width);
    fixed(max, width);
  }

  /** Bounds of 128 bits. */
  public void bounds(long minLow, long minHigh, long maxLow, long maxHigh) {
    bounded(HAS_MIN | HAS_MAX);
    fixed(minLow, Long.BYTES);
    fixed(minHigh, Long.BYTES);
    fixed(maxLow, Long.BYTES);
    fixed(maxHigh, Long.BYTES);
  }

  /**
   * Bounds of byte sequences, cut off where they are long: the smaller one to one that is smaller
   * still, the greater one to one that is greater, or to none where there is none so short.
   */
  public void bounds(byte[] source, int minStart, int minLength, int maxStart, int maxLength) {
    bounded(HAS_MIN);
    sequence(source, minStart, Math.min(minLength, MAX_BOUND_BYTES));
    if (maxLength <= MAX_BOUND_BYTES) {
      bounded(HAS_MAX);
      sequence(source, maxStart, maxLength);
      return;
    }
    int length = MAX_BOUND_BYTES;
    while (length > 0 && (source[maxStart + length - 1] & MAX_BYTE) == MAX_BYTE) {
      length--;
    }
    if (length > 0) {
      bounded(HAS_MAX);
      sequence(source, maxStart, length);
      out.bytes()[out.size() - 1]++;
    }
  }

  /** The field of all columns so far. */
  public HeaderField toField() {
    return new HeaderField(HeaderField.STATISTICS, out.toArray());
  }

  private void bounded(int more) {
    out.bytes()[flags] |= (byte) more;
  }

  private void fixed(long value, int width) {
    int position = out.extend(width);
    byte[] bytes = out.bytes();
    switch (width) {
      case Byte.BYTES -> bytes[position] = (byte) value;
      case Short.BYTES -> LittleEndian.putShort(bytes, position, (short) value);
      case Integer.BYTES -> LittleEndian.putInt(bytes, position, (int) value);
      default -> LittleEndian.putLong(bytes, position, value);
    }
  }

  private void sequence(byte[] source, int start, int length) {
    varint(length);
    int position = out.extend(length);
    System.arraycopy(source, start, out.bytes(), position, length);
  }

  private void varint(int value) {
    int rest = value;
    while (rest >= 0x80) {
      out.bytes()[out.extend(1)] = (byte) (rest & 0x7f | 0x80);
      rest >>>= 7;
    }
    int position = out.extend(1);
    out.bytes()[position] = (byte) rest;
  }
}
