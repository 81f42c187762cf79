package io.fluss.client.scan;

import java.time.Duration;
import javax.annotation.Nullable;

/** A part of what a batch scanner reads. One thread. */
interface BatchRead extends AutoCloseable {

  /**
   * Goes on reading for about as long as the timeout says.
   *
   * @return rows, or none so far; null where all were read
   */
  @Nullable
  RowBatch next(Duration timeout);

  @Override
  void close();
}
