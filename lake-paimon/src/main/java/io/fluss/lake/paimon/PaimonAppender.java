package io.fluss.lake.paimon;

import io.fluss.lake.LakeAppender;
import io.fluss.lake.LakeBucket;
import io.fluss.read.BatchRows;
import io.fluss.read.LogBatch;
import io.fluss.read.RowPlaces;
import io.fluss.table.TableInfo;
import java.util.Set;
import org.apache.paimon.data.InternalRow;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.sink.TableWriteImpl;

/** Writes rows of a log table, straight from their batches. */
final class PaimonAppender extends PaimonWriter<InternalRow> implements LakeAppender {

  PaimonAppender(TableInfo table, LakeBucket bucket, FileStoreTable lakeTable) {
    super(table, bucket, write(forWriting(table, lakeTable)), Set.of());
  }

  @SuppressWarnings("unchecked") // tables without a primary key write rows
  private static TableWriteImpl<InternalRow> write(FileStoreTable table) {
    return (TableWriteImpl<InternalRow>) table.newWrite(newUser());
  }

  @Override
  public void append(LogBatch batch) {
    BatchRows rows = batch.rows();
    RowPlaces places = batch.places();
    int count = rows.rowCount();
    for (int i = 0; i < count; i++) {
      write(lakeRow.replace(rows.row(i), places.offset(i), places.timestampMillis(i)));
    }
  }
}
