package io.fluss.tiering.enumerator;

import io.fluss.lake.LakeOffsets;
import io.fluss.lake.LakeSnapshot;
import io.fluss.lake.LakeStorage;
import io.fluss.lake.TopicOffsets;
import io.fluss.lake.state.LakeState;
import io.fluss.lake.state.LakeTable;
import io.fluss.lake.state.TieringClaim;
import io.fluss.partition.Partition;
import io.fluss.partition.PartitionKeys;
import io.fluss.read.LogGoneException;
import io.fluss.table.TableInfo;
import io.fluss.tiering.config.TieringConfig;
import io.fluss.tiering.split.RangeDone;
import io.fluss.tiering.split.RangeSplit;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims a table and says what a round of it moves: of each bucket the range from what the lake has
 * to the end of the log.
 *
 * <p>The order matters:
 *
 * <ol>
 *   <li>The ends of the log are asked for first. Then the claim reads the table's record, which
 *       knows every schema and column set that records before the ends were written with.
 *   <li>What was recorded of the lake comes with the claim, and is older than what the lake says
 *       next. So a lake that has less than was recorded has lost something.
 *   <li>The starts of the log come last: what was there before can only be less by then.
 * </ol>
 *
 * <p>Thread-safe; one table is given to one thread at a time.
 */
final class RoundPlanner {

  private static final Logger LOG = LoggerFactory.getLogger(RoundPlanner.class);

  /** A bucket's share of a round is not less. */
  private static final long LEAST_BYTES = 64 << 10;

  /** Far less than the shortest time for which deletes are kept, which is a day. */
  private static final long KEEP_FRESH_MILLIS = 3_600_000;

  private final Connections connections;
  private final TieringConfig config;
  private final Claims claims;
  private final TableLogs logs;
  private final Clock clock;
  private final GoneTopics goneTopics;
  private final SecureRandom random = new SecureRandom();

  /** By table, the ends of the log up to which there was nothing to move. */
  private final Map<UUID, Map<TopicBucket, Long>> nothingBefore = new ConcurrentHashMap<>();

  RoundPlanner(
      Connections connections, TieringConfig config, Claims claims, TableLogs logs, Clock clock) {
    this.connections = connections;
    this.config = config;
    this.claims = claims;
    this.logs = logs;
    this.clock = clock;
    this.goneTopics = new GoneTopics(new TopicIds(connections.kafka())::unknown);
  }

  /** Plans the next round of a table that is due; what fails is recorded. */
  Planned plan(LakeTable due) {
    TableLog log;
    try {
      log = logs.look(due.table());
    } catch (RuntimeException | Error e) {
      return refused(due, e);
    }
    if (due.state().filter(s -> !hasNews(due.table(), s, log)).isPresent()) {
      keepFresh(due, log);
      return new Planned.NothingNew();
    }
    Optional<TieringClaim> claim = claims.claim(due);
    if (claim.isEmpty()) {
      return new Planned.NotOurs();
    }
    try {
      return plan(claim.get(), log);
    } catch (RuntimeException | Error e) {
      // Also where a class of a lake is missing: the user has to be told.
      return refused(claim.get(), e);
    }
  }

  private Planned refused(LakeTable due, Throwable e) {
    return claims
        .claim(due)
        .<Planned>map(claim -> refused(claim, e))
        .orElseGet(Planned.NotOurs::new);
  }

  private Planned refused(TieringClaim claim, Throwable e) {
    if (e.getCause() instanceof UnknownTopicOrPartitionException) {
      // A partition was dropped while it was asked for.
      claims.giveBack(claim);
      return new Planned.NotOurs();
    }
    if (e instanceof LogGoneException) {
      String reason = replaced(claim.table());
      claims.park(claim, claim.state(), reason);
      return new Planned.Refused(reason);
    }
    LOG.warn("Could not plan a round of table '{}'.", claim.table().path(), e);
    claims.fail(claim, claim.state(), Claims.reason(e));
    return new Planned.Refused(Claims.reason(e));
  }

  private static String replaced(TableInfo table) {
    return "Table '"
        + table.path()
        + "' is not tiered any more: its topic '"
        + table.topic()
        + "' (id "
        + table.topicId()
        + ") does not exist any more, or another one of that name does, and not by DROP TABLE. Drop the"
        + " table and create it again. What is in the lake stays there.";
  }

  // ------------------------------------------------------------------------------ nothing to do

  private boolean hasNews(TableInfo table, LakeState state, TableLog log) {
    if (state.gapAccepted()) {
      return true;
    }
    if (ends(table, log).equals(nothingBefore.get(table.id()))) {
      return false;
    }
    for (TableTopic topic : log.topics()) {
      Optional<TopicOffsets> tiered = state.offsets().topic(topic.id());
      for (int b = 0; b < table.buckets(); b++) {
        long next = tiered.isPresent() ? state.offsets().next(topic.id(), b) : 0;
        if (log.end(topic, b) > next) {
          return true;
        }
      }
    }
    return false;
  }

  private static Map<TopicBucket, Long> ends(TableInfo table, TableLog log) {
    Map<TopicBucket, Long> ends = new HashMap<>();
    for (TableTopic topic : log.topics()) {
      for (int b = 0; b < table.buckets(); b++) {
        ends.put(new TopicBucket(topic.id(), b), log.end(topic, b));
      }
    }
    return ends;
  }

  /** A bucket of a topic; a topic that is made again has another id. */
  private record TopicBucket(String topicId, int bucket) {}

  /**
   * Records from time to time that nothing is missing: a table that is idle for long would else
   * look as if its deletes could have been compacted away unseen. A topic that was not listed may
   * have news, unless it is gone.
   */
  private void keepFresh(LakeTable due, TableLog log) {
    LakeState state = due.state().orElseThrow();
    long age = log.askedAtMillis() - state.completeAtMillis();
    if (age > KEEP_FRESH_MILLIS && missing(due.table(), state.offsets(), log).isEmpty()) {
      claims.claim(due).ifPresent(c -> claims.giveBack(c, c.state().complete(log.askedAtMillis())));
    }
  }

  /** A round was read to its end and held no rows: markers of transactions, for instance. */
  void wasEmpty(RoundPlan plan, Collection<RangeDone> results) {
    Map<TopicBucket, Long> ends = new HashMap<>();
    for (PlannedTopic topic : plan.topics()) {
      for (int b = 0; b < topic.ends().length; b++) {
        ends.put(new TopicBucket(topic.topic().id(), b), topic.ends()[b]);
      }
    }
    if (plan.isComplete(results)) {
      nothingBefore.put(plan.table().id(), ends);
    }
  }

  // --------------------------------------------------------------------------------- a round

  private Planned plan(TieringClaim claim, TableLog log) {
    TableInfo table = claim.table();
    LakeStorage lake = connections.lake();
    lake.createTable(table);
    Optional<LakeSnapshot> latest = lake.latestSnapshot(table);
    LakeOffsets from = latest.map(LakeSnapshot::offsets).orElse(LakeOffsets.NONE);
    Gaps gaps = new Gaps(table, claim.state().gapAccepted());
    gaps.checkLake(claim.state().offsets(), from, log);
    LakeState state = claim.state().repaired(latest.orElse(null));

    List<TopicOffsets> missing = missing(table, from, log);
    List<TableTopic> planned = log.topics().stream().filter(t -> !isOf(missing, t)).toList();
    requireOwn(table, planned, from);
    List<PlannedTopic> topics = ranges(table, planned, log, latest, gaps);
    Optional<String> problem = gaps.problem();
    if (problem.isPresent()) {
      claims.park(claim, state, problem.get());
      return new Planned.Refused(problem.get());
    }
    long id = random.nextLong();
    List<RangeSplit> splits = splits(id, claim, state, from, topics, log.askedAtMillis());
    if (splits.isEmpty()) {
      // Where topics are missing, there may be more than was seen.
      boolean whole = missing.isEmpty();
      LakeState seen = state.complete(whole ? log.askedAtMillis() : state.completeAtMillis());
      claims.giveBack(claim, gaps.skipped() ? seen.acceptingGap() : seen);
      if (whole) {
        nothingBefore.put(table.id(), ends(table, log));
      }
      return new Planned.NothingNew();
    }
    nothingBefore.remove(table.id());
    return new Planned.Round(
        new RoundPlan(
            id, claim, state, from, missing, topics, gaps.skipped(), log.askedAtMillis(), splits));
  }

  /**
   * Topics that the lake has something of, that were not listed, and that are not known to be gone.
   */
  private List<TopicOffsets> missing(TableInfo table, LakeOffsets offsets, TableLog log) {
    Set<String> listed = log.topics().stream().map(TableTopic::id).collect(Collectors.toSet());
    Set<String> gone =
        goneTopics.among(
            table.id(),
            offsets.topics().stream().map(TopicOffsets::topicId).toList(),
            listed,
            clock.millis());
    return offsets.topics().stream()
        .filter(t -> !listed.contains(t.topicId()) && !gone.contains(t.topicId()))
        .toList();
  }

  /** Whether a topic is of a partition whose former topic may still be there. */
  private static boolean isOf(List<TopicOffsets> topics, TableTopic topic) {
    return topic.partition() != null
        && topics.stream().anyMatch(t -> topic.partition().equals(t.partition()));
  }

  /** Partitions that are new to the lake have to be this table's. */
  private void requireOwn(TableInfo table, List<TableTopic> topics, LakeOffsets from) {
    if (table.isPartitioned()) {
      connections
          .tables()
          .requireOwnPartitions(
              table,
              topics.stream()
                  .filter(t -> from.topic(t.id()).isEmpty())
                  .map(t -> new Partition(t.partition(), t.name(), t.id()))
                  .toList());
    }
  }

  private List<PlannedTopic> ranges(
      TableInfo table,
      List<TableTopic> planned,
      TableLog log,
      Optional<LakeSnapshot> latest,
      Gaps gaps) {
    LakeOffsets from = latest.map(LakeSnapshot::offsets).orElse(LakeOffsets.NONE);
    Map<TopicPartition, Long> logStarts =
        logs.of(table).logStart(TableLogs.buckets(table, planned));
    FormerRows formerRows = new FormerRows(connections.lake(), table, latest.orElse(null));
    List<PlannedTopic> topics = new ArrayList<>();
    for (TableTopic topic : planned) {
      Optional<TopicOffsets> tiered = from.topic(topic.id());
      long[] starts = new long[table.buckets()];
      long[] ends = new long[table.buckets()];
      for (int b = 0; b < starts.length; b++) {
        TopicPartition bucket = new TopicPartition(topic.name(), b);
        long logStart = logStarts.get(bucket);
        boolean isNew = tiered.isEmpty() || b >= tiered.get().next().size();
        // What was there before tiering began may be gone. A snapshot has offsets of each topic
        // that was there, so others were made later, and are wanted from their first record.
        long first = latest.isEmpty() ? logStart : 0;
        long next = isNew ? first : tiered.get().next().get(b);
        long end = log.end(topic, b);
        if (end < next) {
          // The round of another job was in between, or the log has lost records.
          end = logs.of(table).logEnd(List.of(bucket)).get(bucket);
        }
        starts[b] = gaps.start(topic, b, next, logStart, end);
        ends[b] = Math.max(starts[b], end);
      }
      topics.add(
          new PlannedTopic(
              topic,
              starts,
              ends,
              tiered.map(TopicOffsets::maxTimestampMillis).orElse(-1L),
              tiered
                  .map(TopicOffsets::hasFormerRows)
                  .orElseGet(() -> formerRows.areOf(topic.partition()))));
    }
    return topics;
  }

  private List<RangeSplit> splits(
      long round,
      TieringClaim claim,
      LakeState state,
      LakeOffsets from,
      List<PlannedTopic> topics,
      long plannedAtMillis) {
    TableInfo table = claim.table();
    long count = topics.stream().mapToLong(PlannedTopic::ranges).sum();
    if (count == 0) {
      return List.of();
    }
    long bytes = Math.max(LEAST_BYTES, config.maxRoundBytes() / count);
    long millis = config.maxRoundDuration(LakeTable.freshnessOf(table)).toMillis();
    List<RangeSplit> splits = new ArrayList<>();
    for (PlannedTopic topic : topics) {
      boolean isNew = from.topic(topic.topic().id()).isEmpty();
      // Where somebody has said to go on anyway, deletes that are gone are not asked for either.
      long safe = isNew || claim.state().gapAccepted() ? plannedAtMillis : state.completeAtMillis();
      for (int b = 0; b < topic.starts().length; b++) {
        if (topic.starts()[b] < topic.ends()[b]) {
          splits.add(
              new RangeSplit(
                  round,
                  0,
                  table,
                  topic.topic().partition(),
                  topic.topic().name(),
                  topic.topic().id(),
                  b,
                  topic.starts()[b],
                  topic.ends()[b],
                  safe,
                  bytes,
                  millis));
        }
      }
    }
    // The longest first, so that readers end at about the same time.
    splits.sort(Comparator.comparingLong((RangeSplit s) -> s.end() - s.start()).reversed());
    for (int i = 0; i < splits.size(); i++) {
      splits.set(i, splits.get(i).withIndex(i));
    }
    return splits;
  }

  /** For messages: the partition as it is written in statements. */
  static String show(TableInfo table, TableTopic topic) {
    return topic.partition() == null
        ? ""
        : " of partition " + PartitionKeys.of(table).show(topic.partition());
  }
}
