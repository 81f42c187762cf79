package io.fluss.tiering.fold;

import io.fluss.format.key.ColumnSets;
import io.fluss.format.row.ValueHeader;
import io.fluss.format.row.ValueKind;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.annotation.Nullable;

/**
 * Deletes of a table with column sets that have begun in a range and not ended: their marker was
 * seen, and the tombstone of the whole row, which comes last, was not. A range does not end within
 * one, see {@code io.fluss.merge}. One that stays open for {@link #PATIENCE} was left by a writer
 * that died, and is not waited for; how long it stayed open is what the log says of it, however
 * long ago that was. One thread.
 */
public final class OpenDeletes {

  /** Far longer than a writer takes to send what belongs to one delete. */
  public static final Duration PATIENCE = Duration.ofMinutes(2);

  /** By key, in the order of the log. */
  private final Map<ByteBuffer, Marker> open = new LinkedHashMap<>();

  /** Where an open delete begins. */
  public record Marker(long offset, long timestampMillis) {}

  /** The next record of the range. */
  public void record(byte[] key, @Nullable byte[] value, long offset, long timestampMillis) {
    if (ColumnSets.of(key) != ColumnSets.FULL_ROW) {
      return;
    }
    boolean marker = value != null && ValueHeader.kind(value) == ValueKind.DELETE;
    if (marker) {
      open.putIfAbsent(ByteBuffer.wrap(key), new Marker(offset, timestampMillis));
    } else if (!open.isEmpty()) {
      open.remove(ByteBuffer.wrap(key));
    }
  }

  /** Whether any is open, old ones included. */
  public boolean isEmpty() {
    return open.isEmpty();
  }

  /**
   * The oldest one that may still be ended by its writer; empty where there is none.
   *
   * @param untilMillis up to this time the log was read, epoch milliseconds
   * @param from ones that begin before this offset are not waited for any more
   */
  public Optional<Marker> oldest(long untilMillis, long from) {
    return open.values().stream()
        .filter(m -> untilMillis - m.timestampMillis() < PATIENCE.toMillis() && m.offset() >= from)
        .findFirst();
  }
}
