package io.fluss.merge;

import java.util.Arrays;

/**
 * Keys, to be asked whether they are among them, within a bound of memory. While they fit, the
 * answer is exact; then they are let go for a Bloom filter, which takes some keys for known that
 * are not, the more of them the more keys there are.
 *
 * <p>A hash table with open addressing over one array that holds all keys; neither adding nor
 * asking makes an object. One thread.
 */
public final class KeySet {

  private static final int INITIAL_SLOTS = 1024;
  private static final int INITIAL_BYTES = 16 * 1024;
  private static final int LENGTH_BYTES = Integer.BYTES;

  /** Bits that are set for a key in the filter. */
  private static final int PROBES = 4;

  private static final int MAX_WORDS = 1 << 26;

  private final long memoryBytes;

  /** Place of a key in {@link #keys}, plus 1; 0 where a slot is free. */
  private int[] slots = new int[INITIAL_SLOTS];

  /** By slot: the lower half of the key's hash. */
  private int[] hashes = new int[INITIAL_SLOTS];

  /** Each key with its length before it. */
  private byte[] keys = new byte[INITIAL_BYTES];

  private int used;
  private int size;

  /** Empty while the keys are kept. */
  private long[] filter = new long[0];

  /**
   * @param memoryBytes the bound, give or take the growth of an array; at least some kilobytes are
   *     used
   */
  public KeySet(long memoryBytes) {
    this.memoryBytes = memoryBytes;
  }

  /** Whether no key was added. */
  public boolean isEmpty() {
    return size == 0;
  }

  /** Whether {@link #mayContain} is right about every key. */
  public boolean isExact() {
    return filter.length == 0;
  }

  /**
   * Adds a key, which may be there already.
   *
   * @param bytes hold it from {@code from} to their end
   */
  public void add(byte[] bytes, int from) {
    long hash = KeyHash.of(bytes, from, bytes.length);
    if (!isExact()) {
      mark(hash);
      return;
    }
    int slot = find((int) hash, bytes, from, bytes.length);
    if (slots[slot] != 0) {
      return;
    }
    int length = bytes.length - from;
    if (!makeRoom(length)) {
      mark(hash);
      return;
    }
    slot = find((int) hash, bytes, from, bytes.length);
    slots[slot] = used + 1;
    hashes[slot] = (int) hash;
    putLength(used, length);
    System.arraycopy(bytes, from, keys, used + LENGTH_BYTES, length);
    used += LENGTH_BYTES + length;
    size++;
  }

  /** False only where the key was not added. */
  public boolean mayContain(byte[] bytes, int from, int to) {
    if (size == 0) {
      return false;
    }
    long hash = KeyHash.of(bytes, from, to);
    return isExact() ? slots[find((int) hash, bytes, from, to)] != 0 : isMarked(hash);
  }

  // ---------------------------------------------------------------------------------- the table

  private int find(int hash, byte[] bytes, int from, int to) {
    int mask = slots.length - 1;
    int slot = hash & mask;
    while (slots[slot] != 0 && !(hashes[slot] == hash && isAt(slots[slot] - 1, bytes, from, to))) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private boolean isAt(int place, byte[] bytes, int from, int to) {
    int start = place + LENGTH_BYTES;
    return length(place) == to - from
        && Arrays.equals(keys, start, start + to - from, bytes, from, to);
  }

  private void putLength(int place, int length) {
    keys[place] = (byte) (length >>> 24);
    keys[place + 1] = (byte) (length >>> 16);
    keys[place + 2] = (byte) (length >>> 8);
    keys[place + 3] = (byte) length;
  }

  private int length(int place) {
    return keys[place] << 24
        | (keys[place + 1] & 0xff) << 16
        | (keys[place + 2] & 0xff) << 8
        | keys[place + 3] & 0xff;
  }

  /** False where there is no memory for one more key: then the keys were let go. */
  private boolean makeRoom(int length) {
    long needed = (long) used + LENGTH_BYTES + length;
    long bytes = keys.length;
    while (bytes < needed) {
      bytes *= 2;
    }
    // One slot in three stays free, so that searches end soon.
    boolean full = size + 1 > slots.length - slots.length / 3;
    long newSlots = full ? 2L * slots.length : slots.length;
    if (bytes > keys.length || full) {
      long total = bytes + newSlots * 2 * Integer.BYTES;
      if (total > memoryBytes || bytes > Integer.MAX_VALUE - 8) {
        letGo();
        return false;
      }
      if (bytes > keys.length) {
        keys = Arrays.copyOf(keys, (int) bytes);
      }
      if (full) {
        rehash((int) newSlots);
      }
    }
    return true;
  }

  private void rehash(int newSlots) {
    int[] oldSlots = slots;
    int[] oldHashes = hashes;
    slots = new int[newSlots];
    hashes = new int[newSlots];
    int mask = newSlots - 1;
    for (int i = 0; i < oldSlots.length; i++) {
      if (oldSlots[i] != 0) {
        int slot = oldHashes[i] & mask;
        while (slots[slot] != 0) {
          slot = slot + 1 & mask;
        }
        slots[slot] = oldSlots[i];
        hashes[slot] = oldHashes[i];
      }
    }
  }

  // --------------------------------------------------------------------------------- the filter

  private void letGo() {
    long words = Long.highestOneBit(Math.max(1024, memoryBytes / 2) / Long.BYTES);
    filter = new long[(int) Math.min(words, MAX_WORDS)];
    for (int place = 0; place < used; place += LENGTH_BYTES + length(place)) {
      int start = place + LENGTH_BYTES;
      mark(KeyHash.of(keys, start, start + length(place)));
    }
    slots = new int[0];
    hashes = new int[0];
    keys = new byte[0];
  }

  /** All bits of a key are in one word: one place in memory is looked at. */
  private void mark(long hash) {
    filter[word(hash)] |= bits(hash);
  }

  private boolean isMarked(long hash) {
    long bits = bits(hash);
    return (filter[word(hash)] & bits) == bits;
  }

  private int word(long hash) {
    return (int) (hash >>> 32) & filter.length - 1;
  }

  private static long bits(long hash) {
    long bits = 0;
    for (int i = 0; i < PROBES; i++) {
      bits |= 1L << (hash >>> 6 * i);
    }
    return bits;
  }
}
