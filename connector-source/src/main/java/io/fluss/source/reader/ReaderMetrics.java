package io.fluss.source.reader;

import io.fluss.read.LogBatch;
import io.fluss.read.RowPlaces;
import java.util.List;
import java.util.Map;
import javax.annotation.Nullable;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.groups.SourceReaderMetricGroup;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A reader's metrics beyond those that Flink keeps itself.
 *
 * <p>{@code pendingRecords} is an estimate: brokers count their own records, so it is those between
 * the consumer and the end of the log, times the mean number of rows of the records seen so far.
 *
 * <p>Written by the fetcher thread, read by reporters.
 */
final class ReaderMetrics {

  private static final Logger LOG = LoggerFactory.getLogger(ReaderMetrics.class);

  private final Counter bytesIn;
  private final Counter commitsSucceeded;
  private final Counter commitsFailed;
  private final Counter batchesSkipped;
  private volatile long fetchLagMillis;
  private volatile long pendingRows;
  private long records;
  private long rows;

  ReaderMetrics(SourceReaderMetricGroup group) {
    bytesIn = group.getIOMetricGroup().getNumBytesInCounter();
    commitsSucceeded = group.counter("commitsSucceeded");
    commitsFailed = group.counter("commitsFailed");
    batchesSkipped = group.counter("batchesSkipped");
    group.gauge("currentFetchEventTimeLag", () -> fetchLagMillis);
    group.setPendingRecordsGauge(() -> pendingRows);
  }

  /** Notes a batch that was just fetched. */
  void recordBatch(LogBatch batch) {
    RowPlaces places = batch.places();
    int rowCount = batch.rows().rowCount();
    if (batch.excluded()) {
      batchesSkipped.inc();
    }
    note(batch.sizeInBytes(), places.records(), rowCount, places.appendedSinceMillis(rowCount));
  }

  /** Notes records that were just fetched, of which each is a row or less. */
  void recordRecords(List<ConsumerRecord<byte[], byte[]>> fetched) {
    if (fetched.isEmpty()) {
      return;
    }
    int bytes = 0;
    for (ConsumerRecord<byte[], byte[]> record : fetched) {
      bytes += Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize());
    }
    note(bytes, fetched.size(), fetched.size(), fetched.get(fetched.size() - 1).timestamp());
  }

  private void note(int newBytes, int newRecords, int newRows, long lastTimestampMillis) {
    bytesIn.inc(newBytes);
    fetchLagMillis = System.currentTimeMillis() - lastTimestampMillis;
    records += newRecords;
    rows += newRows;
  }

  /** Notes how many records lie between the consumer and the end of its buckets. */
  void recordLag(long lagInRecords) {
    pendingRows = records == 0 ? lagInRecords : (long) ((double) rows / records * lagInRecords);
  }

  /** Counts and logs what becomes of an offset commit, which never fails the job. */
  void recordCommit(Map<TopicPartition, OffsetAndMetadata> offsets, @Nullable Exception failure) {
    if (failure == null) {
      commitsSucceeded.inc();
    } else {
      commitsFailed.inc();
      LOG.warn(
          "Could not commit the offsets {}; the next checkpoint tries again.", offsets, failure);
    }
  }
}
