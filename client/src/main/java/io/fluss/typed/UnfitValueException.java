package io.fluss.typed;

import io.fluss.FlussException;
import org.apache.flink.annotation.PublicEvolving;

/** A value that its column or its field cannot hold. */
@PublicEvolving
public final class UnfitValueException extends FlussException {

  private static final long serialVersionUID = 1L;

  UnfitValueException(String message) {
    super(message);
  }
}
