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

  /** Bytes of a log of which nothing was read yet. */
  private static final int UNKNOWN = -1;

  private final MetricGroup group;
  private final Counter commits;
  private final Counter failures;
  private final Counter rows;
  private final Counter bytes;
  private final Counter lakeBytes;
  private final Counter lakeFiles;
  private final Map<TablePath, OfTable> tables = new HashMap<>();

  TieringMetrics(MetricGroup parent) {
    this.group = parent.addGroup("tiering");
    this.commits = group.counter("commits");
    this.failures = group.counter("failures");
    this.rows = group.counter("rows");
    this.bytes = group.counter("logBytes");
    this.lakeBytes = group.counter("lakeBytes");
    this.lakeFiles = group.counter("lakeFiles");
  }

  /** Gauges of one table: what it lags behind as of the last look, the others of its last round. */
  private static final class OfTable {
    private volatile long lagOffsets;
    private volatile long completeAtMillis;
    private volatile double rowsPerOffset = 1;
    private volatile double bytesPerOffset = UNKNOWN;
    private volatile long roundMillis;
    private volatile long roundFiles;
    private volatile long roundBytesPerSecond;
    private final Counter commits;
    private final Counter failures;

    OfTable(MetricGroup group) {
      group.gauge("lagOffsets", () -> lagOffsets);
      group.gauge("lagRows", () -> (long) (lagOffsets * rowsPerOffset));
      group.gauge("lagBytes", this::lagBytes);
      group.gauge("lagSeconds", this::lagSeconds);
      group.gauge("roundMillis", () -> roundMillis);
      group.gauge("roundFiles", () -> roundFiles);
      group.gauge("roundBytesPerSecond", () -> roundBytesPerSecond);
      this.commits = group.counter("commits");
      this.failures = group.counter("failures");
    }

    private long lagBytes() {
      long offsets = lagOffsets;
      return offsets > 0 && bytesPerOffset < 0 ? UNKNOWN : (long) (offsets * bytesPerOffset);
    }

    /** What a round with rows was made of is what the next ones are taken to be made of. */
    private void moved(long offsets, long rows, long bytes) {
      if (offsets > 0 && rows > 0) {
        rowsPerOffset = (double) rows / offsets;
        bytesPerOffset = (double) bytes / offsets;
      }
    }

    private void lag(long offsets, long completeAt) {
      lagOffsets = offsets;
      completeAtMillis = completeAt;
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
   * A round was committed.
   *
   * @param files that it has brought into the lake
   * @return for people to read: what it moved
   */
  String moved(Round round, int files) {
    RoundPlan plan = round.plan();
    long offsets = 0;
    long left = 0;
    long movedRows = 0;
    long logBytes = 0;
    long toLake = 0;
    for (RangeDone result : round.results()) {
      RangeSplit split = plan.splits().get(result.index());
      offsets += result.next() - split.start();
      left += split.end() - result.next();
      movedRows += result.rows();
      logBytes += result.logBytes();
      toLake += result.lakeBytes();
    }
    long millis = Math.max(1, round.millis());
    OfTable table = of(plan.table().path());
    table.lag(left, plan.completeAtMillis(round.results()));
    table.moved(offsets, movedRows, logBytes);
    table.roundMillis = millis;
    table.roundFiles = files;
    table.roundBytesPerSecond = logBytes * 1000 / millis;
    table.commits.inc();
    commits.inc();
    rows.inc(movedRows);
    bytes.inc(logBytes);
    lakeBytes.inc(toLake);
    lakeFiles.inc(files);
    return String.format(
        Locale.ROOT,
        "%d rows, %.1f MB of log to %.1f MB in %d files, in %.1f s (%.1f MB/s); %d offsets in %d"
            + " buckets, %d left",
        movedRows,
        logBytes / MIB,
        toLake / MIB,
        files,
        millis / 1000.0,
        logBytes / MIB * 1000 / millis,
        offsets,
        plan.splits().size(),
        left);
  }

  /** All that the log has is in the lake. */
  void nothingNew(TablePath path, long nowMillis) {
    of(path).lag(0, nowMillis);
  }

  /**
   * All tables were looked at. What a table was seen to have before stays true: that may be newer
   * than what is recorded of a table without news.
   */
  void looked(TableLags.Look look) {
    look.lags()
        .forEach(
            (path, lag) -> {
              OfTable table = of(path);
              table.lag(
                  lag.offsets().orElse(table.lagOffsets),
                  Math.max(table.completeAtMillis, lag.completeAtMillis()));
            });
    tables.forEach(
        (path, table) -> {
          if (look.lacks(path)) {
            table.lag(0, 0);
          }
        });
  }

  void failed(TablePath path) {
    failures.inc();
    of(path).failures.inc();
  }
}
