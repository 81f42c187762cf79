package io.fluss.merge;

import io.fluss.format.key.ColumnSets;
import java.util.Arrays;
import javax.annotation.Nullable;

/**
 * A hash table from keys, without their column-set byte, to states; keys without one take no place.
 * Open addressing with linear probing; a removed entry leaves no gap behind. One thread.
 */
final class FoldTable {

  private static final int INITIAL_CAPACITY = 4;
  private static final int MAX_CAPACITY = 1 << 30;

  /** Null where a slot is free. */
  private byte[][] keys = new byte[INITIAL_CAPACITY][];

  private byte[][] states = new byte[INITIAL_CAPACITY][];
  private int[] hashes = new int[INITIAL_CAPACITY];
  private int size;
  private long entryBytes;

  /** How many keys have a state. */
  int size() {
    return size;
  }

  /** Bytes of the heap that this table takes. */
  long bytes() {
    return entryBytes + slotBytes(keys.length);
  }

  private static long slotBytes(int capacity) {
    return 2 * HeapBytes.ofReferences(capacity) + HeapBytes.ofInts(capacity);
  }

  /**
   * Folds a record into the state of its key.
   *
   * @param hash of the key's columns
   * @param key of the Kafka record
   */
  void merge(MergeFunction function, int hash, byte[] key, @Nullable byte[] value) {
    int slot = find(hash, key);
    byte[] before = states[slot];
    byte[] after = function.merge(before, ColumnSets.of(key), value);
    if (after == before) {
      return;
    }
    if (after == null) {
      remove(slot);
    } else if (before == null) {
      insert(slot, hash, columns(key), after);
    } else {
      states[slot] = after;
      entryBytes += HeapBytes.of(after) - HeapBytes.of(before);
    }
  }

  /** Begins with what an earlier fold made of a key's records, of which none was added here yet. */
  void begin(int hash, byte[] key, byte[] state) {
    insert(find(hash, key), hash, columns(key), state);
  }

  private static byte[] columns(byte[] key) {
    return Arrays.copyOfRange(key, ColumnSets.BYTES, key.length);
  }

  /** The slot of this key, or the free one where it belongs. */
  private int find(int hash, byte[] key) {
    int mask = keys.length - 1;
    int slot = hash & mask;
    while (keys[slot] != null && !(hashes[slot] == hash && holds(slot, key))) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private boolean holds(int slot, byte[] key) {
    byte[] columns = keys[slot];
    return Arrays.equals(columns, 0, columns.length, key, ColumnSets.BYTES, key.length);
  }

  private void insert(int slot, int hash, byte[] columns, byte[] state) {
    put(slot, hash, columns, state);
    size++;
    entryBytes += HeapBytes.of(columns) + HeapBytes.of(state);
    // One slot in three stays free, so that searches end soon.
    if (size > keys.length - keys.length / 3) {
      grow();
    }
  }

  private void put(int slot, int hash, @Nullable byte[] columns, @Nullable byte[] state) {
    keys[slot] = columns;
    states[slot] = state;
    hashes[slot] = hash;
  }

  private void grow() {
    if (keys.length == MAX_CAPACITY) {
      throw new IllegalStateException(
          "A fold holds " + size + " keys in one table and cannot take more. Use less memory.");
    }
    byte[][] oldKeys = keys;
    byte[][] oldStates = states;
    int[] oldHashes = hashes;
    int capacity = 2 * oldKeys.length;
    keys = new byte[capacity][];
    states = new byte[capacity][];
    hashes = new int[capacity];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != null) {
        put(free(oldHashes[i]), oldHashes[i], oldKeys[i], oldStates[i]);
      }
    }
  }

  private int free(int hash) {
    int mask = keys.length - 1;
    int slot = hash & mask;
    while (keys[slot] != null) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  /** Frees a slot, and moves up what lies behind it only because it was taken. */
  private void remove(int removed) {
    entryBytes -= HeapBytes.of(keys[removed]) + HeapBytes.of(states[removed]);
    size--;
    int mask = keys.length - 1;
    int gap = removed;
    for (int slot = gap + 1 & mask; keys[slot] != null; slot = slot + 1 & mask) {
      int wanted = hashes[slot] & mask;
      boolean reachableWithoutGap = (slot - wanted & mask) < (slot - gap & mask);
      if (!reachableWithoutGap) {
        put(gap, hashes[slot], keys[slot], states[slot]);
        gap = slot;
      }
    }
    put(gap, 0, null, null);
  }

  // ------------------------------------------------------------------------------------- reading

  /** The first slot at or behind this one that holds an entry; {@link #end()} where none does. */
  int nextEntry(int from) {
    int slot = from;
    while (slot < keys.length && keys[slot] == null) {
      slot++;
    }
    return slot;
  }

  int end() {
    return keys.length;
  }

  byte[] key(int slot) {
    return keys[slot];
  }

  byte[] state(int slot) {
    return states[slot];
  }
}
