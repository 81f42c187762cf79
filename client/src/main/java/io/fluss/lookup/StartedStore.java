package io.fluss.lookup;

import io.fluss.merge.TombstoneHorizon;
import io.fluss.merge.TombstonesGoneException;
import io.fluss.options.MergeEngine;
import io.fluss.table.TableInfo;
import java.util.Optional;
import javax.annotation.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where following a bucket begins: where its local files end, if they are still good for something,
 * else at the start of the log with an empty store.
 */
record StartedStore(LookupStore store, TombstoneHorizon horizon, long offset) {

  private static final Logger LOG = LoggerFactory.getLogger(StartedStore.class);

  /**
   * @param table the table in the topic of the bucket
   * @param logStart and {@code logEnd}: what the log holds now
   * @param nowMillis a wall clock from before the two were asked for
   */
  static StartedStore of(
      TableInfo table, TableStores stores, int bucket, long logStart, long logEnd, long nowMillis) {
    LookupStore found = stores.open(StoredBucket.of(table, bucket));
    Optional<LogProgress> progress = found.progress();
    if (progress.isPresent()) {
      String problem = problem(table, progress.get(), logStart, logEnd, nowMillis);
      if (problem == null) {
        LOG.info(
            "Lookups in bucket {} of table '{}' go on from local files, at offset {} of {}.",
            bucket,
            table.path(),
            progress.get().offset(),
            logEnd);
        return at(table, found, progress.get());
      }
      LOG.info(
          "Local files of bucket {} of table '{}' are deleted and the bucket is read anew: {}.",
          bucket,
          table.path(),
          problem);
      found = stores.replace(found);
    }
    return at(table, found, new LogProgress(logStart, nowMillis));
  }

  private static StartedStore at(TableInfo table, LookupStore store, LogProgress progress) {
    return new StartedStore(
        store, TombstoneHorizon.of(table, progress.safeMillis()), progress.offset());
  }

  private static @Nullable String problem(
      TableInfo table, LogProgress progress, long logStart, long logEnd, long nowMillis) {
    if (progress.offset() < logStart) {
      return "they end at offset " + progress.offset() + ", and the log begins at " + logStart;
    }
    if (progress.offset() > logEnd) {
      return "they end at offset " + progress.offset() + ", and the log ends at " + logEnd;
    }
    if (table.mergeEngine() != MergeEngine.LAST_ROW && logStart > 0) {
      return "the log was cut off up to offset " + logStart + ", maybe after they were written";
    }
    try {
      TombstoneHorizon.of(table, progress.safeMillis()).check(nowMillis);
      return null;
    } catch (TombstonesGoneException e) {
      return e.getMessage();
    }
  }
}
