package io.fluss.topic;

import io.fluss.FlussException;

/** A topic is not what the table's record says; nothing was changed. */
public final class TopicConflictException extends FlussException {

  private static final long serialVersionUID = 1L;

  public TopicConflictException(String message) {
    super(message);
  }
}
