package io.fluss.client.scan;

import io.fluss.client.shared.ClientContext;
import io.fluss.lake.LakeSplit;
import io.fluss.lake.LakeStorage;
import io.fluss.lake.state.LakeState;
import io.fluss.options.MergeEngine;
import io.fluss.partition.PartitionKeys;
import io.fluss.partition.TableBucket;
import io.fluss.read.LogRecordDecoder;
import io.fluss.read.LogScan;
import io.fluss.read.LogTopics;
import io.fluss.table.TableInfo;
import io.fluss.union.LakeGapException;
import io.fluss.union.LakeRest;
import io.fluss.union.LogBehindLake;
import io.fluss.union.PinnedLake;
import io.fluss.union.UnionPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.stream.Collectors;
import javax.annotation.Nullable;
import org.apache.kafka.common.TopicPartition;

/**
 * What a batch scanner reads: of which buckets which range of the log, and what of the lake before
 * that. Made and used once.
 */
final class BatchPlan {

  private final LogScan scan;
  private final TableInfo table;
  private final ClientContext context;
  private final RowSelection selection;
  @Nullable private final TableBucket only;
  private final ReadTopics topics;
  private final BoundedLog log;
  private final List<ReadBucket> buckets;

  /** Where spilled rows go; of primary-key tables. */
  private final Path directory;

  /**
   * @param only the bucket that is read; null where all are
   */
  BatchPlan(
      LogScan scan,
      ClientContext context,
      RowSelection selection,
      @Nullable TableBucket only,
      ReadTopics topics,
      BoundedLog log,
      Path directory) {
    this.scan = scan;
    this.table = scan.table();
    this.context = context;
    this.selection = selection;
    this.only = only;
    this.topics = topics;
    this.log = log;
    this.directory = directory;
    this.buckets = only == null ? topics.all(scan.filter()) : List.of(topics.find(only));
  }

  /**
   * The ranges of all buckets, as of now.
   *
   * @param decidedAtMillis when, or a moment before
   * @param withoutLake topics that are read from their logs alone
   */
  private record Ranges(List<BucketRange> ranges, long decidedAtMillis, Set<String> withoutLake) {}

  /** Of the log alone. */
  Queue<BatchRead> ofLog() {
    return reads(ranges(null), null, null);
  }

  /**
   * Of lake and log.
   *
   * @param lake stays the caller's
   * @throws LakeGapException where there are records in neither
   * @throws io.fluss.acl.AccessRefusedException where rows of the table may not be read
   */
  Queue<BatchRead> ofBoth(LakeStorage lake) {
    context.tables().requireReadable(table);
    Optional<UnionPlan> pinned = pin(lake);
    while (pinned.isPresent()) {
      UnionPlan plan = pinned.get();
      try {
        return reads(ranges(new LogBehindLake(table, plan.lake())), plan, lake);
      } catch (LakeGapException e) {
        // Records may have been tiered and removed from the log since the snapshot was pinned.
        pinned = pin(lake).filter(p -> p.lake().snapshot().id() != plan.lake().snapshot().id());
        if (pinned.isEmpty()) {
          throw e;
        }
      }
    }
    return ofLog();
  }

  private Optional<UnionPlan> pin(LakeStorage lake) {
    // First what is known of the lake, then the lake: it has no less than that.
    Optional<LakeState> told =
        table.hasPrimaryKey() && table.mergeEngine() == MergeEngine.LAST_ROW
            ? context.tables().lakeState(table)
            : Optional.empty();
    return UnionPlan.of(
        scan,
        lake,
        snapshot -> told.map(s -> s.completeAtMillis(snapshot)).orElse(PinnedLake.UNKNOWN));
  }

  private Ranges ranges(@Nullable LogBehindLake lake) {
    List<TopicPartition> places = buckets.stream().map(ReadBucket::place).toList();
    long now = System.currentTimeMillis();
    Map<TopicPartition, Long> ends = topics.log().logEnd(places);
    Map<TopicPartition, Long> starts = topics.log().logStart(places);
    Set<String> tooOld = Set.of();
    if (lake != null) {
      Map<TopicPartition, String> topicIds = new HashMap<>();
      buckets.forEach(b -> topicIds.put(b.place(), b.topicId()));
      tooOld = lake.tooOldTopics(topicIds, topics.log(), ends, now);
    }
    List<BucketRange> ranges = new ArrayList<>();
    for (ReadBucket bucket : buckets) {
      TopicPartition place = bucket.place();
      long start = starts.get(place);
      if (lake != null && !tooOld.contains(place.topic())) {
        start = lake.start(place, bucket.topicId(), start, ends.get(place));
      }
      ranges.add(new BucketRange(bucket, start, ends.get(place)));
    }
    return new Ranges(ranges, now, tooOld);
  }

  private Queue<BatchRead> reads(
      Ranges ranges, @Nullable UnionPlan plan, @Nullable LakeStorage lake) {
    Queue<BatchRead> reads = new ArrayDeque<>();
    Map<String, List<LakeSplit>> lakeByTopic =
        plan == null ? Map.of() : lakeByTopic(plan, ranges.withoutLake());
    if (table.hasPrimaryKey()) {
      addKeyed(ranges, plan, lake, lakeByTopic, reads);
    } else {
      lakeByTopic
          .values()
          .forEach(splits -> reads.add(new LakeRead(lake, scan, rest(splits, plan), selection)));
      reads.add(
          new LogRead(
              log,
              ranges.ranges(),
              LogRecordDecoder.of(
                  table, scan.schemas(), scan.selection(), scan.filter().orElse(null)),
              selection));
    }
    return reads;
  }

  /** The splits that are read, by the topic that their rows were in. */
  private Map<String, List<LakeSplit>> lakeByTopic(UnionPlan plan, Set<String> withoutLake) {
    return plan.splits().stream()
        .filter(
            s -> only == null || only.partition() == null || only.partition().equals(s.partition()))
        .filter(s -> !withoutLake.contains(topicOf(s)))
        .collect(Collectors.groupingBy(this::topicOf, LinkedHashMap::new, Collectors.toList()));
  }

  private String topicOf(LakeSplit split) {
    return table.isPartitioned() ? PartitionKeys.of(table).topic(split.partition()) : table.topic();
  }

  private LakeRest rest(List<LakeSplit> splits, UnionPlan plan) {
    return LakeRest.all(splits, plan.readHash()).ofBucket(only == null ? -1 : only.bucket());
  }

  private void addKeyed(
      Ranges ranges,
      @Nullable UnionPlan plan,
      @Nullable LakeStorage lake,
      Map<String, List<LakeSplit>> lakeByTopic,
      Queue<BatchRead> reads) {
    Map<String, LogTopics.Compaction> compaction = compaction();
    long memory = scan.folding().memoryBytes(1);
    Set<String> joined = new HashSet<>();
    for (BucketRange range : ranges.ranges()) {
      TopicPartition place = range.bucket().place();
      joined.add(place.topic());
      Runnable check = check(compaction.get(place.topic()), place, ranges.decidedAtMillis());
      List<LakeSplit> splits =
          lakeByTopic.getOrDefault(place.topic(), List.of()).stream()
              .filter(s -> s.bucket().isEmpty() || s.bucket().getAsInt() == place.partition())
              .toList();
      if (splits.isEmpty()) {
        reads.add(new FoldRead(log, range, scan, selection, memory, directory, check));
      } else {
        boolean isOfTopic =
            new LogBehindLake(table, plan.lake()).has(range.bucket().topicId(), place.partition());
        LakeRest rest =
            LakeRest.all(splits, plan.readHash())
                .ofBucket(place.partition())
                .ofFormerTopic(!isOfTopic);
        reads.add(new UnionRead(log, range, lake, scan, rest, selection, memory, directory, check));
      }
    }
    // Partitions that were dropped: their rows stay in the lake.
    lakeByTopic.forEach(
        (topic, splits) -> {
          if (!joined.contains(topic)) {
            reads.add(new LakeRead(lake, scan, rest(splits, plan), selection));
          }
        });
  }

  private Map<String, LogTopics.Compaction> compaction() {
    return table.mergeEngine() == MergeEngine.LAST_ROW
        ? topics
            .log()
            .compaction(buckets.stream().map(b -> b.place().topic()).collect(Collectors.toSet()))
        : Map.of();
  }

  private Runnable check(
      @Nullable LogTopics.Compaction compaction, TopicPartition place, long decidedAtMillis) {
    return () -> {
      if (compaction != null) {
        compaction.requireNothingReplaced(
            table, place, Duration.ofMillis(System.currentTimeMillis() - decidedAtMillis));
      }
    };
  }
}
