package io.fluss.client.scan;

import io.fluss.merge.TombstoneHorizon;
import io.fluss.options.MergeEngine;
import io.fluss.read.LogTopics;
import io.fluss.table.TableInfo;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.apache.kafka.common.TopicPartition;

/**
 * Sees to it that no delete is missed in a compacted log, however seldom it is polled: see {@link
 * TombstoneHorizon}. Of other logs it knows nothing. One thread.
 */
final class ReadHorizons {

  /** How often the brokers are asked whether a bucket has been read to its end. */
  private static final Duration LONGEST_INTERVAL = Duration.ofMinutes(1);

  private static final int ASKED_PER_RETENTION = 4;

  private final TableInfo table;
  private final LogTopics log;
  private final boolean compacted;
  private final Map<TopicPartition, TombstoneHorizon> horizons = new HashMap<>();
  private long intervalMillis = LONGEST_INTERVAL.toMillis();
  private long lastAskedMillis = System.currentTimeMillis();

  ReadHorizons(TableInfo table, LogTopics log) {
    this.table = table;
    this.log = log;
    this.compacted = table.hasPrimaryKey() && table.mergeEngine() == MergeEngine.LAST_ROW;
  }

  /** Nobody has read anything of the bucket before now. */
  void begin(TopicPartition bucket) {
    if (!compacted) {
      return;
    }
    long now = System.currentTimeMillis();
    Duration retention =
        log.compaction(Set.of(bucket.topic())).get(bucket.topic()).tombstoneRetention();
    horizons.put(bucket, TombstoneHorizon.ofCompacted(table.path(), retention, now));
    intervalMillis = Math.min(intervalMillis, retention.toMillis() / ASKED_PER_RETENTION);
  }

  void end(TopicPartition bucket) {
    horizons.remove(bucket);
  }

  /**
   * To be called after each poll, before its records are used.
   *
   * @throws io.fluss.merge.TombstonesGoneException where deletes may be missing
   */
  void check() {
    long now = System.currentTimeMillis();
    horizons.values().forEach(h -> h.check(now));
  }

  void read(TopicPartition bucket, long timestampMillis) {
    TombstoneHorizon horizon = horizons.get(bucket);
    if (horizon != null) {
      horizon.recordRead(timestampMillis);
    }
  }

  /** Asks from time to time where the logs end; to be called where all that was polled is used. */
  void noteCaughtUp(ToLongFunction<TopicPartition> position) {
    long now = System.currentTimeMillis();
    if (horizons.isEmpty() || now - lastAskedMillis < intervalMillis) {
      return;
    }
    Collection<TopicPartition> asked = Set.copyOf(horizons.keySet());
    Map<TopicPartition, Long> ends = log.logEnd(asked);
    lastAskedMillis = now;
    for (TopicPartition bucket : asked) {
      if (position.applyAsLong(bucket) >= ends.get(bucket)) {
        horizons.get(bucket).caughtUp(now);
      }
    }
  }
}
