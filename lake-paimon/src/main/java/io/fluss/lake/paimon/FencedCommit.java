package io.fluss.lake.paimon;

import io.fluss.FlussException;
import io.fluss.lake.FailureReason;
import io.fluss.lake.LakeCommitUnknownException;
import io.fluss.lake.LakeConflictException;
import io.fluss.lake.LakeOffsets;
import io.fluss.lake.LakeOffsetsJson;
import io.fluss.lake.LakeSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import javax.annotation.Nullable;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.Snapshot;
import org.apache.paimon.manifest.ManifestCommittable;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.FileStoreTableFactory;
import org.apache.paimon.table.sink.CommitMessage;
import org.apache.paimon.table.sink.CommitMessageImpl;
import org.apache.paimon.table.sink.TableCommitImpl;
import org.apache.paimon.utils.IOUtils;
import org.apache.paimon.utils.SnapshotManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts one snapshot with offsets in place, if the lake has the offsets that are expected.
 *
 * <p>Paimon's own tries are switched off and made here: it would repeat what the fence has refused,
 * and could not say whether a commit that failed has failed. When a try was overtaken, the next one
 * looks at the offsets again; that ends, since who overtakes either changes them or has progressed.
 *
 * <p>A catalog may say that another was faster where that other was itself: it repeats a request
 * whose answer was lost. The offsets then are other ones, our own; so before a conflict is told,
 * the snapshots that were tried are looked at. Each commit has a user of its own, which tells.
 */
final class FencedCommit {

  private static final Logger LOG = LoggerFactory.getLogger(FencedCommit.class);

  private static final int MAX_TRIES = 100;
  private static final long IDENTIFIER = Long.MAX_VALUE;

  private final String name;
  private final FileStoreTable table;
  private final LakeOffsets expected;
  private final LakeOffsets offsets;

  /**
   * @param expected the offsets that the lake has to have
   * @param offsets the offsets that it has then
   */
  FencedCommit(String name, FileStoreTable table, LakeOffsets expected, LakeOffsets offsets) {
    this.name = name;
    this.table = table;
    this.expected = expected;
    this.offsets = offsets;
  }

  /**
   * Commits.
   *
   * @return the snapshot in place
   * @throws LakeConflictException where the lake has other offsets; nothing was committed
   * @throws LakeCommitUnknownException where the snapshot may or may not be in place
   * @throws FlussException where nothing was committed for another reason
   */
  Snapshot commit(List<CommitMessage> messages) {
    String user = PaimonWriter.newUser();
    List<Snapshot> overtaken = new ArrayList<>();
    for (int i = 0; i < MAX_TRIES; i++) {
      AtomicReference<Fence> used = new AtomicReference<>();
      RuntimeException failure = tryOnce(user, messages, used);
      Fence fence = used.get();
      switch (fence == null ? Fence.State.CLOSED : fence.state()) {
        case PLACED -> {
          if (failure != null) {
            LOG.warn(
                "Snapshot of lake table '{}' was committed; what follows failed.", name, failure);
          }
          return fence.snapshot().orElseThrow();
        }
        case CONFLICT -> {
          for (Snapshot tried : overtaken) {
            if (isInPlace(tried, user, failure)) {
              return tried;
            }
          }
          throw LakeConflictException.of(name, expected, fence.found().orElseThrow());
        }
        case UNKNOWN -> {
          Snapshot tried = fence.snapshot().orElseThrow();
          if (isInPlace(tried, user, failure)) {
            return tried;
          }
        }
        case CLOSED ->
            throw PaimonFailure.of(
                "A round of tiering of table '" + name + "' cannot be committed to Paimon",
                failure);
        case OVERTAKEN -> {
          LOG.debug("Lake table '{}': another commit was faster.", name);
          overtaken.add(fence.snapshot().orElseThrow());
        }
        default -> throw new IllegalStateException();
      }
    }
    throw new FlussException(
        "A round of tiering of table '"
            + name
            + "' was not committed: "
            + MAX_TRIES
            + " times somebody else was faster to commit to its lake table. Let fewer jobs write"
            + " to it.");
  }

  @Nullable
  private RuntimeException tryOnce(
      String user, List<CommitMessage> messages, AtomicReference<Fence> used) {
    ManifestCommittable committable = new ManifestCommittable(IDENTIFIER);
    messages.forEach(committable::addFileCommittable);
    committable.addProperty(LakeSchema.OFFSETS_PROPERTY, LakeOffsetsJson.write(offsets));
    boolean appends =
        messages.isEmpty()
            || messages.stream()
                .map(CommitMessageImpl.class::cast)
                .anyMatch(m -> m.compactIncrement().isEmpty());
    TableCommitImpl commit = fenced(used).newCommit(user);
    try {
      commit.ignoreEmptyCommit(!appends).commit(committable);
      return null;
    } catch (RuntimeException e) {
      return e;
    } finally {
      IOUtils.closeQuietly(commit);
    }
  }

  private FileStoreTable fenced(AtomicReference<Fence> used) {
    Map<String, String> options = new HashMap<>();
    options.put(CoreOptions.WRITE_ONLY.key(), "true");
    options.put(CoreOptions.COMMIT_MAX_RETRIES.key(), "0");
    FileStoreTable plain = table.copy(options);
    OffsetHistory history = new OffsetHistory(name, plain);
    SnapshotManager snapshots = plain.snapshotManager();
    return FileStoreTableFactory.create(
        plain.fileIO(),
        plain.location(),
        plain.schema(),
        FencedEnvironment.of(
            plain.catalogEnvironment(),
            catalog -> {
              used.set(
                  new Fence(
                      LinkedSnapshotCommit.onLocalDisk(snapshots, catalog), history::at, expected));
              return used.get();
            }));
  }

  /**
   * Whether the snapshot is in place after all; false where another one is.
   *
   * @throws LakeCommitUnknownException where none is, which may be because it is still to come
   */
  private boolean isInPlace(Snapshot tried, String user, @Nullable RuntimeException failure) {
    try {
      if (table.snapshotManager().snapshotExists(tried.id())) {
        return table.snapshotManager().snapshot(tried.id()).commitUser().equals(user);
      }
    } catch (RuntimeException e) {
      failure = failure == null ? e : failure;
    }
    throw new LakeCommitUnknownException(
        "Whether a round of tiering of table '"
            + name
            + "' was committed as snapshot "
            + tried.id()
            + " of its lake table is not known: "
            + FailureReason.of(failure),
        failure);
  }
}
