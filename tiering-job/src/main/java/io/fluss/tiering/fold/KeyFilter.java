package io.fluss.tiering.fold;

import io.fluss.format.key.ColumnSets;
import io.fluss.merge.KeyHash;

/**
 * Remembers keys in little memory: says of each key that was added that it was, and of few others.
 * A Bloom filter with two bits for a key. One thread.
 */
public final class KeyFilter {

  private static final int BITS_PER_KEY = 16;
  private static final long LEAST_BITS = 1 << 12;

  /** 16 MB, with which one key in 50 is taken for another where there are 10 million. */
  private static final long MOST_BITS = 1L << 27;

  private final long[] words;
  private final long mask;

  private KeyFilter(long bits) {
    this.words = new long[(int) (bits / Long.SIZE)];
    this.mask = bits - 1;
  }

  /**
   * @param keys that will be added at most, about
   */
  public static KeyFilter of(long keys) {
    long wanted = Math.min(MOST_BITS / BITS_PER_KEY, Math.max(1, keys)) * BITS_PER_KEY;
    long power = Long.highestOneBit(2 * wanted - 1);
    return new KeyFilter(Math.max(LEAST_BITS, Math.min(MOST_BITS, power)));
  }

  /**
   * @param key of a Kafka record; its column set does not matter
   */
  public void add(byte[] key) {
    long hash = KeyHash.of(key, ColumnSets.BYTES);
    set(hash & mask);
    set((hash >>> 32) & mask);
  }

  private void set(long bit) {
    words[(int) (bit >>> 6)] |= 1L << bit;
  }

  /** Whether a key was added, or looks as if it was. */
  public boolean mayContain(byte[] key) {
    long hash = KeyHash.of(key, ColumnSets.BYTES);
    return isSet(hash & mask) && isSet((hash >>> 32) & mask);
  }

  private boolean isSet(long bit) {
    return (words[(int) (bit >>> 6)] & 1L << bit) != 0;
  }
}
