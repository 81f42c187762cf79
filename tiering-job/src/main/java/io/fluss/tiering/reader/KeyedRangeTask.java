package io.fluss.tiering.reader;

import io.fluss.lake.LakeBucket;
import io.fluss.lake.LakeStorage;
import io.fluss.lake.LakeUpserter;
import io.fluss.merge.BucketFold;
import io.fluss.merge.FoldedRows;
import io.fluss.merge.SpillFailedException;
import io.fluss.merge.TombstoneHorizon;
import io.fluss.options.MergeEngine;
import io.fluss.read.KeyedProjections;
import io.fluss.read.KeyedRecords;
import io.fluss.read.Selection;
import io.fluss.table.SchemaHistory;
import io.fluss.table.TableInfo;
import io.fluss.tiering.fold.Change;
import io.fluss.tiering.fold.KeyFilter;
import io.fluss.tiering.fold.NetChanges;
import io.fluss.tiering.fold.OpenDeletes;
import io.fluss.tiering.split.RangeDone;
import io.fluss.tiering.split.RangeSplit;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import javax.annotation.Nullable;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What a range of a primary-key table has made of its keys: each comes once, as a row or as a
 * delete.
 *
 * <pre>
 *   last row, no column sets:  range -> fold -> lake
 *   others:                    range -> its keys, and where it may end
 *                              log from its start to there, those keys only -> fold -> lake
 * </pre>
 *
 * <p>The second way reads the log of the bucket anew in each round, since only all records of a key
 * tell its row.
 */
final class KeyedRangeTask implements RangeTask {

  /** Rows between looks at whether they are still wanted. */
  private static final int ROWS_PER_CHECK = 4096;

  private final RangeSplit split;
  private final TableInfo table;
  private final LakeStorage storage;
  private final BucketReader reader;
  private final KeyedRecords own;
  private final BucketFold fold;
  private final Path directory;

  /** Null where deletes are kept for good. */
  @Nullable private final TombstoneHorizon horizon;

  private final Clock clock = Clock.systemUTC();
  private long rows;
  private long lakeBytes;

  KeyedRangeTask(
      RangeSplit split,
      LakeStorage storage,
      BucketReader reader,
      long memoryBytes,
      Path directory) {
    this.split = split;
    this.table = split.table();
    this.storage = storage;
    this.reader = reader;
    this.own = KeyedRecords.of(table);
    this.directory = directory;
    this.horizon =
        table.mergeEngine() == MergeEngine.LAST_ROW
            ? TombstoneHorizon.ofCompacted(
                table.path(), reader.tombstoneRetention(split), split.safeTimeMillis())
            : null;
    this.fold =
        new BucketFold(
            "bucket " + split.bucket() + " of table '" + table.path() + "'",
            NetChanges.of(table),
            memoryBytes,
            directory);
  }

  @Override
  public RangeDone run() {
    try (fold) {
      RangeRead read = NetChanges.needRangeOnly(table) ? foldRange() : foldKeysOfRange();
      reader.requireSameTopic(split);
      byte[] written = read.next() == split.start() ? null : write(read);
      return new RangeDone(
          split.round(),
          split.index(),
          read.next(),
          written,
          rows,
          read.bytes(),
          lakeBytes,
          read.maxTimestampMillis(),
          read.lastTimestampMillis());
    }
  }

  private RangeRead foldRange() {
    return readRange(r -> add(r, true));
  }

  private RangeRead foldKeysOfRange() {
    KeyFilter keys = KeyFilter.of(split.end() - split.start());
    OpenDeletes deletes = new OpenDeletes();
    RangeRead read =
        readRange(
            r -> {
              keys.add(r.key());
              deletes.record(r.key(), r.value(), r.offset(), r.timestamp());
            });
    RangeRead cut = cut(read, open(read, deletes));
    if (cut.next() > split.start()) {
      reader.read(
          split,
          reader.logStart(split),
          cut.next(),
          BucketReader.TO_THE_END,
          r -> {
            boolean inRange = r.offset() >= split.start();
            if (isOwn(r) && (inRange || keys.mayContain(r.key()))) {
              add(r, inRange);
            }
          });
    }
    return cut;
  }

  /**
   * The delete that the range ends within. Its age is measured by the last record that was read: in
   * a log that is read long after it was written, its tombstones are to come all the same. Only
   * where there is nothing behind the range does the clock tell.
   */
  private Optional<OpenDeletes.Marker> open(RangeRead read, OpenDeletes deletes) {
    if (deletes.isEmpty()) {
      return Optional.empty();
    }
    long now = clock.millis();
    boolean wholeLog = read.next() >= split.end() && reader.logEnd(split) <= split.end();
    long until = wholeLog ? now : read.lastTimestampMillis();
    Optional<OpenDeletes.Marker> open = deletes.oldest(until, split.start());
    boolean first = open.filter(m -> m.offset() == split.start()).isPresent();
    if (first && now - open.get().timestampMillis() >= OpenDeletes.PATIENCE.toMillis()) {
      // The range would be read again and again, and never more of it.
      return deletes.oldest(until, split.start() + 1);
    }
    return open;
  }

  /** The range does not end within a delete; it then has nothing that was appended after it. */
  private static RangeRead cut(RangeRead read, Optional<OpenDeletes.Marker> open) {
    return open.map(
            marker ->
                new RangeRead(
                    marker.offset(),
                    read.bytes(),
                    Math.min(read.maxTimestampMillis(), marker.timestampMillis()),
                    marker.timestampMillis()))
        .orElse(read);
  }

  private RangeRead readRange(RangeTakerBody body) {
    return reader.read(
        split,
        split.start(),
        split.end(),
        RangeTask.bound(split),
        new RecordTaker() {
          @Override
          public void fetched(ConsumerRecord<byte[], byte[]> first) {
            if (horizon != null) {
              if (first.offset() == split.start()) {
                // Nothing before it is missing, and all that follows was appended later.
                horizon.recordRead(first.timestamp());
              }
              horizon.check(clock.millis());
            }
          }

          @Override
          public void take(ConsumerRecord<byte[], byte[]> record) {
            if (horizon != null) {
              horizon.recordRead(record.timestamp());
            }
            if (isOwn(record)) {
              body.take(record);
            }
          }
        });
  }

  /** What is done with each record of the range. */
  @FunctionalInterface
  private interface RangeTakerBody {

    void take(ConsumerRecord<byte[], byte[]> record);
  }

  private boolean isOwn(ConsumerRecord<byte[], byte[]> record) {
    return own.wants(record);
  }

  private void add(ConsumerRecord<byte[], byte[]> record, boolean inRange) {
    try {
      fold.add(
          record.key(), Change.of(record.value(), inRange, record.offset(), record.timestamp()));
    } catch (SpillFailedException e) {
      throw e;
    } catch (RuntimeException e) {
      throw own.unreadable(record, e);
    }
  }

  /**
   * Null where no record was read. Where records have changed nothing, as those that a merge engine
   * ignores, what is written holds no row: it moves the offsets, so that they are not read again.
   */
  @Nullable
  private byte[] write(RangeRead read) {
    FoldedRows changes = fold.rows();
    boolean changed = changes.next();
    if (!changed && read.maxTimestampMillis() < 0) {
      return null;
    }
    KeyedProjections projections =
        KeyedProjections.of(
            table, SchemaHistory.of(table), (Selection.Fields) Selection.all(table.rowType()));
    LakeBucket bucket = new LakeBucket(split.partition(), split.bucket());
    try (LakeUpserter upserter = storage.upserter(table, bucket, directory)) {
      for (; changed; changed = changes.next()) {
        write(upserter, projections, changes.key(), changes.row());
        rows++;
        if (rows % ROWS_PER_CHECK == 0) {
          reader.requireNotCancelled();
        }
      }
      byte[] written = upserter.finish();
      lakeBytes = upserter.bytesWritten();
      return written;
    }
  }

  private static void write(
      LakeUpserter upserter, KeyedProjections projections, byte[] key, byte[] change) {
    long offset = Change.offset(change);
    long timestamp = Change.timestampMillis(change);
    byte[] value = Change.value(change);
    if (value == null) {
      upserter.delete(projections.of(null).foldedDelete(key), offset, timestamp);
    } else {
      upserter.upsert(projections.of(value).foldedRow(key, value), offset, timestamp);
    }
  }
}
