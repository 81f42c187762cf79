package io.fluss.format.batch;

import io.fluss.format.UnsupportedFormatException;
import java.util.Arrays;

/** What the value of the Kafka record is. */
public enum BodyKind {
  /** One encapsulated Arrow IPC record batch message. */
  ARROW(1),

  /**
   * The same message without compressed buffers, as one zstd frame: what a batch of few rows takes,
   * whose message is mostly metadata.
   */
  ARROW_ZSTD(2);

  private final int id;

  BodyKind(int id) {
    this.id = id;
  }

  /** The byte that stands for this kind in the header. */
  public int id() {
    return id;
  }

  static BodyKind of(int id) {
    for (BodyKind kind : values()) {
      if (kind.id == id) {
        return kind;
      }
    }
    throw new UnsupportedFormatException(
        "Cannot read batch: its body kind is "
            + id
            + ", supported here: "
            + Arrays.toString(values())
            + ". Read it with a newer version.");
  }
}
