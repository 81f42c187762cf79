package io.fluss.lake.paimon;

import io.fluss.lake.LakeBucket;
import io.fluss.lake.LakeUpserter;
import io.fluss.table.TableInfo;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import org.apache.flink.table.data.RowData;
import org.apache.paimon.KeyValue;
import org.apache.paimon.disk.IOManager;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.sink.TableWriteImpl;
import org.apache.paimon.types.RowKind;
import org.apache.paimon.utils.IOUtils;
import org.apache.paimon.utils.ProjectedRow;

/**
 * Writes the net changes of a primary-key table, sorted by key.
 *
 * <p>Of the rows of a key, Paimon takes the one with the greatest sequence number. A writer counts
 * on from those that its bucket has when it begins, so its rows are the newest only if no round is
 * committed between its begin and its own commit. Therefore it remembers with which snapshot it
 * began, and the committer looks at that.
 */
final class PaimonUpserter extends PaimonWriter<KeyValue> implements LakeUpserter {

  private final IOManager temporaryFiles;
  private final KeyValue record = new KeyValue();
  private final ProjectedRow key;
  private final DeletedRow deleted;

  PaimonUpserter(
      TableInfo table, LakeBucket bucket, FileStoreTable lakeTable, Path temporaryDirectory) {
    this(table, bucket, lakeTable, IOManager.create(temporaryDirectory.toString()));
  }

  private PaimonUpserter(
      TableInfo table, LakeBucket bucket, FileStoreTable lakeTable, IOManager temporaryFiles) {
    super(
        table,
        bucket,
        write(forWriting(table, lakeTable), temporaryFiles),
        Set.of(Objects.requireNonNullElse(lakeTable.snapshotManager().latestSnapshotId(), 0L)));
    this.temporaryFiles = temporaryFiles;
    this.key =
        ProjectedRow.from(
            lakeTable.rowType().getFieldIndices(lakeTable.schema().trimmedPrimaryKeys()));
    this.deleted = new DeletedRow(table.rowType(), table.keyPositions());
  }

  @SuppressWarnings("unchecked") // tables with a primary key write keys and values
  private static TableWriteImpl<KeyValue> write(FileStoreTable table, IOManager temporaryFiles) {
    return (TableWriteImpl<KeyValue>) table.newWrite(newUser()).withIOManager(temporaryFiles);
  }

  @Override
  public void upsert(RowData row, long offset, long timestampMillis) {
    write(RowKind.INSERT, row, offset, timestampMillis);
  }

  @Override
  public void delete(RowData row, long offset, long timestampMillis) {
    write(RowKind.DELETE, deleted.of(row), offset, timestampMillis);
  }

  private void write(RowKind kind, RowData row, long offset, long timestampMillis) {
    lakeRow.replace(row, offset, timestampMillis);
    write(record.replace(key.replaceRow(lakeRow), kind, lakeRow));
  }

  @Override
  public void close() {
    try {
      super.close();
    } finally {
      IOUtils.closeQuietly(temporaryFiles);
    }
  }
}
