package io.fluss.lake.paimon;

import io.fluss.FlussException;
import io.fluss.lake.FailureReason;
import io.fluss.lake.LakeFileGoneException;

/** What Paimon throws, made readable: it wraps the reason several times. */
final class PaimonFailure {

  private PaimonFailure() {}

  /**
   * A failure that says what was done and why it failed. What was ours from the start stays as it
   * is.
   *
   * @param what was done, as the begin of a sentence
   */
  static FlussException of(String what, Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof FlussException ours) {
        return ours;
      }
    }
    return new FlussException(what + ": " + FailureReason.of(failure), failure);
  }

  /**
   * A failure to read a snapshot of a lake table.
   *
   * @param table its name
   */
  static FlussException ofRead(String table, Throwable failure) {
    return LakeFileGoneException.isReasonOf(failure)
        ? LakeFileGoneException.of(table, "paimon.snapshot.time-retained", failure)
        : of("Lake table '" + table + "' cannot be read", failure);
  }
}
