package io.fluss.write;

/**
 * How many bytes, before compression, a bucket's batch should have. Follows the bucket's traffic
 * between a floor and the configured largest size, where it begins: half after a batch that was
 * sealed for another reason while far from full, twice as much after one that filled up.
 */
final class BatchTarget {

  /** Targets do not shrink below this: smaller ones would save no memory worth having. */
  static final long FLOOR_BYTES = 64 * 1024;

  private static final int FAR_FROM_FULL = 4;

  private final boolean dynamic;
  private final long floor;
  private long ceiling;
  private long bytes;

  private BatchTarget(boolean dynamic, long largest) {
    this.dynamic = dynamic;
    this.floor = Math.min(FLOOR_BYTES, largest);
    this.ceiling = largest;
    this.bytes = largest;
  }

  static BatchTarget dynamic(long largestBytes) {
    return new BatchTarget(true, largestBytes);
  }

  static BatchTarget fixed(long bytes) {
    return new BatchTarget(false, bytes);
  }

  long bytes() {
    return bytes;
  }

  /** A batch reached the target before anything else sealed it. */
  void filled() {
    if (dynamic) {
      bytes = Math.min(ceiling, 2 * bytes);
    }
  }

  /** A batch was sealed at {@code batchBytes}, before it reached the target. */
  void sealedEarly(long batchBytes) {
    if (dynamic && batchBytes < bytes / FAR_FROM_FULL) {
      bytes = Math.max(floor, bytes / 2);
    }
  }

  /** A batch of {@code batchBytes} did not fit into one Kafka record: stay below it from now on. */
  void tooLarge(long batchBytes) {
    ceiling = Math.max(1, Math.min(ceiling, batchBytes / 2));
    bytes = Math.min(bytes, ceiling);
  }
}
