package io.fluss.lake.state;

import io.fluss.lake.LakeSnapshot;
import io.fluss.partition.PartitionKeys;
import io.fluss.table.TableInfo;
import java.util.List;
import java.util.Optional;
import javax.annotation.Nullable;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;

/**
 * {@code t$lake_offsets}, a table that is not stored: how far table {@code t} is tiered, a row for
 * each bucket.
 */
public final class ShownOffsets {

  private static final String SUFFIX = "$lake_offsets";
  private static final int TIMESTAMP_PRECISION = 3;

  private ShownOffsets() {}

  /** The name of the table whose offsets these are; empty where it is no such name. */
  public static Optional<String> tableOf(String name) {
    return name.endsWith(SUFFIX)
        ? Optional.of(name.substring(0, name.length() - SUFFIX.length()))
        : Optional.empty();
  }

  /** Its columns: those of {@link Bucket}, in their order. */
  public static RowType rowType() {
    return RowType.of(
        new LogicalType[] {
          VarCharType.STRING_TYPE,
          new IntType(false),
          new BigIntType(),
          new BigIntType(false),
          new BigIntType(false),
          new BigIntType(false),
          new BigIntType(),
          new LocalZonedTimestampType(TIMESTAMP_PRECISION),
          new VarCharType(false, VarCharType.MAX_LENGTH),
          VarCharType.STRING_TYPE
        },
        new String[] {
          "partition",
          "bucket",
          "lake_offset",
          "log_start",
          "log_end",
          "pending",
          "snapshot",
          "committed_at",
          "status",
          "reason"
        });
  }

  /** The rows of a table. */
  public static List<Bucket> rows(TableInfo table, LakeLag lag) {
    return lag.buckets().stream().map(bucket -> row(table, lag, bucket)).toList();
  }

  private static Bucket row(TableInfo table, LakeLag lag, BucketLag bucket) {
    Optional<LakeSnapshot> snapshot = lag.state().flatMap(LakeState::snapshot);
    Optional<TieringProblem> problem = lag.state().flatMap(LakeState::problem);
    return new Bucket(
        bucket.partition() == null ? null : PartitionKeys.of(table).show(bucket.partition()),
        bucket.bucket(),
        bucket.tiered().isPresent() ? bucket.tiered().getAsLong() : null,
        bucket.logStart(),
        bucket.logEnd(),
        bucket.pending(),
        snapshot.map(LakeSnapshot::id).orElse(null),
        snapshot.map(LakeSnapshot::committedAtMillis).orElse(null),
        lag.state().isEmpty() ? "not begun" : problem.map(ShownOffsets::status).orElse("ok"),
        problem.map(TieringProblem::reason).orElse(null));
  }

  private static String status(TieringProblem problem) {
    return problem instanceof TieringProblem.Parked ? "parked" : "failing";
  }

  /**
   * How far a bucket is tiered.
   *
   * @param partition as {@code key=value/...}, null where the table is not partitioned
   * @param lakeOffset of the first record that the lake does not have, null where it has none
   * @param logStart offset of the oldest record in the log
   * @param logEnd offset behind the last record that committed readers see
   * @param pending offsets that are not in the lake yet
   * @param snapshot the newest one of the lake, null before the first
   * @param committedAtMillis when that was made, epoch milliseconds
   * @param status {@code not begun}, {@code ok}, {@code failing} or {@code parked}
   * @param reason of the last two
   */
  public record Bucket(
      @Nullable String partition,
      int bucket,
      @Nullable Long lakeOffset,
      long logStart,
      long logEnd,
      long pending,
      @Nullable Long snapshot,
      @Nullable Long committedAtMillis,
      String status,
      @Nullable String reason) {}
}
