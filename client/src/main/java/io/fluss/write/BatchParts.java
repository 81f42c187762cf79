package io.fluss.write;

/**
 * The records that one batch becomes, of which there are several where it does not fit into one:
 * the outcome of the batch is known once that of each of them is.
 */
final class BatchParts implements WriteOutcome {

  private final WriteOutcome batch;

  /** Records on their way, and one for the batch as long as more may follow. */
  private int missing = 1;

  private String topic = "";
  private int bucket;
  private long lastOffset = -1;

  BatchParts(WriteOutcome batch) {
    this.batch = batch;
  }

  WriteOutcome batch() {
    return batch;
  }

  /** To be called before each record is sent. */
  synchronized void sending() {
    missing++;
  }

  /** The last one was not sent after all. */
  synchronized void notSent() {
    missing--;
  }

  /** No record follows. */
  void sealed() {
    arrived();
  }

  @Override
  public void written(String itsTopic, int itsBucket, long offset) {
    synchronized (this) {
      topic = itsTopic;
      bucket = itsBucket;
      lastOffset = Math.max(lastOffset, offset);
    }
    arrived();
  }

  private void arrived() {
    boolean last;
    synchronized (this) {
      missing--;
      last = missing == 0;
    }
    if (last) {
      batch.written(topic, bucket, lastOffset);
    }
  }

  /** Whatever becomes of the other records. */
  @Override
  public void failed(WriteFailedException why) {
    batch.failed(why);
  }
}
