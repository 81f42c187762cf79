package io.fluss.merge;

import io.fluss.format.keyed.KeyedSchema;
import io.fluss.format.row.RowReader;
import io.fluss.format.row.ValueHeader;
import io.fluss.table.BucketFunction;
import io.fluss.table.Column;
import io.fluss.table.ColumnSet;
import io.fluss.table.SchemaVersion;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import io.fluss.table.TableState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.annotation.Nullable;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.TimestampType;
import org.apache.flink.table.types.logical.VarCharType;

/** A table of all merge engines, and its values as plain objects. */
final class MergeFixtures {

  /** How many columns are not of the primary key. */
  static final int VALUE_COLUMNS = 4;

  /** Two of each three share a column, and every column is in one of them. */
  static final List<ColumnSet> COLUMN_SETS =
      List.of(
          new ColumnSet(1, List.of(1, 2)),
          new ColumnSet(2, List.of(2, 3)),
          new ColumnSet(3, List.of(3, 4)));

  private static final List<Column> COLUMNS =
      List.of(
          new Column.Physical(1, "amount", new IntType(), null),
          new Column.Physical(0, "id", new BigIntType(false), null),
          new Column.Physical(2, "note", new VarCharType(20), null),
          new Column.Physical(3, "version", new BigIntType(), null),
          new Column.Physical(4, "seen", new TimestampType(9), null));

  /** The last value wins, whatever it is. */
  static final MergeFunction ANY_LAST = (state, columnSet, value) -> value;

  private MergeFixtures() {}

  static TableInfo table(Map<String, String> options, List<ColumnSet> columnSets) {
    return table(1, COLUMNS, List.of(), List.of("id"), columnSets, options);
  }

  static TableInfo logTable() {
    return table(1, COLUMNS, List.of(), List.of(), List.of(), Map.of());
  }

  /** The table in its next schema version, with one more INT column. */
  static TableInfo withColumn(TableInfo table, int fieldId, String name) {
    List<Column> columns = new ArrayList<>(table.columns());
    columns.add(new Column.Physical(fieldId, name, new IntType(), null));
    return table(
        table.schemaVersion() + 1,
        columns,
        List.of(table.currentSchema()),
        table.primaryKey(),
        table.columnSets(),
        table.options());
  }

  /** The table with all columns NOT NULL. */
  static TableInfo withoutNulls(TableInfo table) {
    List<Column> columns =
        table.physicalColumns().stream()
            .<Column>map(
                c -> new Column.Physical(c.fieldId(), c.name(), c.type().copy(false), null))
            .toList();
    return table(1, columns, List.of(), table.primaryKey(), table.columnSets(), table.options());
  }

  private static TableInfo table(
      int schemaVersion,
      List<Column> columns,
      List<SchemaVersion> pastSchemas,
      List<String> primaryKey,
      List<ColumnSet> columnSets,
      Map<String, String> options) {
    return new TableInfo(
        new UUID(1, 2),
        TablePath.of("shop", "orders"),
        TableState.READY,
        "shop.orders",
        null,
        schemaVersion,
        columns,
        List.of(),
        pastSchemas,
        100,
        primaryKey,
        columnSets,
        List.of(),
        primaryKey,
        1,
        BucketFunction.MURMUR3,
        options,
        null,
        0);
  }

  /** The columns of a full row in the table's current schema. */
  @Nullable
  static List<Object> decoded(TableInfo table, @Nullable byte[] value) {
    if (value == null) {
      return null;
    }
    KeyedSchema schema = KeyedSchema.of(table, ValueHeader.schemaVersion(value));
    RowReader reader = schema.rowReader();
    RowData row = reader.read(value);
    return Arrays.asList(
        row.isNullAt(0) ? null : row.getInt(0),
        row.isNullAt(1) ? null : row.getString(1).toString(),
        row.isNullAt(2) ? null : row.getLong(2),
        row.isNullAt(3) ? null : row.getTimestamp(3, 9));
  }
}
