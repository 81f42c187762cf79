package io.fluss.dist.lake;

import io.fluss.lake.paimon.PaimonLakeFormat;
import io.fluss.testkit.lake.FaultyLakeFormat;

/** {@code faulty-paimon}. */
public final class FaultyPaimon extends FaultyLakeFormat {

  public FaultyPaimon() {
    super(new PaimonLakeFormat());
  }
}
