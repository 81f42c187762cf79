package io.fluss.source.reader;

import io.fluss.read.RowPlaces;
import io.fluss.source.split.TableBucket;
import java.util.List;
import javax.annotation.Nullable;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;

/** The metadata of the rows of one batch, read as asked. Immutable. */
final class BatchMetadata {

  private final MetadataColumn[] columns;
  private final int bucket;
  @Nullable private final StringData partition;
  @Nullable private final StringData topicId;
  private final RowPlaces places;

  BatchMetadata(List<MetadataColumn> columns, TableBucket bucket, RowPlaces places) {
    this.columns = columns.toArray(MetadataColumn[]::new);
    this.bucket = bucket.index();
    this.partition = StringData.fromString(bucket.partition());
    this.topicId = StringData.fromString(bucket.topicId());
    this.places = places;
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
    return columns[column] == MetadataColumn.BUCKET ? bucket : places.rowIndex(row);
  }

  /** Of the only column of this type. */
  long offset(int row) {
    return places.offset(row);
  }

  /** Of the only column of this type. */
  TimestampData timestamp(int row) {
    return TimestampData.fromEpochMillis(places.timestampMillis(row));
  }

  @Nullable
  StringData text(int column) {
    return columns[column] == MetadataColumn.TOPIC_ID ? topicId : partition;
  }
}
