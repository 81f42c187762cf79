package io.fluss.format.key;

import io.fluss.format.bytes.ByteScratch;
import java.util.Arrays;

/**
 * Values of any length within a key: they end with two zero bytes, and a zero byte of theirs is
 * followed by 0xff. So the shorter of two values comes first, whatever follows it.
 */
final class Escapes {
  static final int TERMINATOR_BYTES = 2;
  private static final byte ESCAPE = (byte) 0xff;

  private Escapes() {}

  /** Makes what was appended since {@code start} a value of the key. */
  static void close(ByteScratch to, int start) {
    int zeros = zeros(to.bytes(), start, to.size());
    if (zeros > 0) {
      spread(to, start, zeros);
    }
    to.extendWithZeros(TERMINATOR_BYTES);
  }

  /** Moves the bytes apart from behind, each to where it belongs. */
  private static void spread(ByteScratch to, int start, int zeros) {
    int from = to.size();
    int target = from + zeros;
    to.extend(zeros);
    byte[] bytes = to.bytes();
    while (from > start) {
      byte next = bytes[--from];
      if (next == 0) {
        bytes[--target] = ESCAPE;
      }
      bytes[--target] = next;
    }
  }

  /**
   * Position of the terminator of the value that starts here.
   *
   * @return -1 where there is none, or a zero byte is followed by neither zero nor 0xff
   */
  static int end(byte[] bytes, int start) {
    int last = bytes.length - 1;
    for (int i = start; i < last; i++) {
      if (bytes[i] == 0) {
        byte next = bytes[i + 1];
        if (next != ESCAPE) {
          return next == 0 ? i : -1;
        }
        i++;
      }
    }
    return -1;
  }

  static int zeros(byte[] bytes, int start, int end) {
    int zeros = 0;
    for (int i = start; i < end; i++) {
      if (bytes[i] == 0) {
        zeros++;
      }
    }
    return zeros;
  }

  /** The value between start and terminator, copied. */
  static byte[] unescaped(byte[] bytes, int start, int end, int zeros) {
    if (zeros == 0) {
      return Arrays.copyOfRange(bytes, start, end);
    }
    byte[] value = new byte[end - start - zeros];
    int from = start;
    for (int i = 0; i < value.length; i++) {
      value[i] = bytes[from];
      from += bytes[from] == 0 ? 2 : 1;
    }
    return value;
  }
}
