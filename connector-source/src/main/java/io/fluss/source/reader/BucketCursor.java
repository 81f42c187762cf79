package io.fluss.source.reader;

import io.fluss.merge.TombstoneHorizon;
import io.fluss.merge.TombstonesGoneException;
import io.fluss.read.LogBatch;
import io.fluss.read.LogGapException;
import io.fluss.read.LogPosition;
import io.fluss.source.split.LogSplit;
import io.fluss.table.TableInfo;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Where fetching stands in one split. Belongs to the fetcher thread. */
final class BucketCursor {

  private final TableInfo table;
  private final LogSplit split;
  private final TombstoneHorizon horizon;
  private boolean pastFirstBatch;

  /**
   * @param horizon of the split's safe time
   */
  BucketCursor(TableInfo table, LogSplit split, TombstoneHorizon horizon) {
    this.table = table;
    this.split = split;
    this.horizon = horizon;
    this.pastFirstBatch = split.position().rowsRead() == 0;
  }

  LogSplit split() {
    return split;
  }

  /**
   * The records that lie before the end of the split.
   *
   * @throws TombstonesGoneException where deletes may be missing among them
   */
  List<ConsumerRecord<byte[], byte[]>> wanted(
      List<ConsumerRecord<byte[], byte[]>> records, long fetchedAtMillis) {
    requireAllDeletes(fetchedAtMillis);
    int end = records.size();
    while (end > 0 && split.endsAt(records.get(end - 1).offset())) {
      end--;
    }
    if (end > 0) {
      horizon.recordRead(records.get(end - 1).timestamp());
    }
    return records.subList(0, end);
  }

  /**
   * To be called with what was read before it is used.
   *
   * @throws TombstonesGoneException where deletes may be missing from it
   */
  void requireAllDeletes(long nowMillis) {
    horizon.check(nowMillis);
  }

  /** At this time the log ended where the reading stands. */
  void caughtUp(long epochMillis) {
    horizon.caughtUp(epochMillis);
  }

  /**
   * The rows of a batch that are wanted: none of one that is excluded; otherwise all, except in the
   * first batch of a split that was restored in the middle of it.
   *
   * @throws LogGapException where the batch of the restored position is not the one found
   */
  RowSlice wanted(LogBatch batch) {
    int from = pastFirstBatch ? 0 : firstRow(batch);
    pastFirstBatch = true;
    int to = batch.rows().rowCount();
    return new RowSlice(batch, batch.excluded() ? to : from, to);
  }

  private int firstRow(LogBatch batch) {
    LogPosition position = split.position();
    long offset = batch.places().offset(0);
    if (offset != position.offset() || position.rowsRead() > batch.rows().rowCount()) {
      throw LogGapException.batchMissing(table, batch.bucket(), position, offset);
    }
    return position.rowsRead();
  }
}
