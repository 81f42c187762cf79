package io.fluss.merge;

import io.fluss.FlussException;

/** Records that do not fit into memory cannot be written to disk or read back from there. */
public final class SpillFailedException extends FlussException {

  private static final long serialVersionUID = 1L;

  SpillFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
