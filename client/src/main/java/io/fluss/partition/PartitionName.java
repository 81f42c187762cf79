package io.fluss.partition;

import java.io.Serializable;
import java.util.List;
import org.apache.flink.annotation.PublicEvolving;

/**
 * What tells a partition from the others of its table: the value of each partition key, as text.
 *
 * <p>Two partitions are the same if and only if their names are equal: {@link PartitionKeys} gives
 * each value one text only.
 *
 * @param values in the order of the table's partition keys, at least one
 */
@PublicEvolving
public record PartitionName(List<String> values) implements Serializable {

  public PartitionName {
    values = List.copyOf(values);
    if (values.isEmpty()) {
      throw new IllegalArgumentException("A partition has at least one value.");
    }
  }

  /** A partition of these values. */
  public static PartitionName of(String... values) {
    return new PartitionName(List.of(values));
  }
}
