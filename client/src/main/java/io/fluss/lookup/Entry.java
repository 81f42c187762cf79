package io.fluss.lookup;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Key and state of a row in one array: length of the key (4 bytes), key, state. One object per row
 * costs the heap and the collector half of what two do.
 */
final class Entry {

  private static final int KEY = Integer.BYTES;
  private static final long MIX = 0x9e3779b97f4a7c15L;
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private Entry() {}

  static byte[] of(byte[] key, byte[] state) {
    byte[] entry = new byte[KEY + key.length + state.length];
    INT.set(entry, 0, key.length);
    System.arraycopy(key, 0, entry, KEY, key.length);
    System.arraycopy(state, 0, entry, KEY + key.length, state.length);
    return entry;
  }

  static boolean hasKey(byte[] entry, byte[] key) {
    return entry.length >= KEY + key.length
        && (int) INT.get(entry, 0) == key.length
        && Arrays.equals(entry, KEY, KEY + key.length, key, 0, key.length);
  }

  static byte[] key(byte[] entry) {
    return Arrays.copyOfRange(entry, KEY, stateStart(entry));
  }

  static byte[] state(byte[] entry) {
    return Arrays.copyOfRange(entry, stateStart(entry), entry.length);
  }

  private static int stateStart(byte[] entry) {
    return KEY + (int) INT.get(entry, 0);
  }

  /** The hash of the entry's key; the same as {@link #hash(byte[])} of that key. */
  static long hashOfKey(byte[] entry) {
    return hash(entry, KEY, stateStart(entry));
  }

  static long hash(byte[] key) {
    return hash(key, 0, key.length);
  }

  /** Eight bytes a step; the high bits are the best ones. */
  private static long hash(byte[] bytes, int from, int to) {
    long hash = to - from;
    int at = from;
    for (; at + Long.BYTES <= to; at += Long.BYTES) {
      hash = mixed(hash ^ (long) LONG.get(bytes, at));
    }
    long rest = 0;
    for (; at < to; at++) {
      rest = rest << Byte.SIZE | bytes[at] & 0xff;
    }
    return mixed(hash ^ rest) * MIX;
  }

  private static long mixed(long value) {
    long product = value * MIX;
    return product ^ product >>> 32;
  }

  /** What the entry takes on the heap: header, padding and all. */
  static long heapBytes(byte[] entry) {
    return arrayBytes(entry.length);
  }

  static long arrayBytes(int length) {
    return (16L + length + 7) & ~7L;
  }
}
