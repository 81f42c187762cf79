package io.fluss.source.reader;

import io.fluss.table.Column;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.utils.LogicalTypeCasts;

/** Where a row came from, readable through METADATA columns. */
public enum MetadataColumn {
  /**
   * Kafka offset of the record that the row is in. With {@link #ROW_INDEX} it identifies the row in
   * its bucket.
   */
  OFFSET("offset", DataTypes.BIGINT().notNull()),
  /** Index of the row in its record: 0 where each row has its own. */
  ROW_INDEX("row-index", DataTypes.INT().notNull()),
  /** Kafka timestamp of that record. */
  TIMESTAMP("timestamp", DataTypes.TIMESTAMP_LTZ(3).notNull()),
  BUCKET("bucket", DataTypes.INT().notNull()),
  /** The table partition, null where the table has none. */
  PARTITION("partition", DataTypes.STRING().nullable()),
  /**
   * Kafka's id of the topic of the partition, null where the table has none. For folds, which must
   * not take rows of a partition for those of one that was dropped before; users cannot read it.
   */
  TOPIC_ID("topic-id", DataTypes.STRING().nullable());

  private final String key;
  private final DataType type;

  MetadataColumn(String key, DataType type) {
    this.key = key;
    this.type = type;
  }

  public String key() {
    return key;
  }

  /** Those that users can read. */
  public static List<MetadataColumn> readable() {
    return Arrays.stream(values()).filter(c -> c != TOPIC_ID).toList();
  }

  public DataType type() {
    return type;
  }

  /** Why a declared column cannot be read; empty where it can. */
  public static Optional<String> problemWith(Column.Metadata column) {
    String key = column.key() == null ? column.name() : column.key();
    Optional<MetadataColumn> known = of(key);
    if (known.isEmpty()) {
      return Optional.of(
          "Column '"
              + column.name()
              + "' is of metadata key '"
              + key
              + "', which does not exist. Keys: "
              + readable().stream().map(MetadataColumn::key).collect(Collectors.joining(", "))
              + ".");
    }
    LogicalType shown = known.get().type.getLogicalType();
    if (!LogicalTypeCasts.supportsExplicitCast(shown, column.type())) {
      return Optional.of(
          "Column '"
              + column.name()
              + "' is of type "
              + column.type().asSummaryString()
              + ", and metadata key '"
              + key
              + "' is of type "
              + shown.asSummaryString()
              + ", which cannot be cast to it.");
    }
    return Optional.empty();
  }

  /** The column that users call so. */
  public static Optional<MetadataColumn> of(String key) {
    return readable().stream().filter(c -> c.key.equals(key)).findFirst();
  }
}
