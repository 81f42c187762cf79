package io.fluss.format.bytes;

import java.util.Arrays;

/** Bits in byte arrays: the lowest bit of the first byte comes first. */
public final class Bitmaps {
  private Bitmaps() {}

  public static int bytesFor(int bits) {
    return (bits >>> 3) + ((bits & 7) == 0 ? 0 : 1);
  }

  public static boolean get(byte[] bitmap, int start, int bit) {
    return (bitmap[start + (bit >>> 3)] >>> (bit & 7) & 1) != 0;
  }

  public static void set(byte[] bitmap, int bit) {
    bitmap[bit >>> 3] |= (byte) (1 << (bit & 7));
  }

  /** Sets a bit of a bitmap that starts at this byte. */
  public static void set(byte[] bytes, int start, int bit) {
    bytes[start + (bit >>> 3)] |= (byte) (1 << (bit & 7));
  }

  public static int countSet(byte[] bitmap, int from, int to) {
    int count = 0;
    int bit = from;
    while (bit < to && (bit & 7) != 0) {
      count += bitmap[bit >>> 3] >>> (bit & 7) & 1;
      bit++;
    }
    for (; bit + 8 <= to; bit += 8) {
      count += Integer.bitCount(bitmap[bit >>> 3] & 0xff);
    }
    for (; bit < to; bit++) {
      count += bitmap[bit >>> 3] >>> (bit & 7) & 1;
    }
    return count;
  }

  /** Sets the bits from 0 up to this one and clears the rest of the last byte. */
  public static void fillOnes(byte[] bitmap, int bits) {
    int whole = bits >>> 3;
    Arrays.fill(bitmap, 0, whole, (byte) 0xff);
    if ((bits & 7) != 0) {
      bitmap[whole] = (byte) ((1 << (bits & 7)) - 1);
    }
  }

  /** Copies a range of bits to the start of a byte; what follows them in the last byte is 0. */
  public static void copy(byte[] source, int from, int to, byte[] target, int targetStart) {
    int bits = to - from;
    int length = bytesFor(bits);
    int first = from >>> 3;
    int shift = from & 7;
    if (shift == 0) {
      System.arraycopy(source, first, target, targetStart, length);
    } else {
      int last = to - 1 >>> 3;
      for (int i = 0; i < length; i++) {
        int low = (source[first + i] & 0xff) >>> shift;
        int high = first + i + 1 <= last ? source[first + i + 1] << 8 - shift : 0;
        target[targetStart + i] = (byte) (low | high);
      }
    }
    clearTail(target, targetStart, bits);
  }

  /** Clears the bits of the last byte that follow the given number of bits. */
  public static void clearTail(byte[] bitmap, int start, int bits) {
    if ((bits & 7) != 0) {
      bitmap[start + (bits >>> 3)] &= (byte) ((1 << (bits & 7)) - 1);
    }
  }
}
