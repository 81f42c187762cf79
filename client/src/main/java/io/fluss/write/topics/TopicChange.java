package io.fluss.write.topics;

import io.fluss.write.WriteFailedException;
import java.util.Optional;

/** A check has found that topics of a writer are gone, or others under the same names. */
public interface TopicChange {

  /**
   * Takes note of it. The writer's thread.
   *
   * @throws WriteFailedException where rows may have gone elsewhere
   */
  void apply();

  /**
   * What {@link #apply} would throw. Any thread: for writers whose own thread is held up, most
   * likely by a producer that looks for the topic.
   */
  Optional<WriteFailedException> failure();
}
