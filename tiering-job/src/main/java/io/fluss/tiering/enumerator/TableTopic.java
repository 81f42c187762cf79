package io.fluss.tiering.enumerator;

import io.fluss.partition.PartitionName;
import javax.annotation.Nullable;

/**
 * A topic of a table: its own, or that of a partition.
 *
 * @param partition null where the table is not partitioned
 * @param id Kafka's
 */
record TableTopic(@Nullable PartitionName partition, String name, String id) {}
