package io.fluss.admin;

import io.fluss.partition.Partition;
import java.util.List;

/**
 * What was done to the partitions of a table.
 *
 * @param created by this call; those that others created meanwhile are not among them
 * @param dropped by this call
 */
public record PartitionChanges(List<Partition> created, List<Partition> dropped) {

  static final PartitionChanges NONE = new PartitionChanges(List.of(), List.of());

  public PartitionChanges {
    created = List.copyOf(created);
    dropped = List.copyOf(dropped);
  }
}
