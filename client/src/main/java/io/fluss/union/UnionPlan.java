package io.fluss.union;

import io.fluss.lake.LakeRead;
import io.fluss.lake.LakeSnapshot;
import io.fluss.lake.LakeSplit;
import io.fluss.lake.LakeStorage;
import io.fluss.partition.PartitionName;
import io.fluss.predicate.Predicate;
import io.fluss.read.LogScan;
import io.fluss.read.WantedPartitions;
import io.fluss.table.TableInfo;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.ToLongFunction;

/**
 * What a read takes from the lake of its table: a snapshot, which stays the same however long the
 * read goes on, and its splits. The log goes on from there, see {@link LogBehindLake}.
 *
 * @param splits of the wanted partitions and, as far as they tell, of the wanted buckets
 * @param readHash see {@link #readHash(LogScan)}
 */
public record UnionPlan(PinnedLake lake, List<LakeSplit> splits, long readHash) {

  public UnionPlan {
    splits = List.copyOf(splits);
  }

  /**
   * Pins the newest snapshot.
   *
   * @param completeAtMillis of the snapshot that is found, see {@link PinnedLake}; from what was
   *     told before this
   * @return empty where the lake has none yet: all rows are in the log
   */
  public static Optional<UnionPlan> of(
      LogScan scan, LakeStorage lake, ToLongFunction<LakeSnapshot> completeAtMillis) {
    return lake.latestSnapshot(scan.table())
        .map(
            snapshot ->
                of(scan, lake, new PinnedLake(snapshot, completeAtMillis.applyAsLong(snapshot))));
  }

  private static UnionPlan of(LogScan scan, LakeStorage lake, PinnedLake pinned) {
    TableInfo table = scan.table();
    LakeRead read = readOf(scan, LakeColumns.of(table, scan.selection()));
    WantedPartitions wanted =
        table.isPartitioned() ? WantedPartitions.of(table, scan.filter()) : null;
    return new UnionPlan(
        pinned,
        lake.plan(table, pinned.snapshot(), read).stream()
            .filter(s -> wanted == null || wanted.contains(partitionOf(table, s)))
            .filter(s -> mayHaveWantedKeys(scan, s))
            .toList(),
        readHash(scan));
  }

  private static PartitionName partitionOf(TableInfo table, LakeSplit split) {
    if (split.partition() == null) {
      throw new IllegalStateException(
          "The lake gave a split without a partition of the partitioned table '"
              + table.path()
              + "'.");
    }
    return split.partition();
  }

  private static boolean mayHaveWantedKeys(LogScan scan, LakeSplit split) {
    return split.bucket().isEmpty()
        || scan.keys().onlyBucket().isEmpty()
        || split.bucket().getAsInt() == scan.keys().onlyBucket().getAsInt();
  }

  /**
   * Tells reads apart that may get other rows of a split, by their conditions and columns. The same
   * for the same read wherever it is computed.
   */
  public static long readHash(LogScan scan) {
    LakeRead read = readOf(scan, LakeColumns.of(scan.table(), scan.selection()));
    String said =
        Arrays.toString(read.columns())
            + read.filter().map(f -> " WHERE " + f).orElse("")
            + version(scan.table());
    return UUID.nameUUIDFromBytes(said.getBytes(StandardCharsets.UTF_8)).getMostSignificantBits();
  }

  /** The same positions are other columns in another schema version. */
  private static String version(TableInfo table) {
    return table.schemaVersion() == 1 ? "" : " of version " + table.schemaVersion();
  }

  /**
   * What is asked of the lake.
   *
   * <ul>
   *   <li>Of a primary-key table only conditions on the key: by another column a row could be left
   *       out that the log turns into one that matches.
   *   <li>A limit only where all rows count towards it: not those that a condition excludes, nor
   *       those that the log has a newer row for.
   * </ul>
   */
  public static LakeRead readOf(LogScan scan, LakeColumns columns) {
    TableInfo table = scan.table();
    Predicate condition = scan.filter().orElse(null);
    if (condition != null && table.hasPrimaryKey()) {
      condition = condition.about(table.keyPositions()).orElse(null);
    }
    Long limit = condition == null && !table.hasPrimaryKey() ? scan.limit() : null;
    int[] positions = columns.columns().stream().mapToInt(Integer::intValue).toArray();
    return new LakeRead(positions, condition, limit);
  }
}
