package io.fluss.sink;

import io.fluss.FlussException;
import io.fluss.upsert.LeaseTimes;
import io.fluss.upsert.RowScope;
import io.fluss.upsert.TableTruncation;
import io.fluss.upsert.UpsertWriter;
import org.apache.flink.table.data.RowData;

/** What statements do without a job, in the process that runs them. */
final class AtOnce {

  private AtOnce() {}

  /**
   * Deletes one row.
   *
   * @param key a row of kind DELETE that holds the primary key
   */
  static void delete(TableSinkConfig config, RowData key) {
    run(
        config,
        () -> {
          try (UpsertWriter writer =
              UpsertWriter.connect(
                  config.table(),
                  config.client(),
                  config.writer(),
                  RowScope.key(),
                  LeaseTimes.standard())) {
            writer.write(key);
            writer.flush();
          }
        });
  }

  static void truncate(TableSinkConfig config) {
    run(config, () -> TableTruncation.truncate(config.table(), config.client(), config.writer()));
  }

  /** An action that may be interrupted. */
  private interface Action {
    void run() throws InterruptedException;
  }

  private static void run(TableSinkConfig config, Action action) {
    try {
      action.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FlussException(
          "Interrupted while changing table '" + config.table().path() + "'.", e);
    }
  }
}
