package io.fluss.partition;

import io.fluss.FlussException;
import io.fluss.table.TableInfo;
import java.io.Serializable;
import javax.annotation.Nullable;
import org.apache.flink.annotation.PublicEvolving;

/**
 * A bucket of a table, or of one of its partitions. Immutable.
 *
 * @param partition null where the table is not partitioned
 * @param bucket counted from 0
 */
@PublicEvolving
public record TableBucket(@Nullable PartitionName partition, int bucket) implements Serializable {

  private static final long serialVersionUID = 1L;

  public TableBucket {
    if (bucket < 0) {
      throw new IllegalArgumentException("A bucket cannot be negative, got " + bucket + ".");
    }
  }

  /** A bucket of a table without partitions. */
  public static TableBucket of(int bucket) {
    return new TableBucket(null, bucket);
  }

  /** A bucket of a partition. */
  public static TableBucket of(PartitionName partition, int bucket) {
    return new TableBucket(partition, bucket);
  }

  /**
   * Makes sure that the table can have such a bucket.
   *
   * @throws FlussException where it has fewer, or where one of them has a partition and the other
   *     has none
   */
  public void requireOf(TableInfo table) {
    if (table.isPartitioned() != (partition != null)) {
      throw new FlussException(
          "Bucket "
              + bucket
              + " of table '"
              + table.path()
              + "' cannot be named like this: the table "
              + (table.isPartitioned()
                  ? "is partitioned by " + table.partitionKeys() + ". Name the partition as well."
                  : "has no partitions. Leave the partition out."));
    }
    if (bucket >= table.buckets()) {
      throw new FlussException(
          "Table '"
              + table.path()
              + "' has no bucket "
              + bucket
              + ": its buckets are 0 to "
              + (table.buckets() - 1)
              + ".");
    }
    if (partition != null && partition.values().size() != table.partitionKeys().size()) {
      throw new FlussException(
          "Table '"
              + table.path()
              + "' is partitioned by "
              + table.partitionKeys()
              + ", so it has no partition "
              + partition.values()
              + ".");
    }
  }

  @Override
  public String toString() {
    return partition == null ? "" + bucket : String.join("/", partition.values()) + ":" + bucket;
  }
}
