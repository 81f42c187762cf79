package io.fluss.lake.paimon;

import io.fluss.FlussException;
import io.fluss.lake.LakeOffsets;
import io.fluss.lake.LakeOffsetsJson;
import io.fluss.lake.LakeSchema;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.paimon.Snapshot;
import org.apache.paimon.fs.Path;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.tag.Tag;
import org.apache.paimon.utils.SnapshotManager;
import org.apache.paimon.utils.TagManager;

/**
 * What snapshots of a lake table say of the log.
 *
 * <p>Each snapshot of ours has the offsets in its properties. Those of others stand on one of ours,
 * so a snapshot has the offsets of its newest ancestor of ours. That one may have expired: so the
 * newest of ours always has a tag, which expiry leaves alone and which holds its properties too.
 * Until it has one, {@link NoExpiry} keeps it.
 */
final class OffsetHistory {

  private static final String TAG = "fluss-offsets-";

  private final String name;
  private final FileStoreTable table;
  private final SnapshotManager snapshots;
  private final TagManager tags;

  OffsetHistory(String name, FileStoreTable table) {
    this.name = name;
    this.table = table;
    this.snapshots = table.snapshotManager();
    this.tags = table.tagManager();
  }

  /**
   * As {@link #at(Snapshot)}.
   *
   * @param snapshot its number; 0 stands for the table before its first one
   */
  LakeOffsets at(long snapshot) {
    if (snapshot == 0) {
      return LakeOffsets.NONE;
    }
    return at(
        find(snapshot)
            .orElseThrow(
                () ->
                    new FlussException(
                        "Snapshot "
                            + snapshot
                            + " of lake table '"
                            + name
                            + "' has expired, and what it had of the log is needed. Let snapshots"
                            + " live longer.")));
  }

  /**
   * What the lake has of the log with a snapshot; {@link LakeOffsets#NONE} where nothing of ours
   * was committed up to it.
   *
   * @throws FlussException where that cannot be told any more
   */
  LakeOffsets at(Snapshot snapshot) {
    Optional<LakeOffsets> own = of(snapshot);
    return own.isPresent() ? own.get() : before(snapshot);
  }

  private LakeOffsets before(Snapshot snapshot) {
    long tagged = newestTag(snapshot.id());
    long id = snapshot.id() - 1;
    for (; id > 0 && id > tagged; id--) {
      Optional<Snapshot> ancestor = find(id);
      if (ancestor.isEmpty()) {
        break;
      }
      Optional<LakeOffsets> offsets = of(ancestor.get());
      if (offsets.isPresent()) {
        return offsets.get();
      }
    }
    if (tagged > 0) {
      return tags.get(TAG + tagged)
          .flatMap(this::of)
          .orElseThrow(() -> unknown(snapshot, "its tag '" + TAG + tagged + "' is gone"));
    }
    if (id > 0) {
      throw unknown(snapshot, "snapshot " + id + " has expired");
    }
    return LakeOffsets.NONE;
  }

  private FlussException unknown(Snapshot snapshot, String why) {
    return new FlussException(
        "What snapshot "
            + snapshot.id()
            + " of lake table '"
            + name
            + "' has of the log is not known any more: no snapshot that is left tells it, and "
            + why
            + ". Roll the lake table back to a snapshot or tag with the property '"
            + LakeSchema.OFFSETS_PROPERTY
            + "', or drop it and let the table be tiered from the start.");
  }

  private Optional<LakeOffsets> of(Snapshot snapshot) {
    return Optional.ofNullable(snapshot.properties())
        .map(properties -> properties.get(LakeSchema.OFFSETS_PROPERTY))
        .map(
            json ->
                LakeOffsetsJson.read(
                    "snapshot " + snapshot.id() + " of lake table '" + name + "'", json));
  }

  private Optional<Snapshot> find(long id) {
    try {
      return Optional.of(snapshots.tryGetSnapshot(id));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  /** The newest tagged snapshot of ours up to this one; 0 where there is none. */
  private long newestTag(long upTo) {
    return taggedSnapshots().stream()
        .filter(id -> id <= upTo)
        .max(Comparator.naturalOrder())
        .orElse(0L);
  }

  private List<Long> taggedSnapshots() {
    try {
      return tags.tagPaths(path -> idOf(path) > 0).stream().map(OffsetHistory::idOf).toList();
    } catch (IOException e) {
      throw PaimonFailure.of("The tags of lake table '" + name + "' cannot be listed", e);
    }
  }

  private static long idOf(Path tagPath) {
    String prefix = "tag-" + TAG;
    String id =
        tagPath.getName().startsWith(prefix) ? tagPath.getName().substring(prefix.length()) : "";
    return id.matches("[0-9]{1,18}") ? Long.parseLong(id) : 0;
  }

  /** Keeps the offsets of a snapshot of ours when it expires. Can be repeated. */
  void keep(Snapshot ours) {
    tags.createTag(ours, TAG + ours.id(), null, List.of(), true);
  }

  /** Keeps the offsets of the newest snapshot of ours, and no others any longer. */
  void keepNewestOnly() {
    Optional<Snapshot> newest = newestOfOurs();
    newest.ifPresent(this::keep);
    long kept = newest.map(Snapshot::id).orElse(Long.MAX_VALUE);
    taggedSnapshots().stream()
        .sorted()
        .filter(id -> id < kept)
        .forEach(id -> table.deleteTag(TAG + id));
  }

  /** As far as snapshots go back to the newest tag. */
  private Optional<Snapshot> newestOfOurs() {
    Snapshot latest = snapshots.latestSnapshot();
    if (latest == null) {
      return Optional.empty();
    }
    long tagged = newestTag(latest.id());
    Optional<Snapshot> candidate = Optional.of(latest);
    while (candidate.isPresent() && candidate.get().id() > tagged) {
      if (of(candidate.get()).isPresent()) {
        return candidate;
      }
      candidate = candidate.get().id() > 1 ? find(candidate.get().id() - 1) : Optional.empty();
    }
    return tagged > 0 ? tags.get(TAG + tagged).map(Tag::trimToSnapshot) : Optional.empty();
  }
}
