package io.fluss.tiering.reader;

import io.fluss.lake.LakeStorage;
import io.fluss.tiering.split.RangeDone;
import io.fluss.tiering.split.RangeSplit;
import java.nio.file.Path;

/** Writes one range into files of the lake; what it leaves behind where it fails is nothing. */
interface RangeTask {

  RangeDone run();

  /**
   * What writes the ranges of this split's table.
   *
   * @param memoryBytes for keys and rows of a primary-key table
   * @param directory exists, for what does not fit into memory
   */
  static RangeTask of(
      RangeSplit split,
      LakeStorage storage,
      BucketReader reader,
      long memoryBytes,
      Path directory) {
    return split.table().hasPrimaryKey()
        ? new KeyedRangeTask(split, storage, reader, memoryBytes, directory)
        : new LogRangeTask(split, storage, reader);
  }

  /** Where the reading of a split is cut. */
  static BucketReader.Bound bound(RangeSplit split) {
    return new BucketReader.Bound(
        split.maxBytes(), System.nanoTime() + split.maxMillis() * 1_000_000);
  }
}
