package io.fluss.union;

import io.fluss.lake.LakeSnapshot;
import io.fluss.lake.TopicOffsets;
import io.fluss.table.TableInfo;
import java.time.Duration;
import javax.annotation.Nullable;
import org.apache.kafka.common.TopicPartition;

/**
 * Where the log of each bucket goes on behind a snapshot of the lake. Immutable.
 *
 * <p>A topic of which the snapshot has nothing is read from its beginning: it is new, or it is that
 * of a partition which was dropped and created again.
 */
public record LogBehindLake(TableInfo table, LakeSnapshot snapshot) {

  /** Of the time for which deletes are kept: what is left is for the reading. */
  private static final int USABLE_PART = 2;

  /** Whether the snapshot has records of this bucket. */
  public boolean has(@Nullable String topicId, int bucket) {
    return next(topicId, bucket) > 0;
  }

  /** The first offset of the bucket that the snapshot does not have, 0 where it has none. */
  public long next(@Nullable String topicId, int bucket) {
    return topicId == null ? 0 : snapshot.offsets().next(topicId, bucket);
  }

  /**
   * The first offset to read.
   *
   * @param topicId Kafka's id of the topic
   * @param logStart where the log of the bucket begins
   * @param stop first offset that is not to be read, null where there is none
   * @throws LakeGapException where records are neither in the lake nor in the log any more
   */
  public long start(
      TopicPartition bucket, @Nullable String topicId, long logStart, @Nullable Long stop) {
    if (!has(topicId, bucket.partition())) {
      return logStart;
    }
    long next = next(topicId, bucket.partition());
    if (next < logStart) {
      throw LakeGapException.expired(table, snapshot, bucket, next, logStart);
    }
    if (stop != null && next > stop) {
      throw LakeGapException.lost(table, snapshot, bucket, next, stop);
    }
    return next;
  }

  /**
   * Since when every delete behind the snapshot was first seen by Kafka's cleaner, epoch
   * milliseconds: what a {@link io.fluss.merge.TombstoneHorizon} calls the safe time. A round of
   * tiering takes all buckets up to their ends at one time, so what lies behind came after each
   * record of the round.
   */
  public long safeTimeMillis(String topicId) {
    return snapshot
        .offsets()
        .topic(topicId)
        .map(TopicOffsets::maxTimestampMillis)
        .orElse(Long.MIN_VALUE);
  }

  /**
   * Whether deletes behind the snapshot may be gone from the log, or may go soon: then rows of the
   * lake would come to life again, and the log alone, which is complete, has to be read.
   *
   * @param deletesKept for how long the topic keeps deletes
   */
  public boolean isTooOld(String topicId, Duration deletesKept, long nowMillis) {
    return nowMillis - safeTimeMillis(topicId) > deletesKept.toMillis() / USABLE_PART;
  }
}
