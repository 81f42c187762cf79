package io.fluss.lake.iceberg;

import io.fluss.FlussException;
import io.fluss.lake.LakeBucket;
import io.fluss.lake.LakeSchema;
import io.fluss.partition.PartitionKeys;
import io.fluss.partition.PartitionName;
import io.fluss.table.TableInfo;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.annotation.Nullable;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types;

/**
 * Tells which partition and bucket all rows of a data file are of: by the values that the file is
 * partitioned by, or else by the bounds of its columns where both are the same.
 */
final class FileBucket {

  /** The bucket of files that have rows of several, as somebody's compaction may write them. */
  static final int ANY = -1;

  private final TableInfo info;
  private final Table table;
  @Nullable private final PartitionKeys keys;

  FileBucket(TableInfo info, Table table) {
    this.info = info;
    this.table = table;
    this.keys = info.isPartitioned() ? PartitionKeys.of(info) : null;
  }

  /** The columns whose bounds it looks at. */
  static List<String> columns(TableInfo info) {
    return List.copyOf(TableLayout.constantsOfBucket(info));
  }

  /**
   * The partition and bucket, {@link #ANY} where there are several.
   *
   * @throws FlussException where it has rows of several partitions
   */
  LakeBucket of(DataFile file) {
    int bucket = value(file, LakeSchema.BUCKET, new IntType()).map(Integer.class::cast).orElse(ANY);
    return new LakeBucket(keys == null ? null : partition(file), bucket);
  }

  private PartitionName partition(DataFile file) {
    GenericRowData values = new GenericRowData(keys.columns().size());
    for (int i = 0; i < keys.columns().size(); i++) {
      String key = keys.columns().get(i);
      values.setField(
          i, value(file, key, keys.type().getTypeAt(i)).orElseThrow(() -> several(file, key)));
    }
    return keys.nameOf(values);
  }

  private FlussException several(DataFile file, String key) {
    return new FlussException(
        "A data file of lake table '"
            + info.path()
            + "' may have rows with several values of partition key '"
            + key
            + "', so somebody else has written it with another partition spec: "
            + file.location()
            + ". Rewrite the data files of the lake table, partitioned by '"
            + key
            + "'.");
  }

  /** The one value that a column has in a file, in Flink's form; empty where that is not known. */
  private Optional<Object> value(DataFile file, String column, LogicalType type) {
    Types.NestedField field = table.schema().asStruct().field(column);
    PartitionSpec spec = table.specs().get(file.specId());
    for (int i = 0; i < spec.fields().size(); i++) {
      PartitionField partitionField = spec.fields().get(i);
      if (partitionField.sourceId() == field.fieldId() && partitionField.transform().isIdentity()) {
        return Optional.ofNullable(file.partition().get(i, Object.class))
            .map(v -> IcebergValues.toFlink(type, v));
      }
    }
    ByteBuffer lower = bound(file.lowerBounds(), field);
    ByteBuffer upper = bound(file.upperBounds(), field);
    boolean one = lower != null && lower.equals(upper) && hasNoNull(file, field);
    return one
        ? Optional.of(IcebergValues.toFlink(type, Conversions.fromByteBuffer(field.type(), lower)))
        : Optional.empty();
  }

  @Nullable
  private static ByteBuffer bound(
      @Nullable Map<Integer, ByteBuffer> bounds, Types.NestedField field) {
    return bounds == null ? null : bounds.get(field.fieldId());
  }

  private static boolean hasNoNull(DataFile file, Types.NestedField field) {
    return field.isRequired()
        || file.nullValueCounts() != null
            && file.nullValueCounts().getOrDefault(field.fieldId(), 1L) == 0;
  }
}
