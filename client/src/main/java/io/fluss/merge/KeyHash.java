package io.fluss.merge;

import io.fluss.format.bytes.LittleEndian;

/**
 * 64 well mixed bits of the columns of a key: the upper ones part the keys of a bucket again and
 * again, the lower ones place them in a {@link FoldTable}. Never stored beyond the life of a fold.
 */
public final class KeyHash {

  private static final long FIRST = 0x9e3779b97f4a7c15L;
  private static final long SECOND = 0xc2b2ae3d27d4eb4fL;

  private KeyHash() {}

  /** Hash of the bytes from the offset to the end. */
  public static long of(byte[] bytes, int offset) {
    return of(bytes, offset, bytes.length);
  }

  /** Hash of the bytes from one offset to before the other. */
  static long of(byte[] bytes, int offset, int end) {
    long hash = (end - offset) * FIRST;
    int at = offset;
    for (; at + Long.BYTES <= end; at += Long.BYTES) {
      hash = mix(hash, LittleEndian.getLong(bytes, at));
    }
    if (at < end) {
      long tail = 0;
      for (int i = end - 1; i >= at; i--) {
        tail = tail << Byte.SIZE | bytes[i] & 0xff;
      }
      hash = mix(hash, tail);
    }
    return spread(hash);
  }

  private static long mix(long hash, long word) {
    return Long.rotateLeft(hash ^ word * SECOND, 31) * FIRST;
  }

  /** Lets every bit depend on all others: the finalizer of SplitMix64. */
  private static long spread(long hash) {
    long h = (hash ^ hash >>> 30) * 0xbf58476d1ce4e5b9L;
    h = (h ^ h >>> 27) * 0x94d049bb133111ebL;
    return h ^ h >>> 31;
  }
}
