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
 * <p>Where rows have to be deleted one by one, the task that writes a bucket does that before its
 * first write, so deletes of old rows are before new rows in the log; a task that starts again does
 * both again. Where the log is cut off, the first task does that: the new rows are behind the cut.
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

  /** Cuts the log off, where it is to be cut off and by this task. */
  static void cutOff(TableSinkConfig config, TaskInfo task) {
    if (config.overwrites()
        && !TableTruncation.needsDeletes(config.table())
        && task.getIndexOfThisSubtask() == 0) {
      LogTruncation.deleteBefore(config.table(), config.client(), config.overwriteBefore());
    }
  }

  /** Deletes the rows of the buckets that this task writes, where rows are to be deleted. */
  static void deleteRows(TableSinkConfig config, TaskInfo task, UpsertWriter writer)
      throws InterruptedException {
    if (config.overwrites() && TableTruncation.needsDeletes(config.table())) {
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
