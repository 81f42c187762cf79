package io.fluss.union;

import io.fluss.lake.TopicOffsets;
import io.fluss.options.MergeEngine;
import io.fluss.read.LogTopics;
import io.fluss.table.TableInfo;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.annotation.Nullable;
import org.apache.kafka.common.TopicPartition;

/**
 * Where the log of each bucket goes on behind a snapshot of the lake. Immutable.
 *
 * <p>A topic of which the snapshot has nothing is read from its beginning: it is new, or it is that
 * of a partition which was dropped and created again. What the lake has under the name of such a
 * partition is another matter, see {@link UnionedBucket}.
 *
 * <p>Once the new topic is in the lake as well, nothing tells rows that a former one has left there
 * from its own. Where the last full record of a key is its row, that does not matter. Else a key's
 * row in the lake is the base of what the log says next only if it is of the same topic; so such a
 * topic is read from its beginning as if the lake had nothing of it, where it has news at all.
 */
public record LogBehindLake(TableInfo table, PinnedLake lake) {

  /** Of the time for which deletes are kept: what is left is for the reading. */
  private static final int USABLE_PART = 2;

  /**
   * Whether the snapshot knows this bucket, be it without a record so far: all that its log had
   * when it was first looked at for the lake is there, or has to be in the log still.
   */
  public boolean has(@Nullable String topicId, int bucket) {
    return topicId != null
        && lake.snapshot()
            .offsets()
            .topic(topicId)
            .filter(t -> bucket < t.next().size())
            .isPresent();
  }

  /**
   * Whether what the lake has of the bucket is what its log goes on from; otherwise its rows may be
   * those of a former topic, and the log is read from its beginning.
   */
  public boolean isBase(@Nullable String topicId, int bucket) {
    return has(topicId, bucket)
        && (isLastRow()
            || lake.snapshot()
                .offsets()
                .topic(topicId)
                .filter(TopicOffsets::hasFormerRows)
                .isEmpty());
  }

  private boolean isLastRow() {
    return table.mergeEngine() == MergeEngine.LAST_ROW && table.columnSets().isEmpty();
  }

  /** The first offset of the bucket that the snapshot does not have, 0 where it has none. */
  public long next(@Nullable String topicId, int bucket) {
    return topicId == null ? 0 : lake.snapshot().offsets().next(topicId, bucket);
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
      throw LakeGapException.expired(table, lake.snapshot(), bucket, next, logStart);
    }
    if (stop != null && next > stop) {
      throw LakeGapException.lost(table, lake.snapshot(), bucket, next, stop);
    }
    boolean hasNews = stop == null || next < stop;
    return hasNews && !isBase(topicId, bucket.partition()) ? logStart : next;
  }

  /**
   * Since when Kafka's cleaner may have met, for the first time, deletes that lie behind the
   * snapshot, epoch milliseconds: what a {@link io.fluss.merge.TombstoneHorizon} calls the safe
   * time. What lies behind was appended after the lake was complete; or the rows that it deletes
   * were read, by a round of tiering, after this had begun.
   */
  public long safeTimeMillis() {
    return lake.completeAtMillis();
  }

  /**
   * Whether deletes behind the snapshot may be gone from the log, or may go soon: then rows of the
   * lake would come to life again, and the log alone, which is complete, has to be read.
   *
   * @param deletesKept for how long the topic keeps deletes
   */
  public boolean isTooOld(Duration deletesKept, long nowMillis) {
    return nowMillis - safeTimeMillis() > deletesKept.toMillis() / USABLE_PART;
  }

  /**
   * The topics in which deletes that lie behind the lake may be gone, or may go while they are
   * read: they are read from their logs alone. Where nothing lies behind, there are none.
   *
   * @param topicIds Kafka's id of the topic of each bucket that is read
   * @param stop the first offset of each that is not read; empty where the read never ends
   */
  public Set<String> tooOldTopics(
      Map<TopicPartition, String> topicIds,
      LogTopics log,
      Map<TopicPartition, Long> stop,
      long nowMillis) {
    if (!table.hasPrimaryKey() || table.mergeEngine() != MergeEngine.LAST_ROW) {
      return Set.of();
    }
    List<TopicPartition> inLake =
        topicIds.keySet().stream().filter(b -> has(topicIds.get(b), b.partition())).toList();
    if (inLake.isEmpty()) {
      return Set.of();
    }
    Map<String, LogTopics.Compaction> compaction =
        log.compaction(inLake.stream().map(TopicPartition::topic).collect(Collectors.toSet()));
    List<TopicPartition> suspicious =
        inLake.stream()
            .filter(b -> isTooOld(compaction.get(b.topic()).tombstoneRetention(), nowMillis))
            .toList();
    Map<TopicPartition, Long> ends = stop.isEmpty() ? log.logEnd(suspicious) : stop;
    return suspicious.stream()
        .filter(b -> next(topicIds.get(b), b.partition()) < ends.get(b))
        .map(TopicPartition::topic)
        .collect(Collectors.toSet());
  }
}
