package io.fluss.client.admin;

import io.fluss.read.StartingOffsets;
import org.apache.flink.annotation.PublicEvolving;

/** Which offset of a bucket is meant. Immutable. */
@PublicEvolving
public final class OffsetSpec {

  private final StartingOffsets offsets;

  private OffsetSpec(StartingOffsets offsets) {
    this.offsets = offsets;
  }

  /** That of the oldest row that is kept. */
  public static OffsetSpec earliest() {
    return new OffsetSpec(StartingOffsets.earliest());
  }

  /** The one behind the last row that readers see. */
  public static OffsetSpec latest() {
    return new OffsetSpec(StartingOffsets.latest());
  }

  /**
   * That of the first row stored at or after a time; where there is none, as {@link #latest()}.
   *
   * @param epochMillis of the brokers' clocks
   */
  public static OffsetSpec timestamp(long epochMillis) {
    return new OffsetSpec(StartingOffsets.timestamp(epochMillis));
  }

  StartingOffsets offsets() {
    return offsets;
  }

  @Override
  public String toString() {
    return offsets.toString();
  }
}
