package io.fluss.lake;

import io.fluss.FlussException;
import javax.annotation.Nullable;

/**
 * A commit may or may not have taken effect; its files must not be deleted before that is known.
 */
public final class LakeCommitUnknownException extends FlussException {

  private static final long serialVersionUID = 1L;

  public LakeCommitUnknownException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
