package io.fluss.client.scan;

import io.fluss.FlussException;
import org.apache.flink.annotation.PublicEvolving;

/** A poll ended because somebody called {@code wakeup()}. Nothing was lost: poll again. */
@PublicEvolving
public final class WakeupException extends FlussException {

  private static final long serialVersionUID = 1L;

  WakeupException() {
    super("The scanner was woken up.");
  }
}
