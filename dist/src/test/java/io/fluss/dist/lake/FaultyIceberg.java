package io.fluss.dist.lake;

import io.fluss.lake.iceberg.IcebergFormat;
import io.fluss.testkit.lake.FaultyLakeFormat;

/** {@code faulty-iceberg}. */
public final class FaultyIceberg extends FaultyLakeFormat {

  public FaultyIceberg() {
    super(new IcebergFormat());
  }
}
