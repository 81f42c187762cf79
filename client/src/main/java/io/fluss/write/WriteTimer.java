package io.fluss.write;

/**
 * One alarm clock of a gatherer. It calls {@link LogBatchGatherer#onTimer()} on the writer's
 * thread, not before the time asked for. At most one alarm is asked for at a time.
 */
@FunctionalInterface
public interface WriteTimer {

  /** Asks for a call at {@code timeMillis}; a time that has passed means as soon as possible. */
  void wakeAt(long timeMillis);

  /** Never calls: batches are sealed for other reasons only. */
  static WriteTimer never() {
    return timeMillis -> {};
  }
}
