package io.fluss.write;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Murmur3, 32 bits, x86 variant: the published algorithm, unchanged. */
final class Murmur3 {

  private static final VarHandle INT_LE =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int C1 = 0xcc9e2d51;
  private static final int C2 = 0x1b873593;

  private Murmur3() {}

  /** Hash of the first {@code length} bytes, with seed 0. */
  static int hash(byte[] bytes, int length) {
    return hash(bytes, length, 0);
  }

  /** Hash of the first {@code length} bytes. */
  static int hash(byte[] bytes, int length, int seed) {
    int h = seed;
    int tail = length & ~3;
    for (int i = 0; i < tail; i += 4) {
      h ^= mixKey((int) INT_LE.get(bytes, i));
      h = Integer.rotateLeft(h, 13) * 5 + 0xe6546b64;
    }
    int k = 0;
    for (int i = length - 1; i >= tail; i--) {
      k = k << 8 | bytes[i] & 0xff;
    }
    if (tail < length) {
      h ^= mixKey(k);
    }
    h ^= length;
    h ^= h >>> 16;
    h *= 0x85ebca6b;
    h ^= h >>> 13;
    h *= 0xc2b2ae35;
    return h ^ h >>> 16;
  }

  private static int mixKey(int k) {
    return Integer.rotateLeft(k * C1, 15) * C2;
  }
}
