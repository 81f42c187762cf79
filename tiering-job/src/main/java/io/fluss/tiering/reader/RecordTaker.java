package io.fluss.tiering.reader;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Is given the records of a range, in the order of the log. */
interface RecordTaker {

  /** Records were fetched, of which this is the first; it is given to {@link #take} next. */
  default void fetched(ConsumerRecord<byte[], byte[]> first) {
    // most have no use for it
  }

  void take(ConsumerRecord<byte[], byte[]> record);
}
