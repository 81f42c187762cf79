package io.fluss.dist.demo;

import java.io.PrintStream;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;

/**
 * Follows the changelog of a grouped query in a thread of its own and shows where it stands. The
 * rows are (airport, city, flights, average delay, share delayed).
 */
final class LiveDelays implements AutoCloseable {

  private final Map<String, Row> airports = new ConcurrentHashMap<>();
  private final TableResult query;
  private final Thread follower;
  private volatile boolean closing;
  private volatile Throwable failure;

  LiveDelays(TableResult query) {
    this.query = query;
    this.follower = new Thread(this::follow, "live-delays");
    follower.setDaemon(true);
    follower.start();
  }

  private void follow() {
    try {
      // Ends with the job, which close() cancels.
      Iterator<Row> changes = query.collect();
      while (changes.hasNext()) {
        Row change = changes.next();
        if (change.getKind() == RowKind.INSERT || change.getKind() == RowKind.UPDATE_AFTER) {
          airports.put(change.getFieldAs(0), change);
        }
      }
    } catch (RuntimeException e) {
      if (!closing) {
        failure = e;
      }
    }
  }

  /**
   * Flights counted so far.
   *
   * @throws IllegalStateException where the query has failed
   */
  long flights() {
    if (failure != null) {
      throw new IllegalStateException("The live query failed.", failure);
    }
    return airports.values().stream().mapToLong(r -> r.<Long>getFieldAs(2)).sum();
  }

  /** Prints where the query stands, and returns the flights counted so far. */
  long print(PrintStream out, double seconds) {
    long flights = flights();
    List<Row> busiest =
        airports.values().stream()
            .sorted(Comparator.comparing((Row r) -> r.<Long>getFieldAs(2)).reversed())
            .limit(5)
            .toList();
    StringBuilder line =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "   %4.1f s  %,7d flights  %3d airports ",
                seconds,
                flights,
                airports.size()));
    for (Row r : busiest) {
      line.append(
          String.format(
              Locale.ROOT,
              "| %s %4d, %4.1f min late ",
              r.getField(0),
              r.<Long>getFieldAs(2),
              r.<Double>getFieldAs(3)));
    }
    out.println(line);
    return flights;
  }

  @Override
  public void close() {
    closing = true;
    query.getJobClient().ifPresent(job -> job.cancel().join());
  }
}
