package io.fluss.lake.iceberg;

import io.fluss.FlussException;
import io.fluss.lake.LakeOffsets;
import io.fluss.lake.LakeOffsetsJson;
import io.fluss.lake.LakeSchema;
import java.util.Map;
import javax.annotation.Nullable;
import org.apache.iceberg.Snapshot;

/**
 * The offsets that a lake table has: those in the summary of the newest snapshot of ours among the
 * current snapshot and its ancestors. So a table that somebody rolls back has the offsets of then.
 *
 * <p>Snapshots expire, ours too, by whatever looks after the table. So each of our commits also
 * keeps its offsets in a property of the table, in the same commit as the snapshot. The property
 * counts where ancestors have expired and none of ours is left: the newest of our commits is then
 * one of those, unless the table was rolled back to before it, and all that was left of before has
 * expired, without a commit of ours in between.
 */
final class TableOffsets {

  /** Property with the offsets of our newest commit. */
  static final String PROPERTY = LakeSchema.OFFSETS_PROPERTY;

  /** Property with the id of the snapshot that our newest commit made. */
  static final String SNAPSHOT_PROPERTY = "fluss.offsets-snapshot";

  private TableOffsets() {}

  /**
   * The offsets.
   *
   * @param table its name, for messages
   * @param ancestry the current snapshot, its parent and so on, as far as they are there
   * @param properties of the table
   * @throws FlussException where there are none although there may have been some
   */
  static LakeOffsets of(String table, Iterable<Snapshot> ancestry, Map<String, String> properties) {
    Snapshot oldest = null;
    for (Snapshot snapshot : ancestry) {
      String json = snapshot.summary().get(LakeSchema.OFFSETS_PROPERTY);
      if (json != null) {
        return LakeOffsetsJson.read(
            "snapshot " + snapshot.snapshotId() + " of lake table '" + table + "'", json);
      }
      oldest = snapshot;
    }
    return oldest == null || oldest.parentId() == null
        ? LakeOffsets.NONE
        : ofProperty(table, properties.get(PROPERTY));
  }

  private static LakeOffsets ofProperty(String table, @Nullable String json) {
    if (json == null) {
      throw new FlussException(
          "What of the log is in lake table '"
              + table
              + "' is unknown: the snapshots that told it have expired, and property '"
              + PROPERTY
              + "', which keeps it, was removed. Set the property to the offsets again, or drop"
              + " the lake table to tier the log anew.");
    }
    return LakeOffsetsJson.read("property '" + PROPERTY + "' of lake table '" + table + "'", json);
  }
}
