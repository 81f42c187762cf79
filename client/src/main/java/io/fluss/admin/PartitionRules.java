package io.fluss.admin;

import io.fluss.options.TableOptions;
import io.fluss.partition.AutoPartitioning;
import io.fluss.partition.PartitionKeys;
import io.fluss.table.Column;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.flink.table.types.logical.LogicalType;

/** What a table may be partitioned by. */
final class PartitionRules {

  /** Options that say something of partitions; {@code MAX_PARTITIONS} does no harm elsewhere. */
  private static final String PREFIX = "table.auto-partition.";

  private final TableDescriptor descriptor;
  private final Map<String, LogicalType> stored;
  private final List<String> problems;

  private PartitionRules(TableDescriptor descriptor, List<String> problems) {
    this.descriptor = descriptor;
    this.problems = problems;
    this.stored =
        descriptor.physicalColumns().stream()
            .collect(Collectors.toMap(Column.Physical::name, Column.Physical::type, (a, b) -> a));
  }

  /**
   * Adds to the problems all that is wrong with the partitions of a table.
   *
   * @param readable the options that can be read
   */
  static void check(
      TableDescriptor descriptor, Map<String, String> readable, List<String> problems) {
    PartitionRules rules = new PartitionRules(descriptor, problems);
    rules.checkKeys();
    rules.checkPrimaryKey();
    rules.checkBucketKey();
    rules.checkOptions(readable);
  }

  private void checkKeys() {
    Set<String> seen = new HashSet<>();
    for (String key : descriptor.partitionKeys()) {
      if (!seen.add(key)) {
        problems.add("PARTITIONED BY names column '" + key + "' more than once.");
      } else if (!stored.containsKey(key)) {
        problems.add(
            "PARTITIONED BY names column '"
                + key
                + "', which is not a stored column of the table. Stored columns: "
                + String.join(
                    ", ", descriptor.physicalColumns().stream().map(Column::name).toList())
                + ".");
      } else if (!PartitionKeys.isPossible(stored.get(key))) {
        problems.add(
            "PARTITIONED BY names column '"
                + key
                + "' of type "
                + stored.get(key).asSummaryString()
                + "; only columns that are not nested can be partition keys.");
      }
    }
  }

  private void checkPrimaryKey() {
    List<String> primaryKey = descriptor.primaryKey();
    if (primaryKey.isEmpty() || descriptor.partitionKeys().isEmpty()) {
      return;
    }
    descriptor.partitionKeys().stream()
        .distinct()
        .filter(stored::containsKey)
        .filter(Predicate.not(primaryKey::contains))
        .forEach(
            key ->
                problems.add(
                    "Partition key '"
                        + key
                        + "' is not of the primary key ("
                        + String.join(", ", primaryKey)
                        + "). All records of a row have to be in one partition, so the primary key"
                        + " has to hold the partition keys."));
    if (Set.copyOf(descriptor.partitionKeys()).containsAll(primaryKey)) {
      problems.add(
          "The primary key ("
              + String.join(", ", primaryKey)
              + ") has the partition keys only, so each partition would hold one row. Add a column"
              + " to the primary key, or leave PARTITIONED BY out.");
    }
  }

  private void checkBucketKey() {
    descriptor.bucketKey().stream()
        .distinct()
        .filter(descriptor.partitionKeys()::contains)
        .forEach(
            key ->
                problems.add(
                    "Option '"
                        + TableOptions.BUCKET_KEY.key()
                        + "' names column '"
                        + key
                        + "', which is a partition key: it is the same in all rows of a partition."
                        + " Leave it out of the bucket key."));
  }

  private void checkOptions(Map<String, String> readable) {
    if (descriptor.partitionKeys().isEmpty()) {
      readable.keySet().stream()
          .filter(key -> key.startsWith(PREFIX))
          .filter(key -> !key.equals(TableOptions.AUTO_PARTITION_ENABLED.key()))
          .sorted()
          .forEach(
              key ->
                  problems.add(
                      "Option '"
                          + key
                          + "' is for tables that are PARTITIONED BY columns. Leave it out."));
    }
    problems.addAll(AutoPartitioning.problems(readable, descriptor.partitionKeys(), stored));
  }
}
