package io.fluss.write;

/** Learns what became of batches, on Kafka's I/O thread; must return at once. */
public interface SendListener {

  /** A batch is in the log. */
  void acked();

  /** A batch has failed, for the first time; the sender's next call throws why. */
  void failed();

  /** Listens to nothing. */
  static SendListener none() {
    return new SendListener() {
      @Override
      public void acked() {}

      @Override
      public void failed() {}
    };
  }
}
