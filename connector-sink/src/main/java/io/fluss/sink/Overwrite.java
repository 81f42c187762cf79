package io.fluss.sink;

import io.fluss.admin.TableAdmin;
import io.fluss.kafka.ClientConfig;
import io.fluss.partition.Partition;
import io.fluss.partition.PartitionKeys;
import io.fluss.partition.PartitionName;
import io.fluss.table.TableInfo;
import io.fluss.upsert.RowScope;
import io.fluss.upsert.TableTruncation;
import io.fluss.upsert.UpsertWriter;
import io.fluss.write.LogTruncation;
import io.fluss.write.PartitionHash;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.table.api.ValidationException;
import org.apache.kafka.common.TopicPartition;

/**
 * INSERT OVERWRITE: what was in the log when the statement was planned goes, then the new rows
 * come. Of a partitioned table that is so for the partitions that there were then, or those of them
 * that the statement names; the partitions stay.
 *
 * <p>Rows of a primary-key table are deleted one by one: the task that writes a bucket does that
 * before its first write, so deletes of old rows are before new rows in the log; a task that starts
 * again does both again. The log of a log table is cut off by the first task: the new rows are
 * behind the cut. A partition that was dropped since is left alone, as is one that was created
 * again.
 */
final class Overwrite {

  private Overwrite() {}

  /**
   * Settings of a job that overwrites.
   *
   * @param partition text of values of some of the partition keys; empty: all partitions
   * @throws ValidationException where the statement cannot be one
   */
  static TableSinkConfig plan(
      TableSinkConfig config, Map<String, String> partition, boolean bounded) {
    if (!bounded) {
      throw new ValidationException(
          "Cannot overwrite table '"
              + config.table().path()
              + "' in a streaming job: its rows would never all be there. SET"
              + " 'execution.runtime-mode' = 'batch', or use INSERT INTO.");
    }
    if (config.scope() instanceof RowScope.Columns) {
      throw new ValidationException(
          "Cannot overwrite some columns of table '"
              + config.table().path()
              + "': INSERT OVERWRITE removes whole rows. Name all columns, or use INSERT INTO.");
    }
    return config.withOverwrite(oldRows(config, partition));
  }

  private static List<OldRows> oldRows(TableSinkConfig config, Map<String, String> partition) {
    TableInfo table = config.table();
    if (!table.isPartitioned()) {
      return List.of(new OldRows(null, TableTruncation.ends(table, config.client())));
    }
    Predicate<PartitionName> wanted = PartitionKeys.of(table).matching(partition);
    return partitions(table, config.client()).stream()
        .filter(p -> wanted.test(p.name()))
        .map(p -> new OldRows(p, TableTruncation.ends(p.of(table), config.client())))
        .toList();
  }

  private static List<Partition> partitions(TableInfo table, ClientConfig client) {
    try (TableAdmin admin = TableAdmin.connect(client)) {
      return admin.listPartitions(table);
    }
  }

  /** What is left of it where partitions were dropped meanwhile. */
  private static List<OldRows> stillThere(TableSinkConfig config) {
    if (!config.table().isPartitioned()) {
      return config.overwritten();
    }
    Set<Partition> there = Set.copyOf(partitions(config.table(), config.client()));
    return config.overwritten().stream().filter(old -> there.contains(old.partition())).toList();
  }

  /** Cuts the log of a log table off, where this task is to do it. */
  static void cutOff(TableSinkConfig config, TaskInfo task) {
    TableInfo table = config.table();
    if (!config.overwrites() || table.hasPrimaryKey() || task.getIndexOfThisSubtask() != 0) {
      return;
    }
    LogTruncation.deleteBefore(
        table,
        config.client(),
        stillThere(config).stream()
            .flatMap(
                old ->
                    old.before().entrySet().stream()
                        .map(
                            end ->
                                Map.entry(
                                    new TopicPartition(old.of(table).topic(), end.getKey()),
                                    end.getValue())))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  /** Deletes the rows of the buckets of a primary-key table that this task writes. */
  static void deleteRows(TableSinkConfig config, TaskInfo task, UpsertWriter writer)
      throws InterruptedException {
    if (!config.overwrites()) {
      return;
    }
    for (OldRows old : stillThere(config)) {
      Map<Integer, Long> ofTask = new HashMap<>(old.before());
      int hash = hash(config, old);
      ofTask
          .keySet()
          .removeIf(
              bucket ->
                  BucketTask.task(hash, bucket, task.getNumberOfParallelSubtasks())
                      != task.getIndexOfThisSubtask());
      writer.deleteRowsBefore(old.of(config.table()), ofTask);
    }
  }

  private static int hash(TableSinkConfig config, OldRows old) {
    Partition partition = old.partition();
    return partition == null
        ? BucketTask.NO_PARTITION
        : PartitionHash.of(config.table(), config.rowType()).of(partition.name());
  }
}
