package io.fluss.sink;

import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.table.data.RowData;

/**
 * Fails the tasks of one job at random rows and commits at random points, a given number of times
 * each. Static, so that the copies of tasks and committers in this JVM share the counts; one test
 * at a time.
 */
final class Failures {

  private static final AtomicInteger TASK_FAILURES_LEFT = new AtomicInteger();
  private static final AtomicInteger COMMIT_FAILURES_LEFT = new AtomicInteger();
  private static final AtomicInteger HAPPENED = new AtomicInteger();
  private static final AtomicLong ROWS_UNTIL_NEXT = new AtomicLong();
  private static volatile Random random = new Random();
  private static volatile int mostRowsBetween;

  private Failures() {}

  static void plan(long seed, int ofTasks, int ofCommits, int rowsBetween) {
    random = new Random(seed);
    mostRowsBetween = rowsBetween;
    HAPPENED.set(0);
    TASK_FAILURES_LEFT.set(ofTasks);
    COMMIT_FAILURES_LEFT.set(ofCommits);
    ROWS_UNTIL_NEXT.set(1 + random.nextInt(rowsBetween));
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
}
