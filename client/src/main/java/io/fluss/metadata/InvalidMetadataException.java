package io.fluss.metadata;

import io.fluss.FlussException;

/** A metadata record that is corrupt or of a version this software does not read. */
public final class InvalidMetadataException extends FlussException {

  private static final long serialVersionUID = 1L;

  public InvalidMetadataException(String message) {
    super(message);
  }

  public InvalidMetadataException(String message, Throwable cause) {
    super(message, cause);
  }
}
