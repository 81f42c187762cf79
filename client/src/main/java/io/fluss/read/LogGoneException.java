package io.fluss.read;

import io.fluss.FlussException;

/**
 * The topic of a table is missing, or is another one under the same name. Retrying does not help.
 */
public final class LogGoneException extends FlussException {

  private static final long serialVersionUID = 1L;

  LogGoneException(String message) {
    super(message);
  }
}
