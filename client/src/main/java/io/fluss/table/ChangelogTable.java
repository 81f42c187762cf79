package io.fluss.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;

/**
 * {@code t$changelog}, a table that is not stored: each change of table {@code t} as a row, in
 * three columns of its own followed by the physical columns of {@code t}.
 */
public final class ChangelogTable {

  /** {@code insert}, {@code update_before}, {@code update_after} or {@code delete}. */
  public static final String CHANGE_TYPE = "_change_type";

  /** Kafka offset of the record that made the change. */
  public static final String LOG_OFFSET = "_log_offset";

  /** Kafka timestamp of that record. */
  public static final String COMMIT_TIMESTAMP = "_commit_timestamp";

  /** How many columns come before those of the table. */
  public static final int OWN_COLUMNS = 3;

  private static final String SUFFIX = "$changelog";
  private static final int TIMESTAMP_PRECISION = 3;

  private ChangelogTable() {}

  /** The name of the table whose changes these are; empty where it is no such name. */
  public static Optional<String> tableOf(String name) {
    return name.endsWith(SUFFIX)
        ? Optional.of(name.substring(0, name.length() - SUFFIX.length()))
        : Optional.empty();
  }

  /** Type of the changes of a table. */
  public static RowType rowType(TableInfo table) {
    List<RowType.RowField> fields = new ArrayList<>();
    fields.add(new RowType.RowField(CHANGE_TYPE, new VarCharType(false, VarCharType.MAX_LENGTH)));
    fields.add(new RowType.RowField(LOG_OFFSET, new BigIntType(false)));
    fields.add(
        new RowType.RowField(
            COMMIT_TIMESTAMP, new LocalZonedTimestampType(false, TIMESTAMP_PRECISION)));
    fields.addAll(table.rowType().getFields());
    return new RowType(false, fields);
  }
}
