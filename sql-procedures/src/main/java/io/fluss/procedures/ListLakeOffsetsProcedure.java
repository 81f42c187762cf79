package io.fluss.procedures;

import io.fluss.catalog.procedures.CatalogProcedure;
import io.fluss.catalog.procedures.ProcedureTarget;
import io.fluss.lake.state.ShownOffsets;
import io.fluss.table.TableInfo;
import java.time.Instant;
import org.apache.flink.table.annotation.ArgumentHint;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.annotation.ProcedureHint;
import org.apache.flink.table.procedure.ProcedureContext;
import org.apache.flink.table.procedures.Procedure;
import org.apache.flink.types.Row;

/**
 * Shows how far a table is tiered, a row for each bucket, as {@code t$lake_offsets} does:
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
      return ShownOffsets.rows(found, catalog.admin().get().lakeLag(found)).stream()
          .map(Call::row)
          .toArray(Row[]::new);
    }

    private static Row row(ShownOffsets.Bucket bucket) {
      return Row.of(
          bucket.partition(),
          bucket.bucket(),
          bucket.lakeOffset(),
          bucket.logStart(),
          bucket.logEnd(),
          bucket.pending(),
          bucket.snapshot(),
          bucket.committedAtMillis() == null
              ? null
              : Instant.ofEpochMilli(bucket.committedAtMillis()),
          bucket.status(),
          bucket.reason());
    }
  }
}
