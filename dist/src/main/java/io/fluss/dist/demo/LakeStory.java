package io.fluss.dist.demo;

import io.fluss.tiering.TieringJob;
import io.fluss.tiering.config.TieringFlags;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CollectionUtil;

/** The part of the demo that runs two tiering jobs and reads what they wrote. */
final class LakeStory {

  private static final long FRAME_NANOS = 500_000_000L;
  private static final long PATIENCE_NANOS = 60_000_000_000L;

  private final Configuration flink;
  private final String bootstrap;
  private final TableEnvironment batch;
  private final PrintStream out;

  /**
   * @param batch a session whose current database is {@code fluss} of the demo's catalog
   */
  LakeStory(Configuration flink, String bootstrap, TableEnvironment batch, PrintStream out) {
    this.flink = flink;
    this.bootstrap = bootstrap;
    this.batch = batch;
    this.out = out;
  }

  /**
   * Starts a tiering job.
   *
   * @return the running job
   */
  JobClient startTiering(String format, String warehouse) throws Exception {
    String[] flags = {
      "--fluss.bootstrap.servers",
      bootstrap,
      "--datalake.format",
      format,
      "--datalake." + format + ".warehouse",
      warehouse,
      "--lake.tiering.poll-interval",
      "1 s"
    };
    out.println("   $ bin/fluss tiering " + String.join(" ", flags));
    StreamExecutionEnvironment job = new StreamExecutionEnvironment(flink);
    TieringJob.build(job, TieringFlags.read(flags));
    return job.executeAsync("tiering into " + format);
  }

  static void stop(JobClient job) throws Exception {
    job.cancel().get();
    try {
      job.getJobExecutionResult().get();
    } catch (ExecutionException e) {
      // cancelled, as asked
    }
  }

  /** Until the lake has all of a table's log; shows how far it is. */
  void awaitTiered(String table) {
    long start = System.nanoTime();
    long pending = Long.MAX_VALUE;
    while (pending > 0) {
      if (System.nanoTime() - start > PATIENCE_NANOS) {
        throw new IllegalStateException(
            "Table '" + table + "' is not tiered after 60 s: " + offsets(table));
      }
      LockSupport.parkNanos(FRAME_NANOS);
      pending = pending(offsets(table));
      out.printf(
          Locale.ROOT,
          "   %4.1f s  %s: %s%n",
          (System.nanoTime() - start) / 1e9,
          table,
          pending == 0
              ? "all in the lake"
              : pending == Long.MAX_VALUE ? "..." : pending + " offsets to go");
    }
  }

  private static long pending(List<Row> offsets) {
    long pending = 0;
    for (Row bucket : offsets) {
      if (bucket.getField(2) == null && bucket.<Long>getFieldAs(4) > 0) {
        return Long.MAX_VALUE;
      }
      pending += bucket.<Long>getFieldAs(5);
    }
    return pending;
  }

  /** Prints how far each bucket is tiered. */
  void showOffsets(String table) {
    out.println("   > CALL sys.list_lake_offsets('fluss." + table + "')");
    out.printf(
        "   %6s  %11s  %8s  %8s  %6s%n", "bucket", "lake_offset", "log_end", "snapshot", "status");
    offsets(table)
        .forEach(
            row ->
                out.printf(
                    "   %6s  %11s  %8s  %8s  %6s%n",
                    row.getField(1),
                    row.getField(2),
                    row.getField(4),
                    row.getField(6),
                    row.getField(8)));
  }

  private List<Row> offsets(String table) {
    return new ArrayList<>(
        CollectionUtil.iteratorToList(
            batch.executeSql("CALL sys.list_lake_offsets('fluss." + table + "')").collect()));
  }
}
