package io.fluss.tiering.enumerator;

import io.fluss.table.TablePath;
import io.fluss.tiering.split.RangeDone;
import io.fluss.tiering.split.RangeSplit;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * What the job tells of itself, in groups {@code tiering} and {@code tiering.table.<db.t>}. The
 * enumerator's thread; gauges are read by others.
 */
final class TieringMetrics {

  private static final double MIB = 1 << 20;

  private final MetricGroup group;
  private final Counter commits;
  private final Counter failures;
  private final Counter rows;
  private final Counter bytes;
  private final Map<TablePath, OfTable> tables = new HashMap<>();

  TieringMetrics(MetricGroup parent) {
    this.group = parent.addGroup("tiering");
    this.commits = group.counter("commits");
    this.failures = group.counter("failures");
    this.rows = group.counter("rows");
    this.bytes = group.counter("logBytes");
  }

  /** Gauges of one table, as of its last round. */
  private static final class OfTable {
    private volatile long lagOffsets;
    private volatile long lagRows;
    private volatile long lagBytes;
    private volatile long completeAtMillis;
    private volatile long roundMillis;
    private final Counter commits;
    private final Counter failures;

    OfTable(MetricGroup group) {
      group.gauge("lagOffsets", () -> lagOffsets);
      group.gauge("lagRows", () -> lagRows);
      group.gauge("lagBytes", () -> lagBytes);
      group.gauge("lagSeconds", this::lagSeconds);
      group.gauge("roundMillis", () -> roundMillis);
      this.commits = group.counter("commits");
      this.failures = group.counter("failures");
    }

    private long lagSeconds() {
      return completeAtMillis == 0
          ? 0
          : Math.max(0, (System.currentTimeMillis() - completeAtMillis) / 1000);
    }
  }

  private OfTable of(TablePath path) {
    return tables.computeIfAbsent(path, p -> new OfTable(group.addGroup("table", p.toString())));
  }

  /**
   * A round was committed, or held no rows.
   *
   * @return for people to read: what it moved
   */
  String moved(Round round) {
    RoundPlan plan = round.plan();
    long offsets = 0;
    long left = 0;
    long movedRows = 0;
    long logBytes = 0;
    long lakeBytes = 0;
    int files = 0;
    for (RangeDone result : round.results()) {
      RangeSplit split = plan.splits().get(result.index());
      offsets += result.next() - split.start();
      left += split.end() - result.next();
      movedRows += result.rows();
      logBytes += result.logBytes();
      lakeBytes += result.lakeBytes();
      files += result.written() == null ? 0 : 1;
    }
    long millis = Math.max(1, round.millis());
    OfTable table = of(plan.table().path());
    table.lagOffsets = left;
    table.lagRows = estimate(left, offsets, movedRows);
    table.lagBytes = estimate(left, offsets, logBytes);
    table.completeAtMillis = plan.completeAtMillis(round.results());
    table.roundMillis = millis;
    table.commits.inc();
    commits.inc();
    rows.inc(movedRows);
    bytes.inc(logBytes);
    return String.format(
        Locale.ROOT,
        "%d rows, %.1f MB of log to %.1f MB in %d writes, in %.1f s (%.1f MB/s); %d offsets in %d"
            + " buckets, %d left",
        movedRows,
        logBytes / MIB,
        lakeBytes / MIB,
        files,
        millis / 1000.0,
        logBytes / MIB * 1000 / millis,
        offsets,
        plan.splits().size(),
        left);
  }

  private static long estimate(long left, long offsets, long amount) {
    return offsets == 0 ? 0 : (long) (left * ((double) amount / offsets));
  }

  /** All that the log has is in the lake. */
  void nothingNew(TablePath path, long nowMillis) {
    OfTable table = of(path);
    table.lagOffsets = 0;
    table.lagRows = 0;
    table.lagBytes = 0;
    table.completeAtMillis = nowMillis;
  }

  void failed(TablePath path) {
    failures.inc();
    of(path).failures.inc();
  }
}
