package io.fluss.lake.iceberg;

import io.fluss.FlussException;

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
        : new FlussException(what + ": " + failure.getMessage(), failure);
  }
}
