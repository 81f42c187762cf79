package io.fluss.sink;

import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.table.data.RowData;

/**
 * Fails the tasks of one job at random rows and commits and checkpoints at random points, a given
 * number of times each. Static, so that the copies of tasks and committers in this JVM share the
 * counts; one test at a time.
 */
final class Failures {

  /** Where a writer may fail on its way through a checkpoint, in this order. */
  enum WriterPoint {
    BEFORE_FLUSH,
    AFTER_FLUSH,
    AFTER_PREPARE_COMMIT,
    AFTER_SNAPSHOT
  }

  private static final AtomicInteger TASK_FAILURES_LEFT = new AtomicInteger();
  private static final AtomicInteger COMMIT_FAILURES_LEFT = new AtomicInteger();
  private static final Map<WriterPoint, AtomicInteger> WRITER_FAILURES_LEFT =
      new EnumMap<>(WriterPoint.class);
  private static final AtomicInteger HAPPENED = new AtomicInteger();
  private static final AtomicLong ROWS_UNTIL_NEXT = new AtomicLong();
  private static volatile Random random = new Random();
  private static volatile int mostRowsBetween;

  static {
    for (WriterPoint point : WriterPoint.values()) {
      WRITER_FAILURES_LEFT.put(point, new AtomicInteger());
    }
  }

  private Failures() {}

  static void plan(long seed, int ofTasks, int ofCommits, int rowsBetween) {
    random = new Random(seed);
    mostRowsBetween = rowsBetween;
    HAPPENED.set(0);
    TASK_FAILURES_LEFT.set(ofTasks);
    COMMIT_FAILURES_LEFT.set(ofCommits);
    ROWS_UNTIL_NEXT.set(1 + random.nextInt(rowsBetween));
    WRITER_FAILURES_LEFT.values().forEach(left -> left.set(0));
  }

  /** Failures of writers only, as many as given at each point. */
  static void planInWriters(long seed, int ofEachPoint) {
    plan(seed, 0, 0, 1);
    WRITER_FAILURES_LEFT.values().forEach(left -> left.set(ofEachPoint));
  }

  static int happened() {
    return HAPPENED.get();
  }

  /** A step of a job: throws at the rows planned. */
  static void atRow(RowData row) {
    if (TASK_FAILURES_LEFT.get() > 0 && ROWS_UNTIL_NEXT.decrementAndGet() == 0) {
      TASK_FAILURES_LEFT.decrementAndGet();
      HAPPENED.incrementAndGet();
      ROWS_UNTIL_NEXT.set(1 + random.nextInt(mostRowsBetween));
      throw new IllegalStateException("planned failure of a task");
    }
  }

  /** Throws at one of three commits or so, while there are failures left. */
  static void atCommit() {
    if (COMMIT_FAILURES_LEFT.get() > 0 && random.nextInt(3) == 0) {
      COMMIT_FAILURES_LEFT.decrementAndGet();
      HAPPENED.incrementAndGet();
      throw new IllegalStateException("planned failure of a commit");
    }
  }

  /** Throws at one of three passes or so of a point, while there are failures left for it. */
  static void atWriter(WriterPoint point) {
    AtomicInteger left = WRITER_FAILURES_LEFT.get(point);
    if (left.get() > 0
        && random.nextInt(3) == 0
        && left.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
      HAPPENED.incrementAndGet();
      throw new IllegalStateException("planned failure of a writer " + point);
    }
  }
}
