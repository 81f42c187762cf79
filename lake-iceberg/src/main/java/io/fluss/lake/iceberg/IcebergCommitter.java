package io.fluss.lake.iceberg;

import io.fluss.FlussException;
import io.fluss.lake.FailureReason;
import io.fluss.lake.LakeCommitUnknownException;
import io.fluss.lake.LakeCommitter;
import io.fluss.lake.LakeConflictException;
import io.fluss.lake.LakeOffsets;
import io.fluss.lake.LakeOffsetsJson;
import io.fluss.lake.LakeSchema;
import io.fluss.lake.LakeSnapshot;
import io.fluss.table.TableInfo;
import java.util.List;
import java.util.UUID;
import javax.annotation.Nullable;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.exceptions.CleanableFailure;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.util.SnapshotUtil;

/**
 * Commits files together with offsets: one snapshot, and in the same change of the table's metadata
 * the properties that keep the offsets. One thread.
 *
 * <p>Where somebody else has replaced data files meanwhile that the round deletes rows of, the
 * commit fails with a {@link FlussException} and nothing is committed; the next round looks the
 * positions up anew. Where the columns have changed nothing can be committed either, and files can
 * still be deleted.
 */
final class IcebergCommitter implements LakeCommitter {

  private final TableInfo info;
  private final Table table;

  IcebergCommitter(TableInfo info, Table table) {
    this.info = info;
    this.table = table;
  }

  private String name() {
    return info.path().toString();
  }

  @Override
  public LakeSnapshot commit(List<byte[]> written, LakeOffsets from, LakeOffsets to) {
    table.refresh();
    IcebergTables.requireCurrent(info, table);
    requireOffsets(from);
    List<WrittenFiles> files =
        written.stream().map(w -> WrittenFiles.read(w, table.specs())).toList();
    if (info.hasPrimaryKey()) {
      files.forEach(f -> requireLookUpIn(f.positionsOf(), from));
    }
    String commitId = UUID.randomUUID().toString();
    Transaction transaction = table.newTransaction();
    OffsetsFence fence =
        new OffsetsFence(name(), () -> transaction.table().properties(), from, commitId);
    String offsets = LakeOffsetsJson.write(to);
    try {
      SnapshotUpdate<?> update = update(transaction, files);
      update.set(LakeSchema.OFFSETS_PROPERTY, offsets);
      update.set(OffsetsFence.COMMIT_ID, commitId);
      update.validateWith(fence);
      update.commit();
      transaction
          .updateProperties()
          .set(TableOffsets.PROPERTY, offsets)
          .set(
              TableOffsets.SNAPSHOT_PROPERTY,
              String.valueOf(transaction.table().currentSnapshot().snapshotId()))
          .commit();
    } catch (CommitStateUnknownException e) {
      throw unknown(e);
    } catch (RuntimeException e) {
      throw failed(fence, from, e);
    }
    try {
      transaction.commitTransaction();
    } catch (RuntimeException e) {
      // Iceberg knows that nothing was committed where a failure can be cleaned up, and only then.
      throw e instanceof CleanableFailure ? failed(fence, from, e) : unknown(e);
    }
    Snapshot snapshot = transaction.table().currentSnapshot();
    return new LakeSnapshot(snapshot.snapshotId(), to, snapshot.timestampMillis());
  }

  /** Spares a round that is late already the writing of manifests. */
  private void requireOffsets(LakeOffsets from) {
    LakeOffsets found =
        TableOffsets.of(name(), SnapshotUtil.currentAncestors(table), table.properties());
    if (!found.equals(from)) {
      throw LakeConflictException.of(name(), from, found);
    }
  }

  /** Old rows of keys are those of the round's beginning only if they were looked up there. */
  private void requireLookUpIn(@Nullable Long snapshot, LakeOffsets from) {
    if (snapshot != null && table.snapshot(snapshot) == null) {
      throw new FlussException(
          "A round of tiering of table '"
              + name()
              + "' was not committed: snapshot "
              + snapshot
              + " of the lake table, in which it looked up the rows that it replaces, has expired."
              + " The next round does it again.");
    }
    LakeOffsets seen =
        snapshot == null
            ? LakeOffsets.NONE
            : TableOffsets.of(
                name(), SnapshotUtil.ancestorsOf(snapshot, table::snapshot), table.properties());
    if (!seen.equals(from)) {
      throw new FlussException(
          "A round of tiering of table '"
              + name()
              + "' was not committed: it began with lake offsets "
              + from.summary()
              + ", and looked up the rows that it replaces where the lake had "
              + seen.summary()
              + ". The next round does it again.");
    }
  }

  private SnapshotUpdate<?> update(Transaction transaction, List<WrittenFiles> files) {
    if (files.stream().anyMatch(f -> !f.deletes().isEmpty())) {
      return new UpsertCommit(transaction.table(), files).update(transaction);
    }
    AppendFiles append = transaction.newAppend();
    files.forEach(f -> f.rows().forEach(append::appendFile));
    return append;
  }

  private FlussException failed(OffsetsFence fence, LakeOffsets from, RuntimeException e) {
    if (fence.conflict() != null) {
      return LakeConflictException.of(name(), from, fence.conflict());
    }
    if (e instanceof ValidationException) {
      return new FlussException(
          "A round of tiering of table '"
              + name()
              + "' was not committed: somebody else has changed files of the lake table that it"
              + " deletes rows of. The next round does it again. ("
              + e.getMessage()
              + ")",
          e);
    }
    return new FlussException(
        "A round of tiering of table '"
            + name()
            + "' was not committed: "
            + FailureReason.of(e)
            + ". The next round does it again.",
        e);
  }

  private LakeCommitUnknownException unknown(RuntimeException e) {
    return new LakeCommitUnknownException(
        "Whether a round of tiering of table '"
            + name()
            + "' was committed to the lake is not known: "
            + FailureReason.of(e),
        e);
  }

  @Override
  public int files(List<byte[]> written) {
    return written.stream()
        .mapToInt(w -> WrittenFiles.read(w, table.specs()).locations().size())
        .sum();
  }

  @Override
  public void abort(List<byte[]> written) {
    written.forEach(
        w -> LakeFiles.delete(table.io(), WrittenFiles.read(w, table.specs()).locations()));
  }

  @Override
  public void maintain() {
    table.refresh();
    // Somebody else may have changed the columns since this was opened: files that are written
    // anew would lose those that this does not know.
    IcebergTables.requireCurrent(info, table);
    Maintenance.of(info, table).run();
  }

  @Override
  public void close() {
    // the storage closes the catalog
  }
}
