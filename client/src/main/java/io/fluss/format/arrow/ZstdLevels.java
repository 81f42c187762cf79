package io.fluss.format.arrow;

import java.util.Arrays;

/**
 * The zstd level of each buffer of a batch: the one asked for, or the next lower one where that
 * makes the column's buffer smaller. On columns it often does, and it costs less: levels differ in
 * how they look for repetitions, and in numbers the matches that a higher level finds can cost more
 * than they save. See {@code docs/decisions/0007-zstd-level-by-column.md}.
 *
 * <p>What holds for a column's buffer in one batch holds in the next, so both levels are tried in
 * one of {@value #PROBE_INTERVAL} batches only. Belongs to one encoder; not thread-safe.
 */
final class ZstdLevels {
  private static final int FIRST_PROBE = 2;
  private static final int PROBE_INTERVAL = 32;

  private final int asked;
  private final int lower;
  private int[] untilProbe = new int[0];
  private boolean[] prefersLower = new boolean[0];

  private ZstdLevels(int asked, int lower) {
    this.asked = asked;
    this.lower = lower;
  }

  /** This level and, where it makes a buffer smaller, the one below. */
  static ZstdLevels upTo(int level) {
    return new ZstdLevels(level, Math.max(1, level - 1));
  }

  /** This level for every buffer. */
  static ZstdLevels fixed(int level) {
    return new ZstdLevels(level, level);
  }

  int asked() {
    return asked;
  }

  int lower() {
    return lower;
  }

  /** The level that this buffer of the batch was smaller with, when both were tried last. */
  int levelOf(int buffer) {
    return buffer < prefersLower.length && prefersLower[buffer] ? lower : asked;
  }

  /** Whether both levels are to be tried on this buffer now; asked once for each batch. */
  boolean probes(int buffer) {
    if (lower == asked) {
      return false;
    }
    if (buffer >= untilProbe.length) {
      int known = untilProbe.length;
      untilProbe = Arrays.copyOf(untilProbe, Math.max(2 * known, buffer + 1));
      prefersLower = Arrays.copyOf(prefersLower, untilProbe.length);
      Arrays.fill(untilProbe, known, untilProbe.length, FIRST_PROBE);
    }
    if (--untilProbe[buffer] > 0) {
      return false;
    }
    untilProbe[buffer] = PROBE_INTERVAL;
    return true;
  }

  /** What a probe found. */
  void probed(int buffer, int bytesWithAsked, int bytesWithLower) {
    prefersLower[buffer] = bytesWithLower <= bytesWithAsked;
  }
}
