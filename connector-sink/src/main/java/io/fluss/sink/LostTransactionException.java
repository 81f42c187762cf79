package io.fluss.sink;

import io.fluss.FlussException;

/** A transaction of an exactly-once sink that was aborted before it was committed. */
final class LostTransactionException extends FlussException {

  private static final long serialVersionUID = 1L;

  LostTransactionException(String message, Throwable cause) {
    super(message, cause);
  }
}
