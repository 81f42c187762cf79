package io.fluss.source.reader;

import javax.annotation.Nullable;

/** Cuts a reader's rows off once they are enough. Belongs to the fetcher thread. */
final class RowLimit {

  private long left;

  RowLimit(@Nullable Long limit) {
    this.left = limit == null ? Long.MAX_VALUE : limit;
  }

  boolean reached() {
    return left <= 0;
  }

  /** The part of {@code rows} that is still wanted. */
  RowSlice apply(RowSlice rows) {
    int wanted = (int) Math.min(left, rows.to() - rows.from());
    left -= wanted;
    return new RowSlice(rows.batch(), rows.from(), rows.from() + wanted);
  }
}
