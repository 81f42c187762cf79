package io.fluss.lake.paimon;

import io.fluss.FlussException;
import io.fluss.lake.LakeCommitUnknownException;
import io.fluss.lake.LakeCommitter;
import io.fluss.lake.LakeConflictException;
import io.fluss.lake.LakeOffsets;
import io.fluss.lake.LakeSnapshot;
import io.fluss.options.TableOptions;
import io.fluss.table.TableInfo;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.paimon.Snapshot;
import org.apache.paimon.io.DataFileMeta;
import org.apache.paimon.io.DataFilePathFactory;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.sink.CommitMessage;
import org.apache.paimon.table.sink.CommitMessageImpl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits rounds of tiering to a lake table of Paimon.
 *
 * <p>New rows come first, in a snapshot of their own. What the writers have compacted beside is
 * committed then and changes no rows: where that fails, for instance because somebody else has
 * compacted the same files, it is given up.
 */
final class PaimonCommitter implements LakeCommitter {

  private static final Logger LOG = LoggerFactory.getLogger(PaimonCommitter.class);

  private final PaimonTables tables;
  private final TableInfo table;
  private final String name;

  PaimonCommitter(PaimonTables tables, TableInfo table) {
    this.tables = tables;
    this.table = table;
    this.name = table.path().toString();
  }

  @Override
  public LakeSnapshot commit(List<byte[]> written, LakeOffsets from, LakeOffsets to) {
    FileStoreTable lakeTable = tables.open(table);
    WrittenFiles files = WrittenFiles.read(written);
    OffsetHistory history = new OffsetHistory(name, lakeTable);
    files.bases().forEach(base -> requireBase(history, base, from));
    Snapshot rows = commitRows(lakeTable, files, from, to);
    Snapshot newest = rows;
    WrittenFiles compacted = files.compacted();
    if (!compacted.messages().isEmpty()) {
      newest = commitCompaction(lakeTable, compacted, to, rows);
    }
    return new LakeSnapshot(newest.id(), to, newest.timeMillis());
  }

  /** See {@link PaimonUpserter}: rows written on another base may hide newer ones or be hidden. */
  private void requireBase(OffsetHistory history, long base, LakeOffsets from) {
    LakeOffsets began = history.at(base);
    if (!began.equals(from)) {
      throw new LakeConflictException(
          "A round of tiering of table '"
              + name
              + "' was not committed: it began with lake offsets "
              + from.summary()
              + ", and one of its writers where the lake had "
              + began.summary()
              + ". Nothing was written; the round has to be done again.");
    }
  }

  /** The snapshot does not expire before it has a tag, be this process killed in between. */
  private Snapshot commitRows(
      FileStoreTable lakeTable, WrittenFiles files, LakeOffsets from, LakeOffsets to) {
    NoExpiry noExpiry = NoExpiry.begin(lakeTable);
    Snapshot rows;
    try {
      rows = new FencedCommit(name, lakeTable, from, to).commit(files.appended());
    } catch (LakeCommitUnknownException e) {
      throw e;
    } catch (RuntimeException e) {
      noExpiry.end();
      throw e;
    }
    keepOffsets(lakeTable, rows);
    return rows;
  }

  /** The snapshot is there whatever comes of this; {@link #maintain} tries again. */
  private void keepOffsets(FileStoreTable lakeTable, Snapshot ours) {
    try {
      new OffsetHistory(name, lakeTable).keep(ours);
      NoExpiry.endUpTo(lakeTable, ours);
    } catch (RuntimeException e) {
      LOG.warn("Snapshot {} of lake table '{}' could not be tagged.", ours.id(), name, e);
    }
  }

  private Snapshot commitCompaction(
      FileStoreTable lakeTable, WrittenFiles compacted, LakeOffsets offsets, Snapshot before) {
    try {
      return new FencedCommit(name, lakeTable, offsets, offsets)
          .commit(List.copyOf(compacted.messages()));
    } catch (LakeCommitUnknownException e) {
      LOG.warn("Whether a compaction of lake table '{}' was committed is not known.", name, e);
    } catch (FlussException e) {
      LOG.info("A compaction of lake table '{}' was not committed and is given up.", name, e);
      delete(lakeTable, compacted);
    }
    return before;
  }

  @Override
  public int files(List<byte[]> written) {
    return WrittenFiles.read(written).count();
  }

  @Override
  public void abort(List<byte[]> written) {
    delete(tables.existing(table), WrittenFiles.read(written));
  }

  private static void delete(FileStoreTable lakeTable, WrittenFiles files) {
    for (CommitMessageImpl message : files.messages()) {
      DataFilePathFactory paths =
          lakeTable
              .store()
              .pathFactory()
              .createDataFilePathFactory(message.partition(), message.bucket());
      ownFiles(message)
          .flatMap(file -> file.collectFiles(paths).stream())
          .forEach(lakeTable.fileIO()::deleteQuietly);
    }
  }

  /**
   * The files that were written. A file that compaction only gives another level is in its result
   * as well as in what it replaces, and may be in snapshots already.
   */
  private static Stream<DataFileMeta> ownFiles(CommitMessageImpl message) {
    Set<String> replaced =
        message.compactIncrement().compactBefore().stream()
            .map(DataFileMeta::fileName)
            .collect(Collectors.toSet());
    return Stream.of(
            message.newFilesIncrement().newFiles().stream(),
            message.newFilesIncrement().changelogFiles().stream(),
            message.compactIncrement().changelogFiles().stream(),
            message.compactIncrement().compactAfter().stream()
                .filter(f -> !replaced.contains(f.fileName())))
        .flatMap(s -> s);
  }

  @Override
  public void maintain() {
    Configuration options = Configuration.fromMap(table.options());
    FileStoreTable lakeTable = tables.open(table);
    OffsetHistory history = new OffsetHistory(name, lakeTable);
    history.keepNewestOnly();
    if (options.get(TableOptions.DATALAKE_AUTO_COMPACTION)
        && !PaimonOptions.bucketsAreAligned(table)) {
      compact(lakeTable, history);
    }
    if (options.get(TableOptions.DATALAKE_AUTO_EXPIRE_SNAPSHOT)) {
      lakeTable.newExpireSnapshots().config(lakeTable.coreOptions().expireConfig()).expire();
    }
  }

  private void compact(FileStoreTable lakeTable, OffsetHistory history) {
    Snapshot latest = lakeTable.snapshotManager().latestSnapshot();
    if (latest == null) {
      return;
    }
    List<CommitMessage> compacted = new PaimonCompaction(name, lakeTable).run();
    if (!compacted.isEmpty()) {
      commitCompaction(lakeTable, WrittenFiles.of(Set.of(), compacted), history.at(latest), latest);
    }
  }

  @Override
  public void close() {
    // Each commit opens and closes what it needs.
  }
}
