package io.fluss.format;

import javax.annotation.Nullable;

/**
 * Stored bytes are damaged: cut short, or in contradiction with themselves or with the schema they
 * are read with. Reading them again gives the same result, so it is not worth a retry.
 */
public final class CorruptBatchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CorruptBatchException(String message) {
    this(message, null);
  }

  public CorruptBatchException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
