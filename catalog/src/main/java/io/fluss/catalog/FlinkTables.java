package io.fluss.catalog;

import io.fluss.lake.LakeSchema;
import io.fluss.lake.state.ShownOffsets;
import io.fluss.options.TableOptions;
import io.fluss.table.ChangelogTable;
import io.fluss.table.Column;
import io.fluss.table.TableInfo;
import io.fluss.table.Watermark;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.utils.TypeConversions;

/** Shows a table's record as Flink's catalog table. Pure functions. */
final class FlinkTables {

  private FlinkTables() {}

  /** With the options that its owner may see and set: neither connection nor secrets. */
  static CatalogTable toFlink(TableInfo table) {
    CatalogTable.Builder flink =
        CatalogTable.newBuilder()
            .schema(schema(table))
            .partitionKeys(table.partitionKeys())
            .options(options(table));
    if (table.comment() != null) {
      flink.comment(table.comment());
    }
    return flink.build();
  }

  /** A table, or what is shown of it as a table that can only be read. */
  static CatalogTable shown(TableInfo table, ShownTable shown) {
    return switch (shown) {
      case ITSELF -> toFlink(table);
      case CHANGES -> readOnly(table, shown, ChangelogTable.rowType(table), table.partitionKeys());
      case LAKE -> readOnly(table, shown, LakeSchema.rowType(table), table.partitionKeys());
      case LAKE_OFFSETS -> readOnly(table, shown, ShownOffsets.rowType(), List.of());
    };
  }

  private static CatalogTable readOnly(
      TableInfo table, ShownTable shown, RowType type, List<String> partitionKeys) {
    String text = shown.toString();
    return CatalogTable.newBuilder()
        .schema(
            Schema.newBuilder()
                .fromRowDataType(TypeConversions.fromLogicalToDataType(type))
                .build())
        .partitionKeys(partitionKeys)
        .options(options(table))
        .comment(
            Character.toUpperCase(text.charAt(0))
                + text.substring(1)
                + " of table '"
                + table.path()
                + "'")
        .build();
  }

  private static Map<String, String> options(TableInfo table) {
    Map<String, String> options = new HashMap<>(table.options());
    options.put(TableOptions.BUCKET_NUM.key(), String.valueOf(table.buckets()));
    if (!table
        .bucketKey()
        .equals(TableInfo.defaultBucketKey(table.primaryKey(), table.partitionKeys()))) {
      options.put(TableOptions.BUCKET_KEY.key(), String.join(",", table.bucketKey()));
    }
    return options;
  }

  private static Schema schema(TableInfo table) {
    Schema.Builder schema = Schema.newBuilder();
    for (Column column : table.columns()) {
      add(schema, column);
      if (column.comment() != null) {
        schema.withComment(column.comment());
      }
    }
    for (Watermark w : table.watermarks()) {
      schema.watermark(w.rowtimeColumn(), w.expression());
    }
    if (!table.primaryKey().isEmpty()) {
      schema.primaryKey(table.primaryKey());
    }
    return schema.build();
  }

  private static void add(Schema.Builder schema, Column column) {
    if (column instanceof Column.Physical p) {
      schema.column(p.name(), TypeConversions.fromLogicalToDataType(p.type()));
    } else if (column instanceof Column.Computed c) {
      schema.columnByExpression(c.name(), c.expression());
    } else if (column instanceof Column.Metadata m) {
      LogicalType type = m.type();
      schema.columnByMetadata(
          m.name(), TypeConversions.fromLogicalToDataType(type), m.key(), m.virtual());
    }
  }
}
