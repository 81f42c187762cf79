package io.fluss.format.batch;

import io.fluss.format.CorruptBatchException;
import java.util.Arrays;

/** Reads a header's bytes front to back and never past their end. */
final class HeaderReader {
  private final byte[] bytes;
  private int position;

  HeaderReader(byte[] bytes) {
    this.bytes = bytes;
  }

  boolean atEnd() {
    return position == bytes.length;
  }

  int unsignedByte(String what) {
    if (atEnd()) {
      throw truncated(what);
    }
    return bytes[position++] & 0xff;
  }

  /** A number of 0 to 2^31 - 1, seven bits a byte, lowest first. */
  int varint(String what) {
    long value = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      int next = unsignedByte(what);
      value |= (long) (next & 0x7f) << shift;
      if (next < 0x80) {
        if (value > Integer.MAX_VALUE) {
          break;
        }
        return (int) value;
      }
    }
    throw new CorruptBatchException(
        "Cannot read batch header: the " + what + " before byte " + position + " is over 2^31 - 1");
  }

  byte[] bytes(int length, String what) {
    if (length > bytes.length - position) {
      throw truncated(what);
    }
    byte[] value = Arrays.copyOfRange(bytes, position, position + length);
    position += length;
    return value;
  }

  private CorruptBatchException truncated(String what) {
    return new CorruptBatchException(
        "Cannot read batch header: it ends after "
            + bytes.length
            + " bytes, within or before the "
            + what);
  }
}
