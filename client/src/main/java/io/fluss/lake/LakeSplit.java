package io.fluss.lake;

import io.fluss.partition.PartitionName;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Objects;
import java.util.OptionalInt;
import javax.annotation.Nullable;

/**
 * A part of a read of a snapshot. Two reads of a split give the same rows in the same order.
 *
 * @param partition null where the table is not partitioned
 * @param bucketOrAny see {@link #bucket}, -1 where its rows are of any
 * @param bytes of its files, about
 * @param rows in it, about; -1 where that is not known
 * @param description the format's own, in a versioned form: it is kept in checkpoints
 */
public record LakeSplit(
    @Nullable PartitionName partition, int bucketOrAny, long bytes, long rows, byte[] description)
    implements Serializable {

  public LakeSplit {
    description = description.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LakeSplit that
        && Objects.equals(partition, that.partition)
        && bucketOrAny == that.bucketOrAny
        && bytes == that.bytes
        && rows == that.rows
        && Arrays.equals(description, that.description);
  }

  @Override
  public int hashCode() {
    return 31 * Objects.hash(partition, bucketOrAny) + Arrays.hashCode(description);
  }

  /** The bucket that all its rows are of; empty where the column {@code __bucket} has to tell. */
  public OptionalInt bucket() {
    return bucketOrAny < 0 ? OptionalInt.empty() : OptionalInt.of(bucketOrAny);
  }
}
