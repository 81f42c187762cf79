package io.fluss.client.scan;

import io.fluss.format.row.RowEncoder;
import io.fluss.format.row.RowReader;
import io.fluss.lake.LakeSchema;
import io.fluss.lake.LakeSplit;
import io.fluss.lake.LakeStorage;
import io.fluss.read.BatchRows;
import io.fluss.read.LogScan;
import io.fluss.union.LakeColumns;
import io.fluss.union.LakeCursor;
import io.fluss.union.LakeRest;
import io.fluss.union.LakeRows;
import io.fluss.union.UnionPlan;
import io.fluss.union.UnionedBucket;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.annotation.Nullable;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;

/**
 * Rows of some splits of a lake. They are copied: those that the lake gives are good for a moment
 * only. One thread.
 */
final class LakeSource implements AutoCloseable {

  private final LakeRest rest;
  private final RowSelection selection;
  @Nullable private final UnionedBucket bucket;
  private final LakeRows view;
  private final LakeCursor cursor;
  private final RowEncoder encoder;
  private final RowReader reader;

  /**
   * @param lake stays the caller's
   * @param bucket knows what the log says of the rows; null where it says nothing
   */
  LakeSource(
      LakeStorage lake,
      LogScan scan,
      LakeRest rest,
      RowSelection selection,
      @Nullable UnionedBucket bucket) {
    this.rest = rest;
    this.selection = selection;
    this.bucket = bucket;
    LakeColumns columns = LakeColumns.of(scan.table(), scan.selection());
    if (rest.onlyBucket().isPresent()
        && rest.splits().stream().map(LakeSplit::bucket).anyMatch(b -> b.isEmpty())) {
      columns = columns.and(LakeSchema.BUCKET);
    }
    columns = bucket == null ? columns : bucket.columns(columns);
    this.view = new LakeRows(columns);
    this.cursor = new LakeCursor(lake, scan.table(), UnionPlan.readOf(scan, columns), rest);
    RowType type = selection.rowType();
    this.encoder = RowEncoder.of(type, IntStream.range(0, type.getFieldCount()).toArray(), 0);
    this.reader = RowReader.of(type.getChildren());
  }

  /** The next rows, maybe none; null where there are no more. */
  @Nullable
  RowBatch next() {
    if (!cursor.next()) {
      return null;
    }
    BatchRows batch = cursor.rows();
    if (batch == null) {
      return RowBatch.NOTHING;
    }
    List<RowData> rows = new ArrayList<>();
    for (int i = cursor.from(); i < batch.rowCount(); i++) {
      RowData row = batch.row(i);
      if (isOfBucket(row) && (bucket == null || bucket.passes(row, view))) {
        RowData selected = view.selected(row);
        if (selection.matches(selected)) {
          rows.add(reader.read(encoder.encode(selection.wantedOf(selected))));
        }
      }
    }
    return new RowBatch(rows.size(), rows::get);
  }

  private boolean isOfBucket(RowData row) {
    return rest.onlyBucket().isEmpty()
        || !view.haveBucket()
        || view.bucket(row) == rest.onlyBucket().getAsInt();
  }

  @Override
  public void close() {
    cursor.close();
  }
}
