package io.fluss.lake.iceberg;

import io.fluss.format.key.KeyEncoder;
import io.fluss.lake.LakeBucket;
import io.fluss.lake.LakeUpserter;
import io.fluss.table.TableInfo;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.annotation.Nullable;
import org.apache.flink.table.data.RowData;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.deletes.BaseDVFileWriter;
import org.apache.iceberg.deletes.DVFileWriter;
import org.apache.iceberg.deletes.PositionDeleteIndex;
import org.apache.iceberg.io.DeleteWriteResult;
import org.apache.iceberg.io.OutputFileFactory;

/**
 * Writes the new rows of keys into data files, and marks their old rows as deleted in deletion
 * vectors. One thread.
 *
 * <p>Old rows are looked up in the snapshot that is current when the writer is opened. Keys are
 * gathered up to some megabytes, then the key columns of the bucket's files are read once for all
 * of them.
 */
final class IcebergUpserter implements LakeUpserter {

  /** Keys that are looked up together, bytes. More means more memory and fewer reads. */
  private static final long KEY_BYTES = 64L << 20;

  private final String name;
  private final Table table;
  private final DataFilesWriter files;
  private final PlacedRow placed;
  private final KeyEncoder keyEncoder;
  private final KeySet keys = new KeySet();
  private final KeyBounds bounds;
  @Nullable private final Snapshot snapshot;
  @Nullable private final OldRows oldRows;
  private final Map<String, FileTask> filesWithOldRows = new HashMap<>();
  private final DVFileWriter vectors;
  private List<DeleteFile> writtenVectors = List.of();
  private boolean finished;

  IcebergUpserter(TableInfo info, Table table, LakeBucket bucket) {
    TableLayout layout = new TableLayout(info);
    int[] keyPositions = OldRows.keyPositions(info);
    String firstKey = info.rowType().getFieldNames().get(keyPositions[0]);
    this.name = info.path().toString();
    this.table = table;
    this.files =
        new DataFilesWriter(
            info.path().toString(),
            table,
            layout.rowType(),
            layout.columnsOf(table),
            TableLayout.constantsOfBucket(info));
    this.placed = new PlacedRow(info.rowType().getFieldCount(), bucket.bucket());
    this.keyEncoder = KeyEncoder.of(info.rowType(), keyPositions);
    this.bounds =
        new KeyBounds(firstKey, keyPositions[0], info.rowType().getTypeAt(keyPositions[0]));
    this.snapshot = table.currentSnapshot();
    OldRows rows = snapshot == null ? null : new OldRows(info, table, snapshot, bucket);
    this.oldRows = rows != null && rows.mayExist() ? rows : null;
    this.vectors =
        new BaseDVFileWriter(
            OutputFileFactory.builderFor(table, 0, 0)
                .format(FileFormat.PUFFIN)
                .operationId(UUID.randomUUID().toString())
                .build(),
            this::previousVector);
  }

  @Nullable
  private PositionDeleteIndex previousVector(String location) {
    List<DeleteFile> deletes = filesWithOldRows.get(location).deletes();
    return deletes.isEmpty() ? null : DataFileReader.deleted(table, location, deletes);
  }

  @Override
  public void upsert(RowData row, long offset, long timestampMillis) {
    files.write(placed.set(row, offset, timestampMillis));
    delete(row, offset, timestampMillis);
  }

  @Override
  public void delete(RowData row, long offset, long timestampMillis) {
    if (oldRows == null) {
      return;
    }
    byte[] key = keyEncoder.encode(row);
    keys.add(key);
    bounds.add(key, row);
    if (keys.heapBytes() >= KEY_BYTES) {
      lookUp(oldRows);
    }
  }

  private void lookUp(OldRows rows) {
    if (keys.size() > 0) {
      rows.find(keys, bounds, this::markDeleted);
      keys.clear();
      bounds.clear();
    }
  }

  private void markDeleted(FileTask task, long position) {
    String location = task.file().location();
    filesWithOldRows.putIfAbsent(location, task);
    vectors.delete(
        location, position, table.specs().get(task.file().specId()), task.file().partition());
  }

  @Override
  public byte[] finish() {
    DeleteWriteResult deletes = writtenVectors();
    writtenVectors = deletes.deleteFiles();
    WrittenFiles written =
        new WrittenFiles(
            files.finish(),
            deletes.deleteFiles(),
            deletes.rewrittenDeleteFiles(),
            snapshot == null ? null : snapshot.snapshotId());
    byte[] bytes = written.toBytes(table.specs());
    finished = true;
    return bytes;
  }

  private DeleteWriteResult writtenVectors() {
    if (oldRows != null) {
      lookUp(oldRows);
    }
    try {
      vectors.close();
    } catch (IOException | RuntimeException e) {
      throw Failures.of("Deletion vectors of lake table '" + name + "' cannot be written", e);
    }
    return vectors.result();
  }

  @Override
  public long bytesWritten() {
    return files.bytesWritten();
  }

  @Override
  public void close() {
    if (!finished) {
      files.close();
      LakeFiles.delete(
          table.io(), writtenVectors.stream().map(DeleteFile::location).distinct().toList());
    }
  }
}
