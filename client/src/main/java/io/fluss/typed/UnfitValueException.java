package io.fluss.typed;

import io.fluss.FlussException;

/** A value that its column or its field cannot hold. */
public final class UnfitValueException extends FlussException {

  private static final long serialVersionUID = 1L;

  UnfitValueException(String message) {
    super(message);
  }
}
