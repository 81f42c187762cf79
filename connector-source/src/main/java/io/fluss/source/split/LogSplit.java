package io.fluss.source.split;

import io.fluss.read.LogPosition;
import java.util.Optional;
import javax.annotation.Nullable;

/**
 * A range of a bucket's log.
 *
 * @param position where to go on reading
 * @param stoppingOffset first Kafka offset that is not read any more, null where reading never ends
 * @param safeTimeMillis epoch milliseconds since when every delete of the bucket is still to be
 *     read: see {@link io.fluss.merge.TombstoneHorizon}; without meaning where nothing is deleted
 */
public record LogSplit(
    TableBucket bucket, LogPosition position, @Nullable Long stoppingOffset, long safeTimeMillis)
    implements TableSplit {

  @Override
  public String splitId() {
    return bucket.toString();
  }

  @Override
  public Optional<LogSplit> log() {
    return Optional.of(this);
  }

  @Override
  public long descriptionBytes() {
    return 0;
  }

  @Override
  public Optional<TableSplit> without(TopicsGone gone) {
    return gone.isOf(this) ? Optional.empty() : Optional.of(this);
  }

  /** Whether a reader that goes on at {@code offset} has nothing left to read. */
  public boolean endsAt(long offset) {
    return stoppingOffset != null && offset >= stoppingOffset;
  }

  /** This split, read up to {@code newPosition}. */
  public LogSplit at(LogPosition newPosition, long newSafeTimeMillis) {
    return new LogSplit(bucket, newPosition, stoppingOffset, newSafeTimeMillis);
  }
}
