package io.fluss.source.enumerator;

import io.fluss.lake.LakeSplit;
import io.fluss.partition.PartitionKeys;
import io.fluss.read.LogScan;
import io.fluss.source.enumerator.SplitRanges.Ranges;
import io.fluss.source.split.LakeTableSplit;
import io.fluss.source.split.LakeThenLogSplit;
import io.fluss.source.split.LogSplit;
import io.fluss.source.split.TableSplit;
import io.fluss.table.TableInfo;
import io.fluss.union.LakeRest;
import io.fluss.union.LogBehindLake;
import io.fluss.union.UnionPlan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Joins splits of a lake with those of the log.
 *
 * <ul>
 *   <li>What need not be read with the log of its bucket is a split of its own, for any reader.
 *   <li>Where the order of a bucket's rows matters, or its rows have to be folded, what the lake
 *       has of the bucket and its log are one split.
 *   <li>Splits of a lake that does not tell buckets are read with each bucket of their partition of
 *       a primary-key table, which passes over the rows of others. Of a log table they are splits
 *       of their own: their rows come when they come.
 * </ul>
 *
 * <p><b>Partitions that were dropped and created again.</b> Their rows stay in the lake, under the
 * name that the new partition has. A read of log and lake has them: of a primary-key table those
 * whose keys the new partition says nothing of, also once the new partition is in the lake itself.
 * That is so exactly where the lake of a partition is read at all: where a topic has to be read
 * from its log alone, since deletes behind the lake may be gone, a row of the former partition
 * cannot be told from one that was deleted, and no row of the lake is given that the log does not
 * have. {@code t$lake} always has them.
 *
 * <p>For one plan, once.
 */
final class UnionSplits {

  private final LogScan scan;
  private final TableInfo table;
  private final UnionPlan plan;
  private final LogBehindLake behind;
  private final List<TableSplit> joined = new ArrayList<>();

  UnionSplits(LogScan scan, UnionPlan plan) {
    this.scan = scan;
    this.table = scan.table();
    this.plan = plan;
    this.behind = new LogBehindLake(table, plan.lake());
  }

  /** Of the lake only. */
  List<TableSplit> alone() {
    addByThemselves(plan.splits());
    return joined;
  }

  /**
   * All of the log, and of the lake what the log has nothing of.
   *
   * @param gone of topics without splits in the log, those that are really gone
   */
  List<TableSplit> withGone(Ranges log, UnaryOperator<Set<String>> gone) {
    Set<String> inLog =
        log.splits().stream().map(s -> s.bucket().topic()).collect(Collectors.toSet());
    Set<String> goneTopics =
        gone.apply(
            plan.splits().stream()
                .map(this::topicOf)
                .filter(topic -> !inLog.contains(topic))
                .collect(Collectors.toSet()));
    joined.addAll(log.splits());
    addByThemselves(plan.splits().stream().filter(s -> goneTopics.contains(topicOf(s))).toList());
    return joined;
  }

  /**
   * Of both.
   *
   * @param inOrder whether the rows of a bucket in the lake have to come before those in its log
   */
  List<TableSplit> with(Ranges log, boolean inOrder) {
    Map<String, List<LakeSplit>> lakeByTopic = new LinkedHashMap<>();
    for (LakeSplit split : plan.splits()) {
      String topic = topicOf(split);
      if (!log.withoutLake().contains(topic)) {
        lakeByTopic.computeIfAbsent(topic, t -> new ArrayList<>()).add(split);
      }
    }
    Map<String, List<LogSplit>> logByTopic =
        log.splits().stream()
            .collect(
                Collectors.groupingBy(
                    s -> s.bucket().topic(), LinkedHashMap::new, Collectors.toList()));
    Set<String> topics = new HashSet<>(lakeByTopic.keySet());
    topics.addAll(logByTopic.keySet());
    for (String topic : topics.stream().sorted().toList()) {
      List<LakeSplit> lakeOfTopic = lakeByTopic.getOrDefault(topic, List.of());
      List<LogSplit> logOfTopic = logByTopic.getOrDefault(topic, List.of());
      if (table.hasPrimaryKey()) {
        joinKeyed(lakeOfTopic, logOfTopic);
      } else if (inOrder) {
        joinInOrder(lakeOfTopic, logOfTopic);
      } else {
        addByThemselves(lakeOfTopic);
        joined.addAll(logOfTopic);
      }
    }
    return joined;
  }

  private String topicOf(LakeSplit split) {
    return table.isPartitioned() ? PartitionKeys.of(table).topic(split.partition()) : table.topic();
  }

  private void joinInOrder(List<LakeSplit> lake, List<LogSplit> log) {
    Set<LakeSplit> taken = new HashSet<>();
    for (LogSplit bucket : log) {
      List<LakeSplit> own = ofBucket(lake, bucket);
      taken.addAll(own);
      joined.add(own.isEmpty() ? bucket : new LakeThenLogSplit(before(bucket, own), bucket));
    }
    addByThemselves(lake.stream().filter(s -> !taken.contains(s)).toList());
  }

  private void joinKeyed(List<LakeSplit> lake, List<LogSplit> log) {
    List<LakeSplit> ofAnyBucket = lake.stream().filter(s -> s.bucket().isEmpty()).toList();
    if (log.stream().allMatch(this::isFoldOfNothing)) {
      addByThemselves(lake);
      return;
    }
    Set<LakeSplit> taken = new HashSet<>(ofAnyBucket);
    for (LogSplit bucket : log) {
      List<LakeSplit> own = ofBucket(lake, bucket);
      taken.addAll(own);
      if (ofAnyBucket.isEmpty()) {
        joinBucket(own, bucket);
      } else {
        List<LakeSplit> all = new ArrayList<>(own);
        all.addAll(ofAnyBucket);
        joined.add(
            new LakeThenLogSplit(before(bucket, all).ofBucket(bucket.bucket().index()), bucket));
      }
    }
    addByThemselves(lake.stream().filter(s -> !taken.contains(s)).toList());
  }

  private void joinBucket(List<LakeSplit> own, LogSplit bucket) {
    if (own.isEmpty()) {
      joined.add(bucket);
    } else if (isFoldOfNothing(bucket)) {
      addByThemselves(own);
    } else {
      joined.add(new LakeThenLogSplit(before(bucket, own), bucket));
    }
  }

  /** What the lake has of a bucket. */
  private LakeRest before(LogSplit bucket, List<LakeSplit> lake) {
    boolean isBase = behind.isBase(bucket.bucket().topicId(), bucket.bucket().index());
    return LakeRest.all(lake, plan.readHash()).ofFormerTopic(!isBase);
  }

  /** A fold to which the log has nothing to say: the rows of the lake are those of the table. */
  private boolean isFoldOfNothing(LogSplit bucket) {
    return scan.folding() != null && bucket.endsAt(bucket.position().offset());
  }

  private static List<LakeSplit> ofBucket(List<LakeSplit> lake, LogSplit bucket) {
    return lake.stream().filter(s -> s.bucketOrAny() == bucket.bucket().index()).toList();
  }

  private void addByThemselves(List<LakeSplit> splits) {
    int onlyBucket = scan.keys().onlyBucket().orElse(-1);
    for (LakeSplit split : splits) {
      int filter = split.bucket().isPresent() ? -1 : onlyBucket;
      joined.add(
          new LakeTableSplit(
              "lake-" + plan.lake().snapshot().id() + "-" + joined.size(),
              LakeRest.all(List.of(split), plan.readHash()).ofBucket(filter)));
    }
  }
}
