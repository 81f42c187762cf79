package io.fluss.topic;

import io.fluss.FlussException;

/** Kafka refused to create a topic, and would again: it does not exist. */
public final class TopicRefusedException extends FlussException {

  private static final long serialVersionUID = 1L;

  public TopicRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
