package io.fluss.source.reader;

import io.fluss.lake.LakeSplit;
import io.fluss.partition.PartitionKeys;
import io.fluss.read.BatchRows;
import io.fluss.read.CountedRows;
import io.fluss.read.LogScan;
import io.fluss.read.Selection;
import io.fluss.table.TableInfo;
import io.fluss.union.LakeColumns;
import io.fluss.union.LakeCursor;
import io.fluss.union.LakePosition;
import io.fluss.union.LakeRest;
import io.fluss.union.LakeRows;
import io.fluss.union.LakeRowsAsRecords;
import io.fluss.union.UnionedBucket;
import javax.annotation.Nullable;
import org.apache.flink.table.data.RowData;

/**
 * Reads what is wanted of a lake slice by slice. Each slice is to be emitted before the next is
 * asked for. Task thread.
 */
final class LakeSlices {

  /** Enough to make the cost of a slice vanish, few enough to keep the task responsive. */
  private static final int SLICE_ROWS = 1024;

  /** The lake does not say where in its record a row was. */
  private static final int UNKNOWN_INDEX = -1;

  private final LakeAccess lake;
  private final LakeRest rest;
  private final RowLimit limit;

  /** Which knows what the log says of the rows; null where it says nothing. */
  @Nullable private final UnionedBucket bucket;

  private final int[] wanted = new int[SLICE_ROWS];

  // Known once reading has begun.
  private LakeCursor cursor;
  private LakeRows view;

  /** Null where rows are wanted. */
  @Nullable private LakeRowsAsRecords records;

  /** The batch that is read in part; null between batches. */
  @Nullable private BatchRows batch;

  private int next;

  LakeSlices(LakeAccess lake, LakeRest rest, RowLimit limit, @Nullable UnionedBucket bucket) {
    this.lake = lake;
    this.rest = rest;
    this.limit = limit;
    this.bucket = bucket;
  }

  /** The next rows; null where there are no more, or enough. */
  @Nullable
  LakeSlice next() {
    if (cursor == null) {
      LakeColumns columns = lake.columns(rest);
      columns = bucket == null ? columns : bucket.columns(columns);
      view = new LakeRows(columns);
      records = wantsRecords() ? new LakeRowsAsRecords(lake.scan().table(), view) : null;
      cursor = lake.begin(columns, rest);
    }
    if (limit.reached()) {
      cursor.close();
      return null;
    }
    if (batch == null || next == batch.rowCount()) {
      if (!cursor.next()) {
        return null;
      }
      batch = cursor.rows();
      next = cursor.from();
    }
    return batch == null ? nothing(cursor.behind(0)) : slice();
  }

  /** A split of the lake has ended. */
  private LakeSlice nothing(LakePosition behind) {
    return new LakeSlice(
        new LakeBatch(new CountedRows(0, 0), null, null, null, UNKNOWN_INDEX), 0, 0, behind);
  }

  private LakeSlice slice() {
    LogScan scan = lake.scan();
    if (scan.selection() instanceof Selection.RowCounts counts) {
      return count(counts.columns());
    }
    int from = next;
    int to = Math.min(from + SLICE_ROWS, batch.rowCount());
    next = to;
    LakePosition behind = cursor.behind(to);
    int rowIndex = scan.table().hasPrimaryKey() ? 0 : UNKNOWN_INDEX;
    if (takesAll()) {
      LakeBatch all = described(new LakeBatch(batch, view, records, null, rowIndex));
      return new LakeSlice(all, from, from + limit.take(to - from), behind);
    }
    int size = 0;
    for (int i = from; i < to; i++) {
      if (isWanted(batch.row(i))) {
        wanted[size++] = i;
      }
    }
    LakeBatch some = described(new LakeBatch(batch, view, records, wanted, rowIndex));
    return new LakeSlice(some, 0, limit.take(size), behind);
  }

  private boolean wantsRecords() {
    return lake.scan().selection() instanceof Selection.Records;
  }

  private boolean takesAll() {
    return bucket == null && rest.onlyBucket().isEmpty();
  }

  private boolean isWanted(RowData row) {
    return (rest.bucketOrAny() < 0 || view.bucket(row) == rest.bucketOrAny())
        && (bucket == null || bucket.passes(row, view));
  }

  /** The rows of the batch, counted. */
  private LakeSlice count(int columns) {
    int from = next;
    next = batch.rowCount();
    long count = next - from;
    if (!takesAll()) {
      count = 0;
      for (int i = from; i < next; i++) {
        count += isWanted(batch.row(i)) ? 1 : 0;
      }
    }
    BatchRows counted = new CountedRows(columns, count);
    return new LakeSlice(
        new LakeBatch(counted, null, null, null, UNKNOWN_INDEX), 0, 1, cursor.behind(next));
  }

  private LakeBatch described(LakeBatch rows) {
    MetadataColumns metadata = lake.metadata();
    if (!metadata.columns().isEmpty()) {
      LakeSplit split = cursor.split();
      String partition = partition(lake.scan().table(), split);
      // Keys of records are told apart by their topics. That of these rows is gone, and the
      // partition stands in for it.
      rows.describe(
          new BatchMetadata(
              metadata.columns(),
              split.bucket().isPresent() ? row -> split.bucketOrAny() : rows::bucket,
              partition,
              wantsRecords() ? partition : null,
              rows));
    }
    return rows;
  }

  @Nullable
  private static String partition(TableInfo table, LakeSplit split) {
    return split.partition() == null ? null : PartitionKeys.of(table).show(split.partition());
  }
}
