package io.fluss.merge;

/**
 * What arrays take of the heap, headers and padding included. References count 8 bytes, which is
 * right for heaps from 32 GB on and too much for smaller ones: never too little.
 */
final class HeapBytes {

  private static final int ARRAY_HEADER = 16;
  private static final int ALIGNMENT = 8;
  private static final int REFERENCE = 8;

  private HeapBytes() {}

  static long of(byte[] bytes) {
    return ofBytes(bytes.length);
  }

  static long ofBytes(int length) {
    return aligned(ARRAY_HEADER + (long) length);
  }

  static long ofInts(int length) {
    return aligned(ARRAY_HEADER + (long) length * Integer.BYTES);
  }

  static long ofReferences(int length) {
    return aligned(ARRAY_HEADER + (long) length * REFERENCE);
  }

  private static long aligned(long bytes) {
    return (bytes + ALIGNMENT - 1) & -ALIGNMENT;
  }
}
