package io.fluss.source.reader;

import io.fluss.read.LogBatch;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A bucket on the way to its rows. Fetcher thread. */
sealed interface BucketWork extends AutoCloseable permits FoldWork, UnionWork {

  /** What has to be done next. */
  enum Step {
    /** Records of the log have to be added. */
    RECORDS,
    /** The lake has to be read, by the task thread. */
    LAKE,
    /** The task thread has to have read the lake. */
    LAKE_READ,
    /** Rows can be taken. */
    ROWS
  }

  Step step();

  void add(ConsumerRecord<byte[], byte[]> record);

  /** All records have been added. */
  void endOfRecords();

  /** The next rows, empty where there are none left. */
  Optional<LogBatch> next();

  @Override
  void close();
}
