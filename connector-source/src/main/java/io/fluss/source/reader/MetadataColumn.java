package io.fluss.source.reader;

import java.util.Arrays;
import java.util.Optional;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.types.DataType;

/** Where a row came from, readable through METADATA columns. */
public enum MetadataColumn {
  /**
   * Kafka offset of the row's batch. With {@link #ROW_INDEX} it identifies the row in its bucket.
   */
  OFFSET("offset", DataTypes.BIGINT().notNull()),
  /** Index of the row in its batch. */
  ROW_INDEX("row-index", DataTypes.INT().notNull()),
  /** Kafka timestamp of the row's batch. */
  TIMESTAMP("timestamp", DataTypes.TIMESTAMP_LTZ(3).notNull()),
  BUCKET("bucket", DataTypes.INT().notNull()),
  /** The table partition, null where the table has none. */
  PARTITION("partition", DataTypes.STRING().nullable());

  private final String key;
  private final DataType type;

  MetadataColumn(String key, DataType type) {
    this.key = key;
    this.type = type;
  }

  public String key() {
    return key;
  }

  public DataType type() {
    return type;
  }

  public static Optional<MetadataColumn> of(String key) {
    return Arrays.stream(values()).filter(c -> c.key.equals(key)).findFirst();
  }
}
