package io.fluss.write;

import io.fluss.FlussException;
import io.fluss.partition.Partition;
import io.fluss.partition.PartitionName;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** Where a writer gets its partitions from. Thread-safe; calls wait for brokers. */
public interface PartitionSource {

  /**
   * Partitions that rows are to be written to; a source may create those that are missing.
   *
   * @return they all, by name
   * @throws FlussException where one is not there and is not created
   */
  Map<PartitionName, Partition> require(Collection<PartitionName> names);

  /** A partition, where it is there. */
  Optional<Partition> find(PartitionName name);
}
