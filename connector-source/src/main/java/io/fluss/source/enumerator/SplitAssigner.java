package io.fluss.source.enumerator;

import io.fluss.source.split.TableBucket;

/**
 * Which reader reads a bucket: the same one for the same parallelism, and as evenly as can be. The
 * buckets of a topic go round the readers, beginning at a place that depends on the topic, so that
 * many small partitions do not all land on the first reader.
 */
final class SplitAssigner {

  private SplitAssigner() {}

  static int readerOf(TableBucket bucket, int parallelism) {
    int first = Math.floorMod(bucket.topic().hashCode() * 31, parallelism);
    return (first + bucket.index()) % parallelism;
  }
}
