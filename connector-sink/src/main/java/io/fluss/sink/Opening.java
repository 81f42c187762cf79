package io.fluss.sink;

import io.fluss.read.LogGoneException;
import io.fluss.read.LogTopic;
import io.fluss.write.TopicLimits;
import io.fluss.write.WriteFailedException;
import java.io.IOException;

/** What a writer asks the brokers when it opens. */
final class Opening {

  private Opening() {}

  /**
   * What the table's topic takes.
   *
   * @throws WriteFailedException where the topic is missing or is not the table's
   */
  static TopicLimits limits(TableSinkConfig config) throws IOException {
    requireTopicOfTable(config);
    try {
      return TopicLimits.ofTopic(config.table(), config.client());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while opening table '" + config.table().path() + "'", e);
    }
  }

  private static void requireTopicOfTable(TableSinkConfig config) {
    try (LogTopic topic = LogTopic.open(config.table(), config.client())) {
      topic.buckets();
    } catch (LogGoneException e) {
      throw new WriteFailedException(
          "Cannot write to table '" + config.table().path() + "': " + e.getMessage(), e);
    }
  }
}
