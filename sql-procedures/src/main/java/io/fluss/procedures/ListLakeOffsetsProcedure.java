package io.fluss.procedures;

import io.fluss.catalog.procedures.CatalogProcedure;
import io.fluss.catalog.procedures.ProcedureTarget;
import io.fluss.lake.LakeSnapshot;
import io.fluss.lake.state.BucketLag;
import io.fluss.lake.state.LakeLag;
import io.fluss.lake.state.LakeState;
import io.fluss.lake.state.TieringProblem;
import io.fluss.partition.PartitionKeys;
import io.fluss.table.TableInfo;
import java.time.Instant;
import java.util.Optional;
import javax.annotation.Nullable;
import org.apache.flink.table.annotation.ArgumentHint;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.annotation.ProcedureHint;
import org.apache.flink.table.procedure.ProcedureContext;
import org.apache.flink.table.procedures.Procedure;
import org.apache.flink.types.Row;

/**
 * Shows how far a table is tiered, a row for each bucket:
 *
 * <pre>CALL sys.list_lake_offsets('mydb.orders')</pre>
 *
 * <p>{@code lake_offset} is the offset of the first record that the lake does not have, null where
 * it has nothing of the bucket; {@code status} is {@code not begun}, {@code ok}, {@code failing} or
 * {@code parked}, the last two with a reason.
 */
public final class ListLakeOffsetsProcedure implements CatalogProcedure {

  @Override
  public String name() {
    return "list_lake_offsets";
  }

  @Override
  public String usage() {
    return "CALL sys.list_lake_offsets(table_name => 'mydb.orders')";
  }

  @Override
  public String description() {
    return "Shows how far a table is tiered into its lake, a row for each bucket, and why it stands"
        + " still where it does.";
  }

  @Override
  public Procedure of(ProcedureTarget catalog) {
    return new Call(catalog);
  }

  /** What Flink calls. */
  public static final class Call implements Procedure {

    private final ProcedureTarget catalog;

    Call(ProcedureTarget catalog) {
      this.catalog = catalog;
    }

    /** The rows of one table. */
    @ProcedureHint(
        argument = {@ArgumentHint(name = "table_name", type = @DataTypeHint("STRING"))},
        output =
            @DataTypeHint(
                "ROW<`partition` STRING, `bucket` INT, `lake_offset` BIGINT, `log_start` BIGINT,"
                    + " `log_end` BIGINT, `pending` BIGINT, `snapshot` BIGINT, `committed_at`"
                    + " TIMESTAMP_LTZ(3), `status` STRING, `reason` STRING>"))
    public Row[] call(ProcedureContext context, String tableName) {
      TableInfo found = NamedTable.find(catalog, tableName);
      LakeLag lag = catalog.admin().get().lakeLag(found);
      return lag.buckets().stream().map(bucket -> row(found, lag, bucket)).toArray(Row[]::new);
    }

    private static Row row(TableInfo table, LakeLag lag, BucketLag bucket) {
      Optional<LakeSnapshot> snapshot = lag.state().flatMap(LakeState::snapshot);
      Optional<TieringProblem> problem = lag.state().flatMap(LakeState::problem);
      return Row.of(
          partition(table, bucket),
          bucket.bucket(),
          bucket.tiered().isPresent() ? bucket.tiered().getAsLong() : null,
          bucket.logStart(),
          bucket.logEnd(),
          bucket.pending(),
          snapshot.map(LakeSnapshot::id).orElse(null),
          snapshot.map(s -> Instant.ofEpochMilli(s.committedAtMillis())).orElse(null),
          lag.state().isEmpty() ? "not begun" : problem.map(Call::status).orElse("ok"),
          problem.map(TieringProblem::reason).orElse(null));
    }

    @Nullable
    private static String partition(TableInfo table, BucketLag bucket) {
      return bucket.partition() == null ? null : PartitionKeys.of(table).show(bucket.partition());
    }

    private static String status(TieringProblem problem) {
      if (problem instanceof TieringProblem.Parked) {
        return "parked";
      }
      return "failing";
    }
  }
}
