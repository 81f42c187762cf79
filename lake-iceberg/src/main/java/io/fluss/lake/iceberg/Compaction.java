package io.fluss.lake.iceberg;

import io.fluss.FlussException;
import io.fluss.lake.LakeBucket;
import io.fluss.table.TableInfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.RewriteFiles;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.TableScan;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.util.ContentFileUtil;
import org.apache.iceberg.util.PropertyUtil;
import org.apache.iceberg.util.StructLikeWrapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts small data files of a partition and bucket together, and writes files anew of which much is
 * deleted. A commit of somebody else that concerns the same files goes first: then it is left for
 * another time. A table to which somebody else has added columns is left to them. One thread.
 */
final class Compaction {

  private static final Logger LOG = LoggerFactory.getLogger(Compaction.class);

  /** Fewer small files are not worth while. */
  private static final int MIN_FILES = 3;

  /** A file is small below this part of the size that the table asks for. */
  private static final double SMALL = 0.75;

  /** Files of so few bytes go together whatever the others have. */
  private static final long ALWAYS_SMALL = 1L << 20;

  /** A file is written anew when this part of its rows is deleted. */
  private static final double MUCH_DELETED = 0.3;

  /** At once, so that rounds of tiering are not held up for long. */
  private static final long MAX_BYTES = 1L << 30;

  private final TableInfo info;
  private final Table table;
  private final Snapshot snapshot;
  private final long targetBytes;

  Compaction(TableInfo info, Table table) {
    this.info = info;
    this.table = table;
    this.snapshot = table.currentSnapshot();
    this.targetBytes =
        PropertyUtil.propertyAsLong(
            table.properties(),
            TableProperties.WRITE_TARGET_FILE_SIZE_BYTES,
            TableProperties.WRITE_TARGET_FILE_SIZE_BYTES_DEFAULT);
  }

  /** Files that may be put together. */
  private record Group(int specId, StructLikeWrapper partition, LakeBucket bucket) {}

  void run() {
    if (snapshot == null || hasColumnsOfOthers()) {
      return;
    }
    List<FileTask> replaced = new ArrayList<>();
    List<DataFile> added = new ArrayList<>();
    try {
      for (Map.Entry<Group, List<FileTask>> group : groups().entrySet()) {
        for (List<FileTask> pack : packs(group.getValue())) {
          if (bytes(replaced) + bytes(pack) <= MAX_BYTES) {
            added.addAll(rewritten(group.getKey().bucket(), pack));
            replaced.addAll(pack);
          }
        }
      }
    } catch (IOException | RuntimeException e) {
      delete(added);
      throw failed(e);
    }
    if (!replaced.isEmpty()) {
      commit(replaced, added);
    }
  }

  /** Only our columns are read and written, so those of others would lose their values. */
  private boolean hasColumnsOfOthers() {
    List<String> others = new TableLayout(info).columnsOfOthers(table);
    if (!others.isEmpty()) {
      LOG.info(
          "Lake table '{}' is not compacted by tiering: it has columns {}, which the table lacks."
              + " Compact it with means of Iceberg.",
          info.path(),
          others);
    }
    return !others.isEmpty();
  }

  private FlussException failed(Exception e) {
    return Failures.of("Lake table '" + info.path() + "' cannot be compacted", e);
  }

  private void delete(List<DataFile> files) {
    LakeFiles.delete(table.io(), files.stream().map(DataFile::location).toList());
  }

  private static long bytes(List<FileTask> files) {
    return files.stream().mapToLong(f -> f.file().fileSizeInBytes()).sum();
  }

  private Map<Group, List<FileTask>> groups() throws IOException {
    FileBucket buckets = new FileBucket(info, table);
    Map<Group, List<FileTask>> groups = new LinkedHashMap<>();
    TableScan scan =
        table
            .newScan()
            .useSnapshot(snapshot.snapshotId())
            .includeColumnStats(FileBucket.columns(info));
    try (CloseableIterable<FileScanTask> tasks = scan.planFiles()) {
      for (FileScanTask task : tasks) {
        FileTask file = FileTask.of(task);
        if (!file.hasEqualityDeletes() && (isSmall(file) || isMuchDeleted(file))) {
          StructLikeWrapper partition =
              StructLikeWrapper.forType(task.spec().partitionType()).set(task.file().partition());
          groups
              .computeIfAbsent(
                  new Group(task.file().specId(), partition, buckets.of(task.file())),
                  g -> new ArrayList<>())
              .add(file);
        }
      }
    }
    groups
        .values()
        .forEach(files -> files.sort(Comparator.comparingLong(f -> f.file().fileSizeInBytes())));
    return groups;
  }

  private boolean isSmall(FileTask file) {
    return file.file().fileSizeInBytes() < SMALL * targetBytes;
  }

  private static boolean isMuchDeleted(FileTask file) {
    long rows = file.file().recordCount();
    return file.rowsOfFile().filter(left -> rows - left >= MUCH_DELETED * rows).isPresent();
  }

  /**
   * Files up to the size of one, where it is worth while. A file only goes together with others
   * that have half of its bytes, so that a row is written again some few times and not with each
   * round.
   */
  private List<List<FileTask>> packs(List<FileTask> files) {
    List<List<FileTask>> packs = new ArrayList<>();
    long bytes = 0;
    for (FileTask file : files) {
      long size = file.file().fileSizeInBytes();
      boolean fits = bytes + size <= targetBytes && (size <= ALWAYS_SMALL || size <= 2 * bytes);
      if (packs.isEmpty() || !fits) {
        packs.add(new ArrayList<>());
        bytes = 0;
      }
      packs.get(packs.size() - 1).add(file);
      bytes += size;
    }
    packs.removeIf(
        pack -> pack.size() < MIN_FILES && pack.stream().noneMatch(Compaction::isMuchDeleted));
    packs.forEach(pack -> pack.sort(SplitPlanner.ORDER));
    return packs;
  }

  private List<DataFile> rewritten(LakeBucket bucket, List<FileTask> pack) throws IOException {
    TableLayout layout = new TableLayout(info);
    Schema schema = layout.columnsOf(table);
    Set<String> constants =
        bucket.bucket() == FileBucket.ANY
            ? new HashSet<>(info.partitionKeys())
            : TableLayout.constantsOfBucket(info);
    try (DataFilesWriter writer =
        new DataFilesWriter(info.path().toString(), table, layout.rowType(), schema, constants)) {
      for (FileTask file : pack) {
        try (DataFileReader reader =
            DataFileReader.open(table, file, layout.rowType(), schema, Expressions.alwaysTrue())) {
          for (SelectedRows rows = reader.next(); rows != null; rows = reader.next()) {
            for (int i = 0; i < rows.rowCount(); i++) {
              writer.write(rows.row(i));
            }
          }
        }
      }
      return writer.finish();
    }
  }

  /** Deletes that others have added since to the files that are replaced make it fail. */
  private void commit(List<FileTask> replaced, List<DataFile> added) {
    RewriteFiles rewrite =
        table
            .newRewrite()
            .validateFromSnapshot(snapshot.snapshotId())
            .dataSequenceNumber(snapshot.sequenceNumber());
    for (FileTask file : replaced) {
      rewrite.deleteFile(file.file());
      file.deletes().stream().filter(ContentFileUtil::isFileScoped).forEach(rewrite::deleteFile);
    }
    added.forEach(rewrite::addFile);
    try {
      rewrite.commit();
    } catch (ValidationException | CommitFailedException e) {
      LOG.info("Compaction of lake table '{}' is left for another time", info.path(), e);
      delete(added);
    } catch (RuntimeException e) {
      // it may have been committed, so the files stay
      throw failed(e);
    }
  }
}
