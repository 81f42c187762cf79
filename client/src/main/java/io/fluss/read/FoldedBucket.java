package io.fluss.read;

import io.fluss.format.row.ValueHeader;
import io.fluss.format.row.ValueKind;
import io.fluss.merge.BucketFold;
import io.fluss.merge.FoldedRows;
import io.fluss.merge.MergeFunction;
import io.fluss.merge.SpillFailedException;
import io.fluss.options.MergeEngine;
import io.fluss.table.TableInfo;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import javax.annotation.Nullable;
import org.apache.flink.table.data.RowData;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * One bucket of a primary-key table on its way to its rows: first all records of the range are
 * added, in their order, then its rows are taken batch by batch. Owns memory and files until it is
 * closed. One thread.
 */
public final class FoldedBucket implements AutoCloseable {

  /** Few enough to keep whoever takes them responsive. */
  private static final int BATCH_ROWS = 1024;

  /** In place of a row whose columns nobody looks at. */
  private static final byte[] SOME_ROW = new byte[ValueHeader.BYTES];

  static {
    ValueHeader.put(SOME_ROW, ValueKind.ROW, 0);
  }

  private final LogScan scan;
  private final int bucket;
  private final LogPosition start;
  private final KeyedRecords own;
  private final boolean origins;
  private final boolean keepsValues;
  private final BucketFold fold;
  @Nullable private KeyedProjections projections;
  @Nullable private FoldedRows rows;
  private boolean counted;

  private FoldedBucket(
      LogScan scan,
      BucketFolding folding,
      MergeFunction function,
      int bucket,
      LogPosition start,
      long memoryBytes,
      Path directory) {
    TableInfo table = scan.table();
    this.scan = scan;
    this.bucket = bucket;
    this.start = start;
    this.own = new KeyedRecords(table, scan.keys());
    boolean counts = scan.selection() instanceof Selection.RowCounts;
    this.origins = folding.origins() && !counts;
    this.keepsValues =
        !counts || table.mergeEngine() != MergeEngine.LAST_ROW || !table.columnSets().isEmpty();
    this.fold =
        new BucketFold(
            "bucket " + bucket + " of table '" + table.path() + "'",
            origins ? new MergeWithOrigin(function) : function,
            memoryBytes,
            directory);
  }

  /**
   * Begins to fold a bucket.
   *
   * @param scan a read that folds its buckets
   * @param start where the range of the bucket begins
   * @param memoryBytes for keys and values, see {@link BucketFolding#memoryBytes(int)}
   * @param directory an existing directory for what does not fit into memory
   */
  public static FoldedBucket open(
      LogScan scan, int bucket, LogPosition start, long memoryBytes, Path directory) {
    MergeFunction function = MergeFunction.of(scan.table(), scan.schemas());
    return open(scan, function, bucket, start, memoryBytes, directory);
  }

  /**
   * As {@link #open}, of rows that are given with {@link #begin} and taken out with {@link
   * #forget}, and of no records.
   */
  public static FoldedBucket ofRows(
      LogScan scan, int bucket, LogPosition start, long memoryBytes, Path directory) {
    return open(scan, MergeFunction.lastRow(), bucket, start, memoryBytes, directory);
  }

  private static FoldedBucket open(
      LogScan scan,
      MergeFunction function,
      int bucket,
      LogPosition start,
      long memoryBytes,
      Path directory) {
    if (scan.folding() == null) {
      throw new IllegalArgumentException(
          "The read of table '" + scan.table().path() + "' does not fold its buckets.");
    }
    return new FoldedBucket(scan, scan.folding(), function, bucket, start, memoryBytes, directory);
  }

  /**
   * Adds the next record of the bucket.
   *
   * @throws CorruptLogException where it is not one of this table that we can read
   * @throws SpillFailedException where the disk does not take what memory does not
   */
  public void add(ConsumerRecord<byte[], byte[]> record) {
    if (wants(record)) {
      addWanted(record);
    }
  }

  /**
   * Whether the record's key is wanted.
   *
   * @throws CorruptLogException where it is not a record of this table
   */
  public boolean wants(ConsumerRecord<byte[], byte[]> record) {
    return own.wants(record);
  }

  /** As {@link #add}, of a record that {@link #wants} has passed. */
  public void addWanted(ConsumerRecord<byte[], byte[]> record) {
    try {
      fold.add(record.key(), kept(record));
    } catch (SpillFailedException e) {
      throw e;
    } catch (RuntimeException e) {
      throw own.unreadable(record, e);
    }
  }

  @Nullable
  private byte[] kept(ConsumerRecord<byte[], byte[]> record) {
    byte[] value = record.value();
    return value == null ? null : kept(value, record.offset(), record.timestamp());
  }

  private byte[] kept(byte[] value, long offset, long timestampMillis) {
    if (!keepsValues) {
      return ValueHeader.kind(value) == ValueKind.ROW ? SOME_ROW : value;
    }
    return origins ? MergeWithOrigin.carry(value, offset, timestampMillis) : value;
  }

  /**
   * Adds what a key's row is before all records of the range, at most once for a key.
   *
   * @param key of a record of the whole row
   * @param row value of such a record
   * @param offset of the record that the row came to be with
   * @param timestampMillis of that record
   * @throws SpillFailedException where the disk does not take what memory does not
   */
  public void begin(byte[] key, byte[] row, long offset, long timestampMillis) {
    fold.add(key, kept(row, offset, timestampMillis));
  }

  /**
   * Takes out what {@link #begin} has given, if anything.
   *
   * @param key as it was given
   * @throws SpillFailedException where the disk does not take what memory does not
   */
  public void forget(byte[] key) {
    fold.add(key, null);
  }

  /**
   * The next rows; empty when all have been taken. From the first call on, nothing can be added.
   */
  public Optional<LogBatch> next() {
    if (scan.selection() instanceof Selection.RowCounts counts) {
      return nextCount(counts.columns());
    }
    if (rows == null) {
      rows = fold.rows();
      projections =
          KeyedProjections.of(scan.table(), scan.schemas(), (Selection.Fields) scan.selection());
    }
    byte[][] keys = new byte[BATCH_ROWS][];
    byte[][] values = new byte[BATCH_ROWS][];
    KeyedProjection[] readers = new KeyedProjection[BATCH_ROWS];
    int size = 0;
    int bytes = 0;
    while (size < BATCH_ROWS && rows.next()) {
      keys[size] = rows.key();
      values[size] = rows.row();
      readers[size] = projections.of(values[size]);
      bytes += keys[size].length + values[size].length;
      size++;
    }
    if (size == 0) {
      return Optional.empty();
    }
    Places places = origins ? Places.carried(start, values, size) : Places.unknown(start);
    Rows batch = new Rows(size, keys, origins ? stripped(values, size) : values, readers);
    return Optional.of(new LogBatch(bucket, bytes, batch, places));
  }

  private static byte[][] stripped(byte[][] carried, int size) {
    byte[][] values = new byte[size][];
    Arrays.setAll(values, i -> MergeWithOrigin.value(carried[i]));
    return values;
  }

  private Optional<LogBatch> nextCount(int columns) {
    if (counted) {
      return Optional.empty();
    }
    counted = true;
    return Optional.of(
        new LogBatch(bucket, 0, new CountedRows(columns, fold.count()), Places.unknown(start)));
  }

  @Override
  public void close() {
    fold.close();
  }

  private record Rows(int rowCount, byte[][] keys, byte[][] values, KeyedProjection[] readers)
      implements BatchRows {
    @Override
    public RowData row(int index) {
      return readers[index].foldedRow(keys[index], values[index]);
    }
  }

  /** Rows have no order, so going on from within them is beginning anew. */
  private record Places(LogPosition start, long[] offsets, long[] timestamps) implements RowPlaces {

    static Places unknown(LogPosition start) {
      return new Places(start, new long[0], new long[0]);
    }

    static Places carried(LogPosition start, byte[][] carried, int size) {
      long[] offsets = new long[size];
      long[] timestamps = new long[size];
      for (int i = 0; i < size; i++) {
        offsets[i] = MergeWithOrigin.offset(carried[i]);
        timestamps[i] = MergeWithOrigin.timestampMillis(carried[i]);
      }
      return new Places(start, offsets, timestamps);
    }

    @Override
    public long offset(int row) {
      return offsets[row];
    }

    @Override
    public int rowIndex(int row) {
      return 0;
    }

    @Override
    public long timestampMillis(int row) {
      return timestamps.length == 0 ? Long.MIN_VALUE : timestamps[row];
    }

    @Override
    public LogPosition behind(int rows) {
      return start;
    }

    @Override
    public long appendedSinceMillis(int rows) {
      return Long.MIN_VALUE;
    }

    @Override
    public int records() {
      return 0;
    }
  }
}
