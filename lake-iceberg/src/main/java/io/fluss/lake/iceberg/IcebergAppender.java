package io.fluss.lake.iceberg;

import io.fluss.lake.LakeAppender;
import io.fluss.lake.LakeBucket;
import io.fluss.read.BatchRows;
import io.fluss.read.LogBatch;
import io.fluss.read.RowPlaces;
import io.fluss.table.TableInfo;
import org.apache.iceberg.Table;

/** Writes rows of a bucket of a log table into data files. One thread. */
final class IcebergAppender implements LakeAppender {

  private final Table table;
  private final DataFilesWriter files;
  private final PlacedRow row;

  IcebergAppender(TableInfo info, Table table, LakeBucket bucket) {
    TableLayout layout = new TableLayout(info);
    this.table = table;
    this.files =
        new DataFilesWriter(
            info.path().toString(),
            table,
            layout.rowType(),
            layout.columnsOf(table),
            TableLayout.constantsOfBucket(info));
    this.row = new PlacedRow(info.rowType().getFieldCount(), bucket.bucket());
  }

  @Override
  public void append(LogBatch batch) {
    BatchRows rows = batch.rows();
    RowPlaces places = batch.places();
    int count = rows.rowCount();
    for (int i = 0; i < count; i++) {
      files.write(row.set(rows.row(i), places.offset(i), places.timestampMillis(i)));
    }
  }

  @Override
  public byte[] finish() {
    return WrittenFiles.ofRows(files.finish()).toBytes(table.specs());
  }

  @Override
  public long bytesWritten() {
    return files.bytesWritten();
  }

  @Override
  public void close() {
    files.close();
  }
}
