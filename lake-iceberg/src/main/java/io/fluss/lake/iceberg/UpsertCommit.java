package io.fluss.lake.iceberg;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.RowDelta;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;

/**
 * New rows and deletion vectors for old ones, as one change that holds only where the files that
 * positions were looked up in are still those of the table.
 */
final class UpsertCommit {

  private final Table table;
  private final List<WrittenFiles> files;

  UpsertCommit(Table table, List<WrittenFiles> files) {
    this.table = table;
    this.files = files;
  }

  SnapshotUpdate<?> update(Transaction transaction) {
    RowDelta delta = transaction.newRowDelta();
    files.forEach(
        f -> {
          f.rows().forEach(delta::addRows);
          f.deletes().forEach(delta::addDeletes);
          f.replacedDeletes().forEach(delta::removeDeletes);
        });
    oldestLookUp().ifPresent(s -> delta.validateFromSnapshot(s.snapshotId()));
    return delta
        .validateDataFilesExist(
            deletes().map(DeleteFile::referencedDataFile).filter(Objects::nonNull).toList())
        .validateDeletedFiles();
  }

  private Stream<DeleteFile> deletes() {
    return files.stream().flatMap(f -> f.deletes().stream());
  }

  /** What others have done since positions were first looked up has to be looked at. */
  private Optional<Snapshot> oldestLookUp() {
    return files.stream()
        .filter(f -> !f.deletes().isEmpty())
        .map(WrittenFiles::positionsOf)
        .distinct()
        .map(table::snapshot)
        .min(Comparator.comparingLong(Snapshot::sequenceNumber));
  }
}
