package io.fluss.source.reader;

import java.util.concurrent.atomic.AtomicLong;
import javax.annotation.Nullable;

/** Cuts a reader's rows off once they are enough, of the log and of the lake. Thread-safe. */
final class RowLimit {

  private final AtomicLong left;

  RowLimit(@Nullable Long limit) {
    this.left = new AtomicLong(limit == null ? Long.MAX_VALUE : limit);
  }

  boolean reached() {
    return left.get() <= 0;
  }

  /** How many of so many rows are still wanted; they count as emitted. */
  int take(int rows) {
    return (int) Math.min(rows, Math.max(0, left.getAndAdd(-rows)));
  }

  /** The part of {@code rows} that is still wanted. */
  RowSlice apply(RowSlice rows) {
    int wanted = take(rows.to() - rows.from());
    return new RowSlice(rows.batch(), rows.from(), rows.from() + wanted);
  }
}
