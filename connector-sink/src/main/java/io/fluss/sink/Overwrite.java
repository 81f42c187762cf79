package io.fluss.sink;

import io.fluss.upsert.RowScope;
import io.fluss.upsert.TableTruncation;
import io.fluss.upsert.UpsertWriter;
import io.fluss.write.LogTruncation;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.table.api.ValidationException;

/**
 * INSERT OVERWRITE: what was in the log when the statement was planned goes, then the new rows
 * come.
 *
 * <p>Rows of a primary-key table are deleted one by one: the task that writes a bucket does that
 * before its first write, so deletes of old rows are before new rows in the log; a task that starts
 * again does both again. The log of a log table is cut off by the first task: the new rows are
 * behind the cut.
 */
final class Overwrite {

  private Overwrite() {}

  /**
   * Settings of a job that overwrites.
   *
   * @throws ValidationException where the statement cannot be one
   */
  static TableSinkConfig plan(TableSinkConfig config, boolean bounded) {
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
    return config.withOverwrite(TableTruncation.ends(config.table(), config.client()));
  }

  /** Cuts the log of a log table off, where this task is to do it. */
  static void cutOff(TableSinkConfig config, TaskInfo task) {
    if (config.overwrites()
        && !config.table().hasPrimaryKey()
        && task.getIndexOfThisSubtask() == 0) {
      LogTruncation.deleteBefore(config.table(), config.client(), config.overwriteBefore());
    }
  }

  /** Deletes the rows of the buckets of a primary-key table that this task writes. */
  static void deleteRows(TableSinkConfig config, TaskInfo task, UpsertWriter writer)
      throws InterruptedException {
    if (config.overwrites()) {
      Map<Integer, Long> ofTask = new HashMap<>(config.overwriteBefore());
      ofTask
          .keySet()
          .removeIf(
              bucket ->
                  BucketPartitioner.task(bucket, task.getNumberOfParallelSubtasks())
                      != task.getIndexOfThisSubtask());
      writer.deleteRowsBefore(ofTask);
    }
  }
}
