package io.fluss.acl;

import io.fluss.FlussException;
import java.util.Optional;
import javax.annotation.Nullable;
import org.apache.flink.annotation.PublicEvolving;

/** Kafka refused something for lack of a right; the message names the right and who lacks it. */
@PublicEvolving
public final class AccessRefusedException extends FlussException {

  private static final long serialVersionUID = 1L;

  private final transient MissingRight missing;

  public AccessRefusedException(String failed, MissingRight missing, @Nullable Throwable cause) {
    super(failed + ": " + missing.text(), cause);
    this.missing = missing;
  }

  /** The right; empty where this came from another process. */
  public Optional<MissingRight> missing() {
    return Optional.ofNullable(missing);
  }
}
