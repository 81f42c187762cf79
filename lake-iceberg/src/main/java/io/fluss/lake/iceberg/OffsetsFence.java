package io.fluss.lake.iceberg;

import io.fluss.lake.LakeOffsets;
import java.util.Map;
import java.util.function.Supplier;
import javax.annotation.Nullable;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotAncestryValidator;
import org.apache.iceberg.exceptions.CommitStateUnknownException;

/**
 * Lets a snapshot in only on top of the offsets that a round began with. Iceberg asks it with the
 * ancestors of the very metadata that the commit then replaces, again for each attempt, so no
 * commit comes in between. One commit.
 */
final class OffsetsFence implements SnapshotAncestryValidator {

  /** Summary entry that tells one commit from all others. */
  static final String COMMIT_ID = "fluss.commit-id";

  private final String table;
  private final Supplier<Map<String, String>> properties;
  private final LakeOffsets from;
  private final String commitId;
  @Nullable private LakeOffsets conflict;

  /**
   * @param properties of the table as the attempt at hand found it
   * @param commitId that of this commit
   */
  OffsetsFence(
      String table, Supplier<Map<String, String>> properties, LakeOffsets from, String commitId) {
    this.table = table;
    this.properties = properties;
    this.from = from;
    this.commitId = commitId;
  }

  @Override
  public boolean validate(Iterable<Snapshot> ancestry) {
    for (Snapshot snapshot : ancestry) {
      if (commitId.equals(snapshot.summary().get(COMMIT_ID))) {
        // An attempt that the catalog said had failed: its files are in use.
        throw new CommitStateUnknownException(
            new IllegalStateException("The catalog reported a commit as failed that succeeded."));
      }
    }
    LakeOffsets found = TableOffsets.of(table, ancestry, properties.get());
    conflict = found.equals(from) ? null : found;
    return conflict == null;
  }

  @Override
  public String errorMessage() {
    return "the table has other offsets than the round began with";
  }

  /** The offsets that were there instead; null where it was not for them that the commit failed. */
  @Nullable
  LakeOffsets conflict() {
    return conflict;
  }
}
