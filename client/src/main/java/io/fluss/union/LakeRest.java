package io.fluss.union;

import io.fluss.lake.LakeSplit;
import java.io.Serializable;
import java.util.List;
import java.util.OptionalInt;

/**
 * What is still to be read of some splits of a lake, one after the other. Immutable.
 *
 * @param splits the first of them may have been read in part
 * @param rowsRead rows of the first split that have been read
 * @param bucketOrAny see {@link #onlyBucket}, -1 where rows of all buckets are wanted
 * @param readHash of the read that these splits were planned for, see {@link UnionPlan#readHash}: a
 *     place in a split means something to the same read alone
 * @param ofFormerTopic whether the rows are those of a partition that was dropped, and whose name
 *     another one has now, see {@link UnionedBucket}
 */
public record LakeRest(
    List<LakeSplit> splits, long rowsRead, int bucketOrAny, long readHash, boolean ofFormerTopic)
    implements Serializable {

  public LakeRest {
    splits = List.copyOf(splits);
    if (rowsRead < 0 || splits.isEmpty() && rowsRead > 0) {
      throw new IllegalArgumentException(
          rowsRead + " rows cannot have been read of the first of " + splits.size() + " splits.");
    }
  }

  /** All rows of these splits, from their beginning. */
  public static LakeRest all(List<LakeSplit> splits, long readHash) {
    return new LakeRest(splits, 0, -1, readHash, false);
  }

  /** The rows of one bucket. */
  public LakeRest ofBucket(int bucket) {
    return new LakeRest(splits, rowsRead, bucket, readHash, ofFormerTopic);
  }

  /** The same, see {@link #ofFormerTopic}. */
  public LakeRest ofFormerTopic(boolean isOfFormerTopic) {
    return new LakeRest(splits, rowsRead, bucketOrAny, readHash, isOfFormerTopic);
  }

  /** The bucket whose rows alone are wanted, of splits that have rows of others as well. */
  public OptionalInt onlyBucket() {
    return bucketOrAny < 0 ? OptionalInt.empty() : OptionalInt.of(bucketOrAny);
  }

  /** What is left behind a place. */
  public LakeRest behind(LakePosition position) {
    return new LakeRest(
        splits.subList(position.splitsRead(), splits.size()),
        position.rowsRead(),
        bucketOrAny,
        readHash,
        ofFormerTopic);
  }

  /** Bytes of what the lake says of the splits. */
  public long descriptionBytes() {
    return splits.stream().mapToLong(s -> s.description().length).sum();
  }

  /** Bytes of its files, about. */
  public long bytes() {
    return splits.stream().mapToLong(LakeSplit::bytes).sum();
  }
}
