package io.fluss.lake.iceberg;

import java.util.Arrays;

/** A set of keys as bytes, compact and to be filled again. One thread. */
final class KeySet {

  private static final int LENGTH_BYTES = Integer.BYTES;
  private static final int FIRST_SLOTS = 1024;

  private byte[] bytes = new byte[FIRST_SLOTS * 16];
  private int used;

  /** Where in the bytes a key begins, plus one; 0 is a free slot. */
  private int[] slots = new int[FIRST_SLOTS];

  private int size;

  int size() {
    return size;
  }

  /** Bytes of the keys and what they need beside them. */
  long heapBytes() {
    return used + 4L * slots.length;
  }

  void add(byte[] key) {
    int slot = slot(key, key.length);
    if (slots[slot] != 0) {
      return;
    }
    int needed = used + LENGTH_BYTES + key.length;
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(needed, bytes.length + (bytes.length >> 1)));
    }
    slots[slot] = used + 1;
    writeLength(used, key.length);
    System.arraycopy(key, 0, bytes, used + LENGTH_BYTES, key.length);
    used = needed;
    if (++size * 2 > slots.length) {
      grow();
    }
  }

  /**
   * Whether it has a key.
   *
   * @param key begins with it, and may have other bytes behind
   * @param length of the key
   */
  boolean contains(byte[] key, int length) {
    return slots[slot(key, length)] != 0;
  }

  /** The slot that has the key, or the free one where it would be. */
  private int slot(byte[] key, int length) {
    int mask = slots.length - 1;
    int slot = hash(key, 0, length) & mask;
    while (slots[slot] != 0 && !isAt(slots[slot] - 1, key, length)) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private boolean isAt(int at, byte[] key, int length) {
    int from = at + LENGTH_BYTES;
    return length(at) == length && Arrays.equals(bytes, from, from + length, key, 0, length);
  }

  private void grow() {
    int[] grown = new int[slots.length * 2];
    int mask = grown.length - 1;
    for (int at = 0; at < used; at += LENGTH_BYTES + length(at)) {
      int slot = hash(bytes, at + LENGTH_BYTES, length(at)) & mask;
      while (grown[slot] != 0) {
        slot = slot + 1 & mask;
      }
      grown[slot] = at + 1;
    }
    slots = grown;
  }

  private static int hash(byte[] key, int from, int length) {
    int hash = 0;
    for (int i = from; i < from + length; i++) {
      hash = 31 * hash + key[i];
    }
    hash *= 0x9E3779B9;
    return hash ^ hash >>> 16;
  }

  private void writeLength(int at, int length) {
    bytes[at] = (byte) (length >>> 24);
    bytes[at + 1] = (byte) (length >>> 16);
    bytes[at + 2] = (byte) (length >>> 8);
    bytes[at + 3] = (byte) length;
  }

  private int length(int at) {
    return bytes[at] << 24
        | (bytes[at + 1] & 0xFF) << 16
        | (bytes[at + 2] & 0xFF) << 8
        | bytes[at + 3] & 0xFF;
  }

  /** Forgets all keys and keeps the memory. */
  void clear() {
    used = 0;
    size = 0;
    Arrays.fill(slots, 0);
  }
}
