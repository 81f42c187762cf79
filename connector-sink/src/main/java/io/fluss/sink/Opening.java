package io.fluss.sink;

import io.fluss.write.TopicLimits;
import java.io.IOException;

/** What a writer asks the brokers when it opens. */
final class Opening {

  private Opening() {}

  static TopicLimits limits(LogSinkConfig config) throws IOException {
    try {
      return TopicLimits.ofTopic(config.table(), config.client());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while opening table '" + config.table().path() + "'", e);
    }
  }
}
