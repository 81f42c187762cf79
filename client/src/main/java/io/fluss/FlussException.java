package io.fluss;

import org.apache.flink.annotation.PublicEvolving;

/** What this project throws when it cannot do what was asked; the message says what to do. */
@PublicEvolving
public class FlussException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public FlussException(String message) {
    super(message);
  }

  public FlussException(String message, Throwable cause) {
    super(message, cause);
  }
}
