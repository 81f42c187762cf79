package io.fluss.read;

import io.fluss.FlussException;
import org.apache.flink.annotation.PublicEvolving;

/** A record in a table's log that this software cannot read as rows of the table. */
@PublicEvolving
public final class CorruptLogException extends FlussException {

  private static final long serialVersionUID = 1L;

  CorruptLogException(String message, Throwable cause) {
    super(message, cause);
  }

  CorruptLogException(String message) {
    super(message);
  }
}
