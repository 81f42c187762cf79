package io.fluss.read;

import io.fluss.partition.PartitionKeys;
import io.fluss.partition.PartitionName;
import io.fluss.predicate.Predicate;
import io.fluss.table.TableInfo;
import java.util.Optional;
import javax.annotation.Nullable;

/**
 * Which partitions of a table can hold rows of use, by what a filter says of the partition keys
 * alone: no row of the others matches it. Immutable, thread-safe.
 */
public final class WantedPartitions {

  private final PartitionKeys keys;

  /** Over the partition values, null where all partitions are wanted. */
  @Nullable private final Predicate condition;

  private WantedPartitions(PartitionKeys keys, @Nullable Predicate condition) {
    this.keys = keys;
    this.condition = condition;
  }

  /**
   * Those of a partitioned table that are of use for a filter.
   *
   * @param filter over the table's row type; empty: all are
   */
  public static WantedPartitions of(TableInfo table, Optional<Predicate> filter) {
    return new WantedPartitions(
        PartitionKeys.of(table),
        filter.flatMap(f -> f.restrictedTo(PartitionKeys.positions(table))).orElse(null));
  }

  public boolean contains(PartitionName partition) {
    return condition == null || condition.test(keys.values(partition));
  }
}
