package io.fluss.format.bytes;

import io.fluss.format.CorruptBatchException;
import org.apache.flink.table.data.TimestampData;

/** Timestamps as milliseconds and the nanoseconds within them. */
public final class Timestamps {
  private static final int NANOS_PER_MILLI = 1_000_000;

  private Timestamps() {}

  /**
   * @throws CorruptBatchException where the nanoseconds are not those of a millisecond
   */
  public static TimestampData of(long millis, int nanoOfMilli) {
    if (nanoOfMilli < 0 || nanoOfMilli >= NANOS_PER_MILLI) {
      throw new CorruptBatchException(
          "Cannot read timestamp: a millisecond has no nanosecond " + nanoOfMilli);
    }
    return TimestampData.fromEpochMillis(millis, nanoOfMilli);
  }
}
