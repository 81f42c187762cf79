package io.fluss.tiering.enumerator;

import io.fluss.lake.state.LakeTable;
import io.fluss.tiering.config.TieringConfig;
import io.fluss.tiering.split.NoState;
import io.fluss.tiering.split.RangeDone;
import io.fluss.tiering.split.RangeFailed;
import io.fluss.tiering.split.RangeSplit;
import io.fluss.tiering.split.RoundOver;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.annotation.Nullable;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says what is tiered and by which reader, and commits it.
 *
 * <pre>
 *   look for tables that are due, while readers have nothing to do
 *     -> begin: claim and plan (worker)
 *     -> splits to readers that ask
 *     -> all done: commit (worker) -> table given back, look again
 *     -> one failed: others of the round are called back, files deleted (worker), table given back
 * </pre>
 *
 * <p>Several tables are in work side by side; a table that fails waits and disturbs no other. There
 * is no state: whoever dies leaves leases that end, and the lake says where to go on.
 *
 * <p>All methods run on the enumerator's thread, and none waits.
 */
public final class TieringEnumerator implements SplitEnumerator<RangeSplit, NoState> {

  private static final Logger LOG = LoggerFactory.getLogger(TieringEnumerator.class);

  /** How long the end of the job waits for commits that have begun. */
  private static final Duration CLOSING_PATIENCE = Duration.ofSeconds(20);

  /** Leases are renewed so often before they end. */
  private static final int SIGNS_PER_LEASE = 3;

  private static final int ROUNDS_REMEMBERED = 100;

  /** How far all tables are behind costs a few requests for each: it is asked for less often. */
  private static final int POLLS_PER_LAG = 6;

  private final SplitEnumeratorContext<RangeSplit> context;
  private final TieringConfig config;
  private final Clock clock;
  private final Connections connections;
  private final Claims claims;
  private final TableScout scout;
  private final RoundPlanner planner;
  private final RoundCommitter committer;
  private final TableLogs logs;
  private final LogRetention retention;
  private final Workers workers;
  private final TableLags lags;
  private final TieringMetrics metrics;

  /** Tables that a worker has and no round yet, and those of rounds. */
  private final Set<UUID> busy = new HashSet<>();

  /** By id, the oldest first. */
  private final Map<Long, Round> rounds = new LinkedHashMap<>();

  /** Rounds that a worker has planned and that did not get here yet. */
  private final Map<Long, RoundPlan> underWay = new ConcurrentHashMap<>();

  /** Rounds that ended lately: results may still come. */
  private final Map<Long, RoundPlan> ended = new LinkedHashMap<>();

  /** Readers that have asked for a split and have none. */
  private final Set<Integer> idle = new LinkedHashSet<>();

  private boolean looking;
  private boolean lookingAtLags;
  private boolean closed;

  public TieringEnumerator(
      SplitEnumeratorContext<RangeSplit> context, TieringConfig config, ClassLoader classLoader) {
    this.context = context;
    this.config = config;
    this.clock = Clock.systemUTC();
    this.connections = new Connections(config, classLoader);
    this.claims =
        new Claims(connections.tables().lakes(), config, UUID.randomUUID().toString(), clock);
    this.logs = new TableLogs(connections, clock);
    this.retention = new LogRetention(connections, logs, clock);
    this.scout = new TableScout(connections, config, clock);
    this.lags = new TableLags(connections, config, clock);
    this.planner = new RoundPlanner(connections, config, claims, logs, clock);
    this.committer = new RoundCommitter(connections, claims, retention);
    this.workers = new Workers(context::runInCoordinatorThread, classLoader);
    this.metrics = new TieringMetrics(context.metricGroup());
  }

  @Override
  public void start() {
    LOG.info("Tiering into '{}' as '{}'.", config.format(), claims.owner());
    workers.every(config.pollInterval(), this::look);
    workers.every(config.pollInterval().multipliedBy(POLLS_PER_LAG), this::lookAtLags);
    workers.every(config.leaseDuration().dividedBy(SIGNS_PER_LEASE), this::renewLeases);
  }

  // ------------------------------------------------------------------------------------ tables

  private int room() {
    return config.maxTables() - busy.size();
  }

  /** More tables are taken only while there is somebody to read them. */
  private boolean wantsTables() {
    return !closed && room() > 0 && !idle.isEmpty() && !hasWaiting();
  }

  private void look() {
    if (looking || !wantsTables()) {
      return;
    }
    looking = true;
    Set<UUID> unwanted = Set.copyOf(busy);
    workers.run(
        () -> scout.due(unwanted),
        (due, error) -> {
          looking = false;
          if (error != null) {
            LOG.warn("Could not look for tables; trying again.", error);
          } else {
            due.stream().limit(Math.max(0, room())).forEach(this::begin);
          }
        });
  }

  private void lookAtLags() {
    if (lookingAtLags || closed) {
      return;
    }
    lookingAtLags = true;
    workers.run(
        lags::look,
        (look, error) -> {
          lookingAtLags = false;
          if (error == null) {
            metrics.looked(look);
          } else {
            LOG.debug("Could not look how far tables are behind.", error);
          }
        });
  }

  private void begin(LakeTable table) {
    if (closed || !busy.add(table.table().id())) {
      return;
    }
    workers.run(
        () -> {
          Planned planned = planner.plan(table);
          if (planned instanceof Planned.Round round) {
            underWay.put(round.plan().id(), round.plan());
          }
          return planned;
        },
        (planned, error) -> planned(table, planned, error));
  }

  private void planned(LakeTable table, @Nullable Planned planned, @Nullable Throwable error) {
    if (planned instanceof Planned.Round round) {
      underWay.remove(round.plan().id());
      rounds.put(round.plan().id(), new Round(round.plan()));
      assign();
      return;
    }
    scout.rest(table);
    if (error != null) {
      LOG.warn("Could not plan a round of table '{}'.", table.table().path(), error);
      metrics.failed(table.table().path());
    } else if (planned instanceof Planned.Refused) {
      metrics.failed(table.table().path());
    } else if (planned instanceof Planned.NothingNew) {
      metrics.nothingNew(table.table().path(), clock.millis());
      applyRetention(table);
      return;
    }
    free(table.table().id());
  }

  /** Rows of a table without news get old, too. */
  private void applyRetention(LakeTable table) {
    if (!retention.isDue(table.table())) {
      free(table.table().id());
      return;
    }
    workers.run(
        () -> {
          connections
              .lake()
              .latestSnapshot(table.table())
              .ifPresent(
                  s ->
                      retention.apply(
                          table.table(), logs.look(table.table()).topics(), s.offsets()));
          return true;
        },
        (done, error) -> {
          if (error != null) {
            LOG.warn("Could not delete old records of '{}'.", table.table().path(), error);
          }
          free(table.table().id());
        });
  }

  private void free(UUID table) {
    busy.remove(table);
    look();
  }

  private void renewLeases() {
    for (Round round : List.copyOf(rounds.values())) {
      workers.run(
          () -> claims.renew(round.plan().claim()),
          (held, error) -> {
            if (error == null && !held) {
              giveUp(round);
            }
          });
    }
  }

  // ------------------------------------------------------------------------------------ splits

  private boolean hasWaiting() {
    return rounds.values().stream().anyMatch(Round::hasWaiting);
  }

  private void assign() {
    for (int reader : List.copyOf(idle)) {
      Optional<Round> next = rounds.values().stream().filter(Round::hasWaiting).findFirst();
      if (next.isEmpty()) {
        break;
      }
      idle.remove(reader);
      if (context.registeredReaders().containsKey(reader)) {
        context.assignSplit(next.get().next(reader), reader);
      }
    }
  }

  @Override
  public void handleSplitRequest(int reader, @Nullable String host) {
    idle.add(reader);
    assign();
    look();
  }

  @Override
  public void addReader(int reader) {
    lost(reader);
  }

  @Override
  public void addSplitsBack(List<RangeSplit> splits, int reader) {
    lost(reader);
  }

  private void lost(int reader) {
    idle.remove(reader);
    for (Round round : List.copyOf(rounds.values())) {
      round.lost(reader).ifPresent(split -> fail(round, lostTooOften(split), false));
    }
    assign();
  }

  private static String lostTooOften(RangeSplit split) {
    return "The readers that worked on "
        + split
        + " ended, "
        + Round.MOST_LOSSES
        + " times. See the logs of the TaskManagers for what they ended by, memory for instance.";
  }

  // ----------------------------------------------------------------------------------- results

  @Override
  public void handleSourceEvent(int reader, SourceEvent event) {
    if (event instanceof RangeDone result) {
      done(reader, result);
    } else if (event instanceof RangeFailed failure) {
      failed(reader, failure);
    }
  }

  private void done(int reader, RangeDone result) {
    Round round = rounds.get(result.round());
    if (round == null || !round.done(reader, result)) {
      discard(round == null ? ended.get(result.round()) : round.plan(), result);
    } else if (round.isDone()) {
      commit(round);
    }
  }

  /** Nobody waits for this result. */
  private void discard(@Nullable RoundPlan plan, RangeDone result) {
    if (plan != null) {
      workers.run(
          () -> {
            committer.abort(plan, List.of(result));
            return true;
          },
          (done, error) -> {});
    }
  }

  private void failed(int reader, RangeFailed failure) {
    Round round = rounds.get(failure.round());
    if (round == null || round.isCommitting()) {
      return;
    }
    fail(round, failure.reason(), failure.isGap());
  }

  private void fail(Round round, String reason, boolean isGap) {
    over(round);
    workers.run(
        () -> committer.fail(round.plan(), round.results(), reason, isGap),
        (end, error) -> ended(round, end, error));
  }

  private void commit(Round round) {
    round.committing();
    workers.run(
        () -> committer.commit(round.plan(), round.results()),
        (end, error) -> {
          remove(round);
          ended(round, end, error);
        });
  }

  private void ended(Round round, @Nullable RoundEnd end, @Nullable Throwable error) {
    RoundPlan plan = round.plan();
    if (end instanceof RoundEnd.Committed committed) {
      if (plan.isComplete(round.results())) {
        scout.uncut(plan.table().id());
      } else {
        scout.cut(plan.table().id());
      }
      LOG.info(
          "Tiered table '{}': {}; snapshot {}, lake has {}.",
          plan.table().path(),
          metrics.moved(round, committed.files()),
          committed.snapshot().id(),
          committed.snapshot().offsets().summary());
    } else if (end instanceof RoundEnd.Empty) {
      planner.wasEmpty(plan, round.results());
    } else {
      metrics.failed(plan.table().path());
      LOG.warn(
          "A round of table '{}' was not committed: {}",
          plan.table().path(),
          error != null ? error : end instanceof RoundEnd.Failed f ? f.reason() : "overtaken");
    }
    free(plan.table().id());
  }

  /** The table is another job's, or gone. */
  private void giveUp(Round round) {
    if (!rounds.containsKey(round.plan().id()) || round.isCommitting()) {
      return;
    }
    over(round);
    workers.run(
        () -> {
          committer.abort(round.plan(), round.results());
          return true;
        },
        (done, error) -> free(round.plan().table().id()));
  }

  /** Calls back what readers have of a round. */
  private void over(Round round) {
    round
        .readers()
        .forEach(
            reader -> {
              if (context.registeredReaders().containsKey(reader)) {
                context.sendEventToSourceReader(reader, new RoundOver(round.plan().id()));
              }
            });
    remove(round);
  }

  private void remove(Round round) {
    rounds.remove(round.plan().id());
    ended.put(round.plan().id(), round.plan());
    if (ended.size() > ROUNDS_REMEMBERED) {
      ended.remove(ended.keySet().iterator().next());
    }
  }

  // --------------------------------------------------------------------------------------- end

  @Override
  public NoState snapshotState(long checkpointId) {
    return new NoState();
  }

  /** Gives back what is not committed yet, so that another job need not wait for leases to end. */
  @Override
  public void close() {
    closed = true;
    List<Round> open = new ArrayList<>(rounds.values());
    open.removeIf(Round::isCommitting);
    for (Round round : open) {
      workers.run(
          () -> {
            committer.giveUp(round.plan(), round.results());
            return true;
          },
          (done, error) -> {});
    }
    workers.close(CLOSING_PATIENCE);
    underWay.values().forEach(plan -> committer.giveUp(plan, List.of()));
    connections.close();
  }
}
