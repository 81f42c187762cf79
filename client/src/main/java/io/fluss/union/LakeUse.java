package io.fluss.union;

import io.fluss.lake.LakeSettings;
import io.fluss.read.LogScan;
import io.fluss.read.StartingOffsets;
import io.fluss.read.StoppingOffsets;
import java.io.Serializable;
import java.util.Optional;

/** What a read takes from the lake of its table. May hold secrets, in the settings. */
public sealed interface LakeUse extends Serializable {

  /** Nothing: the log alone is read. */
  static LakeUse none() {
    return new None();
  }

  /**
   * The rows of the lake, and the log from where these end: where the table is kept in a lake, and
   * the read is one of all rows up to now or for ever. Other reads are of the log alone, for only
   * the log knows what was when.
   *
   * @param inOrder whether the rows of each bucket that are in the lake come before those of its
   *     log; otherwise they come as fast as they can
   */
  static LakeUse beforeLog(LakeSettings lakes, boolean inOrder, LogScan scan) {
    return wantsAllRows(scan) ? new BeforeLog(lakes, inOrder) : none();
  }

  /**
   * The rows of partitions that the log has not any more, beside the whole log of all others: for
   * reads that need every record of a key. Of the same tables and reads as {@link #beforeLog}.
   */
  static LakeUse ofGonePartitions(LakeSettings lakes, LogScan scan) {
    return scan.table().isPartitioned() && wantsAllRows(scan) ? new GonePartitions(lakes) : none();
  }

  private static boolean wantsAllRows(LogScan scan) {
    return scan.table().lakeFormat().isPresent()
        && scan.start() instanceof StartingOffsets.Full
        && !(scan.stop() instanceof StoppingOffsets.Timestamp);
  }

  /** The rows of the lake and nothing else. */
  static LakeUse alone(LakeSettings lakes) {
    return new Alone(lakes);
  }

  /** Where the lake is; empty where it is not read. */
  Optional<LakeSettings> settings();

  /** See {@link LakeUse#none}. */
  record None() implements LakeUse {

    @Override
    public Optional<LakeSettings> settings() {
      return Optional.empty();
    }
  }

  /** See {@link LakeUse#beforeLog}. */
  record BeforeLog(LakeSettings lakes, boolean inOrder) implements LakeUse {

    @Override
    public Optional<LakeSettings> settings() {
      return Optional.of(lakes);
    }
  }

  /** See {@link LakeUse#ofGonePartitions}. */
  record GonePartitions(LakeSettings lakes) implements LakeUse {

    @Override
    public Optional<LakeSettings> settings() {
      return Optional.of(lakes);
    }
  }

  /** See {@link LakeUse#alone}. */
  record Alone(LakeSettings lakes) implements LakeUse {

    @Override
    public Optional<LakeSettings> settings() {
      return Optional.of(lakes);
    }
  }
}
