package io.fluss.source.reader;

import io.fluss.read.RowOrigins;
import java.util.List;
import java.util.function.IntUnaryOperator;
import javax.annotation.Nullable;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;

/** The metadata of the rows of one batch, read as asked. */
final class BatchMetadata {

  private final MetadataColumn[] columns;
  private final IntUnaryOperator buckets;
  @Nullable private final StringData partition;
  @Nullable private final StringData topicId;
  private final RowOrigins origins;

  /**
   * @param buckets of each row
   * @param partition for people, null where there is none
   * @param topicId null where it is not known
   */
  BatchMetadata(
      List<MetadataColumn> columns,
      IntUnaryOperator buckets,
      @Nullable String partition,
      @Nullable String topicId,
      RowOrigins origins) {
    this.columns = columns.toArray(MetadataColumn[]::new);
    this.buckets = buckets;
    this.partition = StringData.fromString(partition);
    this.topicId = StringData.fromString(topicId);
    this.origins = origins;
  }

  int size() {
    return columns.length;
  }

  boolean isNull(int column) {
    return switch (columns[column]) {
      case PARTITION -> partition == null;
      case TOPIC_ID -> topicId == null;
      default -> false;
    };
  }

  int intValue(int column, int row) {
    return columns[column] == MetadataColumn.BUCKET
        ? buckets.applyAsInt(row)
        : origins.rowIndex(row);
  }

  /** Of the only column of this type. */
  long offset(int row) {
    return origins.offset(row);
  }

  /** Of the only column of this type. */
  TimestampData timestamp(int row) {
    return TimestampData.fromEpochMillis(origins.timestampMillis(row));
  }

  @Nullable
  StringData text(int column) {
    return columns[column] == MetadataColumn.TOPIC_ID ? topicId : partition;
  }
}
