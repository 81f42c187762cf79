package io.fluss.lake.paimon;

import io.fluss.FlussException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.paimon.AppendOnlyFileStore;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.append.AppendCompactCoordinator;
import org.apache.paimon.append.AppendCompactTask;
import org.apache.paimon.operation.BaseAppendFileStoreWrite;
import org.apache.paimon.table.BucketMode;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.sink.CommitMessage;
import org.apache.paimon.table.sink.CommitMessageImpl;
import org.apache.paimon.table.sink.TableWriteImpl;
import org.apache.paimon.table.source.EndOfScanException;

/**
 * Rewrites small files of a lake table whose writers cannot: those of a table without buckets, and
 * of one whose buckets several writers share.
 */
final class PaimonCompaction {

  /** What is left waits for the next round: compaction shares its thread with other tables. */
  private static final int MAX_TASKS = 4;

  private final String name;
  private final FileStoreTable table;

  PaimonCompaction(String name, FileStoreTable table) {
    this.name = name;
    this.table = table.copy(Map.of(CoreOptions.WRITE_ONLY.key(), "false"));
  }

  /** The files written, to be committed; empty where nothing is to be compacted. */
  List<CommitMessage> run() {
    try {
      return table.bucketMode() == BucketMode.BUCKET_UNAWARE ? withoutBuckets() : ofBuckets();
    } catch (Exception e) {
      throw new FlussException(
          "Lake table '" + name + "' cannot be compacted: " + e.getMessage(), e);
    }
  }

  private List<CommitMessage> withoutBuckets() throws Exception {
    List<AppendCompactTask> tasks;
    try {
      tasks = new AppendCompactCoordinator(table, false).run();
    } catch (EndOfScanException e) {
      return List.of();
    }
    List<CommitMessage> compacted = new ArrayList<>();
    BaseAppendFileStoreWrite write =
        ((AppendOnlyFileStore) table.store()).newWrite(PaimonWriter.newUser());
    try {
      for (AppendCompactTask task : tasks.subList(0, Math.min(tasks.size(), MAX_TASKS))) {
        compacted.add(task.doCompact(table, write));
      }
    } finally {
      write.close();
    }
    return compacted;
  }

  private List<CommitMessage> ofBuckets() throws Exception {
    TableWriteImpl<?> write = table.newWrite(PaimonWriter.newUser());
    try {
      for (var entry : table.newSnapshotReader().bucketEntries()) {
        write.compact(entry.partition(), entry.bucket(), false);
      }
      return write.prepareCommit(true, Long.MAX_VALUE).stream()
          .filter(m -> !((CommitMessageImpl) m).isEmpty())
          .toList();
    } finally {
      write.close();
    }
  }
}
