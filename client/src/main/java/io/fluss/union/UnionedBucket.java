package io.fluss.union;

import io.fluss.format.bytes.ByteScratch;
import io.fluss.format.key.ColumnSets;
import io.fluss.format.keyed.KeyedSchema;
import io.fluss.format.row.RowEncoder;
import io.fluss.merge.BucketFold;
import io.fluss.merge.KeySet;
import io.fluss.options.MergeEngine;
import io.fluss.read.FoldedBucket;
import io.fluss.read.LogBatch;
import io.fluss.read.LogPosition;
import io.fluss.read.LogScan;
import io.fluss.table.TableInfo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.annotation.Nullable;
import org.apache.flink.table.data.RowData;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * One bucket of a primary-key table on its way to its rows, of which some are in a lake, as they
 * were at an offset of the log, and the log tells the rest from there:
 *
 * <pre>
 *   1. addFresh        each record of the log, in order; then endFresh
 *   2. passes          each row of the lake: true, it is as it was; false, the log may say more of it
 *   3. readsAgain      where true: addAgain, each record of the log once more
 *   4. next            the rows that the log says something of
 * </pre>
 *
 * <p><b>Why that is exact, whatever the merge engine.</b> A row of the lake is what its key's
 * records before the offset come to. So a fold that begins with it, as a record of the whole row,
 * and goes on with the records behind the offset comes to what the fold of all records does; and a
 * key without such records has the row that the lake has. Where the last record of a key is its
 * row, the fold does not even need the lake's: those rows are passed over.
 *
 * <p><b>Rows of a former topic</b> are what the lake has of a partition that was dropped and
 * created again, before the new one is in the lake, or among which there may be such. They are no
 * part of what the new one's log says: a key that is in the log, which then is read from its
 * beginning, is what the log alone comes to, a row or none, as the next round of tiering will have
 * it; other keys keep the row that the lake has.
 *
 * <p>Memory is bounded: the keys of the log's records by a {@link KeySet}, which at worst takes
 * rows for changed that are not, so that they go through the fold; the records themselves are kept
 * for the fold only while they are few, otherwise they are read again; the fold spills.
 *
 * <p>Used by one thread after the other, with a handover between them.
 */
public final class UnionedBucket implements AutoCloseable {

  /** What a record takes beside its key and value, about. */
  private static final int RECORD_BYTES = 200;

  private final LogScan scan;
  private final int bucket;
  private final LogPosition start;
  private final boolean ofFormerTopic;
  private final long memoryBytes;
  private final Path directory;
  private final boolean lastRow;
  private final KeySet fresh;
  private final List<ConsumerRecord<byte[], byte[]>> kept = new ArrayList<>();
  private final long keptLimit;
  private final RowEncoder encoder;
  private FoldedBucket fold;

  /**
   * Rows of a former topic whose keys may be in the log, until all of these are known; null where
   * there are none.
   */
  @Nullable private FoldedBucket former;

  private long keptBytes;
  private boolean readsAgain;

  /**
   * @param scan a read that folds its buckets
   * @param start where the log goes on
   * @param ofFormerTopic whether the rows of the lake are those of a former topic
   * @param memoryBytes for all of it
   * @param directory an existing directory for what does not fit into memory
   */
  public UnionedBucket(
      LogScan scan,
      int bucket,
      LogPosition start,
      boolean ofFormerTopic,
      long memoryBytes,
      Path directory) {
    TableInfo table = scan.table();
    this.scan = scan;
    this.bucket = bucket;
    this.start = start;
    this.ofFormerTopic = ofFormerTopic;
    this.memoryBytes = memoryBytes;
    this.directory = directory;
    this.lastRow = table.mergeEngine() == MergeEngine.LAST_ROW && table.columnSets().isEmpty();
    this.keptLimit = memoryBytes / 4;
    this.fresh = new KeySet(lastRow ? memoryBytes / 2 : memoryBytes / 4);
    this.encoder = KeyedSchema.of(table).rowEncoder();
    this.fold = newFold();
  }

  private FoldedBucket newFold() {
    long memory = Math.max(BucketFold.MIN_MEMORY_BYTES, memoryBytes / 2);
    return FoldedBucket.open(scan, bucket, start, memory, directory);
  }

  // ---------------------------------------------------------------------------------- 1: the log

  /**
   * Takes the next record of the log.
   *
   * @throws io.fluss.read.CorruptLogException where it is not one of this table that we can read
   */
  public void addFresh(ConsumerRecord<byte[], byte[]> record) {
    if (!fold.wants(record)) {
      return;
    }
    fresh.add(record.key(), ColumnSets.BYTES);
    if (!lastRow) {
      keep(record);
    } else if (fresh.isExact()) {
      fold.addWanted(record);
    } else if (!readsAgain) {
      readsAgain = true;
      fold.close();
      fold = newFold();
    }
  }

  private void keep(ConsumerRecord<byte[], byte[]> record) {
    keptBytes +=
        RECORD_BYTES
            + Math.max(0, record.serializedKeySize())
            + Math.max(0, record.serializedValueSize());
    if (keptBytes <= keptLimit) {
      kept.add(record);
    } else {
      kept.clear();
      readsAgain = true;
    }
  }

  // --------------------------------------------------------------------------------- 2: the lake

  /**
   * What has to be read of the lake.
   *
   * @param wanted columns that the rows which pass have to have
   */
  public LakeColumns columns(LakeColumns wanted) {
    if (beginsWithLake()) {
      return wanted.andAll();
    }
    return looksAtKeys() ? wanted.andKey() : wanted;
  }

  private boolean looksAtKeys() {
    return !fresh.isEmpty() || scan.keys().prefix().length > 0;
  }

  /** Whether the fold needs the rows of the lake. */
  private boolean beginsWithLake() {
    return !fresh.isEmpty() && (!lastRow && !ofFormerTopic || !fresh.isExact());
  }

  /**
   * Takes a row of the lake.
   *
   * @param rows of {@link #columns}
   * @return whether the row is one of the table as it is; otherwise it comes out of the fold, if at
   *     all
   */
  public boolean passes(RowData row, LakeRows rows) {
    if (!looksAtKeys()) {
      return true;
    }
    ByteScratch key = rows.key(row);
    if (!scan.keys().contains(key.bytes(), 0, key.size())) {
      return false;
    }
    if (!fresh.mayContain(key.bytes(), 0, key.size())) {
      return true;
    }
    if (beginsWithLake()) {
      FoldedBucket into = ofFormerTopic && !lastRow ? former() : fold;
      into.begin(
          LakeRows.recordKey(key),
          encoder.encode(row),
          rows.offset(row),
          rows.timestampMillis(row));
    }
    return false;
  }

  private FoldedBucket former() {
    if (former == null) {
      long memory = Math.max(BucketFold.MIN_MEMORY_BYTES, memoryBytes / 4);
      former = FoldedBucket.ofRows(scan, bucket, start, memory, directory);
    }
    return former;
  }

  // ---------------------------------------------------------------------------- 3: the log again

  /** Whether the records of the log have to be given once more. */
  public boolean readsAgain() {
    return readsAgain;
  }

  /** Takes the next record of the log once more, behind the rows of the lake. */
  public void addAgain(ConsumerRecord<byte[], byte[]> record) {
    if (fold.wants(record)) {
      addToFold(record);
    }
  }

  private void addToFold(ConsumerRecord<byte[], byte[]> record) {
    fold.addWanted(record);
    if (former != null) {
      byte[] key = record.key().clone();
      key[0] = ColumnSets.FULL_ROW;
      former.forget(key);
    }
  }

  // ---------------------------------------------------------------------------------- 4: the rows

  /**
   * The next rows that the log says something of; empty when all have been taken. From the first
   * call on, nothing can be added.
   */
  public Optional<LogBatch> next() {
    kept.forEach(this::addToFold);
    kept.clear();
    Optional<LogBatch> rows = fold.next();
    return rows.isEmpty() && former != null ? former.next() : rows;
  }

  @Override
  public void close() {
    kept.clear();
    try {
      fold.close();
    } finally {
      if (former != null) {
        former.close();
      }
    }
  }
}
