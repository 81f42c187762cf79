package io.fluss.write;

/**
 * Learns what became of something that was written: a row, or all rows of one batch. Told once, on
 * whichever thread learns of it, which may be Kafka's I/O thread; must return at once.
 */
public interface WriteOutcome {

  /**
   * It is in the log.
   *
   * @param offset of the Kafka record that it is in, the last one where it took several
   */
  void written(String topic, int bucket, long offset);

  /** It is not known to be in the log. */
  void failed(WriteFailedException why);
}
