package io.fluss.write;

/**
 * Brings sealed batches to the log. Called by the writer's thread; batches of one bucket of a topic
 * are sent in the order given.
 *
 * <p>A batch may fail after {@link #send} has returned. The first such failure is kept, and every
 * later call of {@code send}, {@link #flush} or {@link #awaitAck} throws it.
 */
public interface BatchSender extends AutoCloseable {

  /**
   * Hands over a batch; returns before it is in the log.
   *
   * @throws WriteFailedException where this or an earlier batch failed
   * @throws InterruptedException where the batch was not sent, and nothing is told of it
   */
  void send(SealedBatch batch) throws InterruptedException;

  /**
   * As {@link #send(SealedBatch)}, and tells what became of the batch, before {@link #flush}
   * returns. A sender that does not learn of it tells nothing.
   */
  default void send(SealedBatch batch, WriteOutcome outcome) throws InterruptedException {
    send(batch);
  }

  /** Returns once every batch given is in the log, or throws WriteFailedException. */
  void flush() throws InterruptedException;

  /** Memory held by batches on their way. A sender that bounds its memory itself says 0. */
  long inFlightBytes();

  /** Batches of a bucket of this topic on their way, as far as the sender knows. */
  int inFlightBatches(String topic, int bucket);

  /** Waits until at least one of the batches now on their way has arrived or failed. */
  void awaitAck() throws InterruptedException;

  /** Gives up what is still on its way: callers flush first where it matters. */
  @Override
  void close();
}
