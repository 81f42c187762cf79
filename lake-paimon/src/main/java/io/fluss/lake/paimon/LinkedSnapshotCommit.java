package io.fluss.lake.paimon;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.apache.paimon.Snapshot;
import org.apache.paimon.catalog.RenamingSnapshotCommit;
import org.apache.paimon.catalog.SnapshotCommit;
import org.apache.paimon.fs.local.LocalFileIO;
import org.apache.paimon.partition.PartitionStatistics;
import org.apache.paimon.utils.SnapshotManager;

/**
 * Puts snapshots in place on a local disk by a hard link, which fails where there is one of this
 * number, whichever process has made it. Paimon renames a file, which replaces one that another
 * process has put there at the same moment.
 */
final class LinkedSnapshotCommit implements SnapshotCommit {

  private final SnapshotManager snapshots;
  private final SnapshotCommit catalog;

  private LinkedSnapshotCommit(SnapshotManager snapshots, SnapshotCommit catalog) {
    this.snapshots = snapshots;
    this.catalog = catalog;
  }

  /** What a catalog does, but by links where it would rename files on a local disk. */
  static SnapshotCommit onLocalDisk(SnapshotManager snapshots, SnapshotCommit catalog) {
    return catalog instanceof RenamingSnapshotCommit && snapshots.fileIO() instanceof LocalFileIO
        ? new LinkedSnapshotCommit(snapshots, catalog)
        : catalog;
  }

  @Override
  public boolean commit(Snapshot snapshot, String branch, List<PartitionStatistics> statistics)
      throws Exception {
    Path place = Path.of(snapshots.snapshotPath(snapshot.id()).toUri().getPath());
    Files.createDirectories(place.getParent());
    Path written = place.resolveSibling("." + place.getFileName() + "." + UUID.randomUUID());
    try {
      Files.writeString(written, snapshot.toJson());
      Files.createLink(place, written);
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (UnsupportedOperationException e) {
      return catalog.commit(snapshot, branch, statistics);
    } finally {
      Files.deleteIfExists(written);
    }
    hint(snapshot);
    return true;
  }

  /** Only makes it faster to find. */
  private void hint(Snapshot snapshot) {
    try {
      snapshots.commitLatestHint(snapshot.id());
    } catch (IOException e) {
      // the snapshot is in place, and is found without
    }
  }

  @Override
  public void close() {
    try {
      catalog.close();
    } catch (Exception e) {
      throw new IllegalStateException("The catalog of a commit cannot be closed.", e);
    }
  }
}
