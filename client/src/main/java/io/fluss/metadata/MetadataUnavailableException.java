package io.fluss.metadata;

import io.fluss.FlussException;
import javax.annotation.Nullable;

/**
 * Metadata could not be read or changed in time. A change may or may not have taken effect; doing
 * the same again is safe.
 */
public final class MetadataUnavailableException extends FlussException {

  private static final long serialVersionUID = 1L;

  public MetadataUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
