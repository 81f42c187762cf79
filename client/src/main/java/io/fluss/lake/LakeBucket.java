package io.fluss.lake;

import io.fluss.partition.PartitionName;
import javax.annotation.Nullable;

/**
 * A bucket of a table or of one of its partitions.
 *
 * @param partition null where the table is not partitioned
 */
public record LakeBucket(@Nullable PartitionName partition, int bucket) {}
