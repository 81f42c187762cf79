package io.fluss.catalog;

import io.fluss.admin.TableDescriptor;
import io.fluss.options.TableOptions;
import io.fluss.table.Watermark;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ResolvedCatalogTable;
import org.apache.flink.table.catalog.TableDistribution;
import org.apache.flink.table.catalog.UniqueConstraint;
import org.apache.flink.table.catalog.WatermarkSpec;
import org.apache.flink.table.expressions.ResolvedExpression;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.utils.LogicalTypeUtils;

/**
 * A CREATE TABLE statement in our terms.
 *
 * @param problems what is wrong with the parts that our terms have no words for
 */
record RequestedTable(TableDescriptor descriptor, List<String> problems) {

  static RequestedTable of(ResolvedCatalogTable table) {
    List<String> problems = new ArrayList<>();
    TableDescriptor.Builder descriptor =
        TableDescriptor.builder()
            .comment(blankToNull(table.getComment()))
            .partitionKeys(table.getPartitionKeys())
            .primaryKey(
                table
                    .getResolvedSchema()
                    .getPrimaryKey()
                    .map(UniqueConstraint::getColumns)
                    .orElse(List.of()));
    for (Column column : table.getResolvedSchema().getColumns()) {
      add(descriptor, column, problems);
    }
    for (WatermarkSpec w : table.getResolvedSchema().getWatermarkSpecs()) {
      addWatermark(descriptor, w, problems);
    }
    descriptor.options(options(table, problems));
    return new RequestedTable(descriptor.build(), problems);
  }

  /** A column that is to be added; empty where a problem says why it cannot be. */
  static Optional<io.fluss.table.Column> column(Column column, List<String> problems) {
    TableDescriptor.Builder alone = TableDescriptor.builder();
    add(alone, column, problems);
    return alone.build().columns().stream().findFirst();
  }

  /** As {@link #column}. */
  static Optional<Watermark> watermark(WatermarkSpec watermark, List<String> problems) {
    TableDescriptor.Builder alone = TableDescriptor.builder();
    addWatermark(alone, watermark, problems);
    return alone.build().watermarks().stream().findFirst();
  }

  private static String blankToNull(String comment) {
    return comment == null || comment.isEmpty() ? null : comment;
  }

  private static void add(
      TableDescriptor.Builder descriptor, Column column, List<String> problems) {
    LogicalType type = LogicalTypeUtils.removeTimeAttributes(column.getDataType().getLogicalType());
    String comment = column.getComment().orElse(null);
    if (column instanceof Column.ComputedColumn computed) {
      sql(computed.getExpression(), "Computed column '" + column.getName() + "'", problems)
          .ifPresent(e -> descriptor.computed(column.getName(), e, type, comment));
    } else if (column instanceof Column.MetadataColumn metadata) {
      descriptor.metadata(
          column.getName(),
          type,
          metadata.getMetadataKey().orElse(null),
          metadata.isVirtual(),
          comment);
    } else {
      descriptor.column(column.getName(), type, comment);
    }
  }

  private static void addWatermark(
      TableDescriptor.Builder descriptor, WatermarkSpec watermark, List<String> problems) {
    ResolvedExpression expression = watermark.getWatermarkExpression();
    LogicalType type =
        LogicalTypeUtils.removeTimeAttributes(expression.getOutputDataType().getLogicalType());
    sql(expression, "The watermark of '" + watermark.getRowtimeAttribute() + "'", problems)
        .ifPresent(
            e ->
                descriptor.watermark(
                    new Watermark(
                        watermark.getRowtimeAttribute(), e, type.asSerializableString())));
  }

  private static Optional<String> sql(
      ResolvedExpression expression, String what, List<String> problems) {
    try {
      return Optional.of(expression.asSerializableString());
    } catch (RuntimeException e) {
      problems.add(
          what
              + " cannot be stored: its expression "
              + expression.asSummaryString()
              + " has no SQL form. Use built-in functions, or functions registered by name.");
      return Optional.empty();
    }
  }

  private static Map<String, String> options(ResolvedCatalogTable table, List<String> problems) {
    Map<String, String> options = new HashMap<>(table.getOptions());
    String connector = options.remove(FactoryUtil.CONNECTOR.key());
    if (connector != null && !connector.equals(FlussCatalogFactory.IDENTIFIER)) {
      problems.add(
          "Option 'connector' is '"
              + connector
              + "', and tables of this catalog are all of connector 'fluss'. Leave the option out,"
              + " or create the table in another catalog.");
    }
    table.getDistribution().ifPresent(d -> addDistribution(d, options, problems));
    return options;
  }

  /** DISTRIBUTED BY HASH(a) INTO 4 BUCKETS says the same as two options. */
  private static void addDistribution(
      TableDistribution distribution, Map<String, String> options, List<String> problems) {
    if (distribution.getKind() == TableDistribution.Kind.RANGE) {
      problems.add("DISTRIBUTED BY RANGE is not supported. Use DISTRIBUTED BY HASH.");
      return;
    }
    distribution
        .getBucketCount()
        .ifPresent(n -> putSame(options, TableOptions.BUCKET_NUM.key(), n.toString(), problems));
    if (!distribution.getBucketKeys().isEmpty()) {
      String keys = String.join(",", distribution.getBucketKeys());
      putSame(options, TableOptions.BUCKET_KEY.key(), keys, problems);
    }
  }

  private static void putSame(
      Map<String, String> options, String key, String value, List<String> problems) {
    String other = options.putIfAbsent(key, value);
    if (other != null && !other.equals(value)) {
      problems.add(
          "DISTRIBUTED says '" + key + "' = '" + value + "' and the option says '" + other + "'.");
    }
  }
}
