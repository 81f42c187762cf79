package io.fluss.lake.iceberg;

import io.fluss.FlussException;
import io.fluss.lake.FailureReason;
import io.fluss.lake.LakeFileGoneException;
import org.apache.iceberg.exceptions.NotFoundException;

/** Failures of Iceberg, its catalogs and its files, in sentences. Pure functions. */
final class Failures {

  private Failures() {}

  /**
   * The failure with what it means; as it is where it says that already.
   *
   * @param what failed: {@code Lake table 'shop.orders' cannot be read}
   */
  static FlussException of(String what, Exception failure) {
    return failure instanceof FlussException known
        ? known
        : new FlussException(what + ": " + FailureReason.of(failure), failure);
  }

  /**
   * A failure to read a snapshot of a lake table.
   *
   * @param table its name
   */
  static FlussException ofRead(String table, Exception failure) {
    return failure instanceof NotFoundException || LakeFileGoneException.isReasonOf(failure)
        ? LakeFileGoneException.of(table, "iceberg.history.expire.max-snapshot-age-ms", failure)
        : of("Lake table '" + table + "' cannot be read", failure);
  }
}
