package io.fluss.lake.iceberg;

import java.util.List;
import java.util.Optional;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileContent;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.util.ContentFileUtil;

/**
 * A part of a data file, and what is deleted of the file.
 *
 * @param start where in the file it begins, bytes; it has the row groups that begin in it
 * @param length bytes
 */
record FileTask(DataFile file, List<DeleteFile> deletes, long start, long length) {

  FileTask {
    deletes = List.copyOf(deletes);
  }

  static FileTask of(FileScanTask task) {
    return new FileTask(task.file(), task.deletes(), task.start(), task.length());
  }

  /** Rows of the whole file that are not deleted; empty where only reading tells. */
  Optional<Long> rowsOfFile() {
    if (deletes.stream().allMatch(ContentFileUtil::isDV)) {
      return Optional.of(
          file.recordCount() - deletes.stream().mapToLong(DeleteFile::recordCount).sum());
    }
    return Optional.empty();
  }

  /** Rows in it, about. */
  long rows() {
    return Math.round(
        (double) rowsOfFile().orElse(file.recordCount()) * length / file.fileSizeInBytes());
  }

  boolean isWholeFile() {
    return start <= 4 && length >= file.fileSizeInBytes() - start;
  }

  boolean hasEqualityDeletes() {
    return deletes.stream().anyMatch(d -> d.content() == FileContent.EQUALITY_DELETES);
  }
}
