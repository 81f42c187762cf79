package io.fluss.write;

import io.fluss.FlussException;
import org.apache.flink.annotation.PublicEvolving;

/** A batch did not reach the log; none of the rows after it may count as written. */
@PublicEvolving
public final class WriteFailedException extends FlussException {

  private static final long serialVersionUID = 1L;

  public WriteFailedException(String message) {
    super(message);
  }

  public WriteFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
