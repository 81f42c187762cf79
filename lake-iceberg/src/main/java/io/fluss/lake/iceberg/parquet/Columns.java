package io.fluss.lake.iceberg.parquet;

import io.fluss.FlussException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.annotation.Nullable;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;
import org.apache.iceberg.parquet.ParquetSchemaUtil;
import org.apache.iceberg.types.Types;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/** The columns of a file, found by Iceberg's field ids: by this file's names, order and types. */
final class Columns {

  private final MessageType file;
  private final Map<Integer, Object> constants;

  /**
   * @param file schema of the file, with field ids
   * @param constants values of columns that the file need not have, by field id, in Flink's form
   */
  Columns(MessageType file, Map<Integer, Object> constants) {
    this.file = file;
    this.constants = constants;
  }

  /** The columns of rows of this type. */
  Column[] of(RowType rows, List<Types.NestedField> fields) {
    Column[] columns = new Column[fields.size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = column(rows.getTypeAt(i), fields.get(i));
    }
    return columns;
  }

  private Column column(LogicalType type, Types.NestedField field) {
    Type stored = child(file, field.fieldId());
    if (stored == null) {
      return new ScalarColumns.ConstantColumn(constants.get(field.fieldId()));
    }
    List<String> path = List.of(stored.getName());
    return stored.isPrimitive()
        ? scalar(field.name(), type, descriptor(path))
        : new NestedColumn(nested(type, field.type(), stored, path));
  }

  @Nullable
  private static Type child(GroupType group, int fieldId) {
    return group.getFields().stream()
        .filter(f -> f.getId() != null && f.getId().intValue() == fieldId)
        .findFirst()
        .orElse(null);
  }

  private ColumnDescriptor descriptor(List<String> path) {
    return file.getColumnDescription(path.toArray(String[]::new));
  }

  private static Column scalar(String name, LogicalType type, ColumnDescriptor descriptor) {
    PrimitiveTypeName stored = descriptor.getPrimitiveType().getPrimitiveTypeName();
    return switch (type.getTypeRoot()) {
      case BOOLEAN -> new ScalarColumns.BooleanColumn(descriptor);
      case TINYINT, SMALLINT, INTEGER, DATE -> new ScalarColumns.IntColumn(descriptor);
      // a file may be older than a wider type of its column
      case BIGINT ->
          stored == PrimitiveTypeName.INT32
              ? new ScalarColumns.IntColumn(descriptor)
              : new ScalarColumns.LongColumn(descriptor);
      case FLOAT -> new ScalarColumns.FloatColumn(descriptor);
      case DOUBLE ->
          stored == PrimitiveTypeName.FLOAT
              ? new ScalarColumns.FloatColumn(descriptor)
              : new ScalarColumns.DoubleColumn(descriptor);
      case CHAR, VARCHAR -> new ScalarColumns.StringColumn(descriptor);
      case BINARY, VARBINARY -> new ScalarColumns.BinaryColumn(descriptor);
      case TIME_WITHOUT_TIME_ZONE -> new ScalarColumns.TimeColumn(descriptor);
      case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> {
        requireLongs(name, descriptor);
        yield new ScalarColumns.TimestampColumn(descriptor);
      }
      case DECIMAL -> {
        int precision = LogicalTypeChecks.getPrecision(type);
        int scale = LogicalTypeChecks.getScale(type);
        yield switch (stored) {
          case INT32 -> new ScalarColumns.IntDecimalColumn(descriptor, precision, scale);
          case INT64 -> new ScalarColumns.LongDecimalColumn(descriptor, precision, scale);
          default -> new ScalarColumns.BinaryDecimalColumn(descriptor, precision, scale);
        };
      }
      default ->
          throw new IllegalArgumentException(
              "Column '" + name + "' of type " + type + " has no form in Parquet.");
    };
  }

  /** Files of other writers may have timestamps of 96 bits. */
  private static void requireLongs(String name, ColumnDescriptor descriptor) {
    PrimitiveTypeName stored = descriptor.getPrimitiveType().getPrimitiveTypeName();
    if (stored != PrimitiveTypeName.INT64) {
      throw new FlussException(
          "Column '"
              + name
              + "' has timestamps stored as "
              + stored
              + " in a file that somebody else has written; only INT64 can be read. Rewrite the"
              + " data files of the lake table.");
    }
  }

  private NestedValues nested(
      LogicalType type, org.apache.iceberg.types.Type icebergType, Type stored, List<String> path) {
    if (stored.isPrimitive()) {
      ColumnDescriptor descriptor = descriptor(path);
      return new NestedValues.Leaf(descriptor, value(type, descriptor));
    }
    GroupType group = stored.asGroupType();
    int presentLevel = file.getMaxDefinitionLevel(path.toArray(String[]::new));
    if (type instanceof RowType rows) {
      return struct(rows, icebergType.asStructType(), group, path, presentLevel);
    }
    GroupType repeated = group.getType(0).asGroupType();
    List<String> inner = child(path, repeated);
    int repetitionLevel = file.getMaxRepetitionLevel(inner.toArray(String[]::new));
    if (type instanceof ArrayType array) {
      Type element = ParquetSchemaUtil.determineListElementType(group);
      return new NestedValues.Elements(
          presentLevel,
          repetitionLevel,
          nested(
              array.getElementType(),
              icebergType.asListType().elementType(),
              element,
              child(inner, element)));
    }
    MapType map = (MapType) type;
    Types.MapType icebergMap = icebergType.asMapType();
    Type key = repeated.getType(0);
    Type value = repeated.getType(1);
    return new NestedValues.Entries(
        presentLevel,
        repetitionLevel,
        nested(map.getKeyType(), icebergMap.keyType(), key, child(inner, key)),
        nested(map.getValueType(), icebergMap.valueType(), value, child(inner, value)));
  }

  private NestedValues struct(
      RowType rows,
      Types.StructType icebergType,
      GroupType group,
      List<String> path,
      int presentLevel) {
    List<NestedValues> fields = new ArrayList<>();
    int[] positions = new int[rows.getFieldCount()];
    for (int i = 0; i < rows.getFieldCount(); i++) {
      Types.NestedField field = icebergType.fields().get(i);
      Type stored = child(group, field.fieldId());
      if (stored != null) {
        positions[fields.size()] = i;
        fields.add(nested(rows.getTypeAt(i), field.type(), stored, child(path, stored)));
      }
    }
    return new NestedValues.Struct(
        presentLevel, fields, Arrays.copyOf(positions, fields.size()), rows.getFieldCount());
  }

  private static List<String> child(List<String> path, Type type) {
    List<String> child = new ArrayList<>(path);
    child.add(type.getName());
    return child;
  }

  /** How a value within a nested one is read, boxed. */
  private static Function<ColumnReader, Object> value(
      LogicalType type, ColumnDescriptor descriptor) {
    return switch (type.getTypeRoot()) {
      case BOOLEAN -> ColumnReader::getBoolean;
      case TINYINT -> r -> (byte) r.getInteger();
      case SMALLINT -> r -> (short) r.getInteger();
      case INTEGER, DATE -> ColumnReader::getInteger;
      case BIGINT -> ColumnReader::getLong;
      case FLOAT -> ColumnReader::getFloat;
      case DOUBLE -> ColumnReader::getDouble;
      case CHAR, VARCHAR -> r -> ScalarValues.string(r.getBinary());
      case BINARY, VARBINARY -> r -> r.getBinary().getBytes();
      case TIME_WITHOUT_TIME_ZONE -> r -> (int) (r.getLong() / ScalarValues.MICROS_PER_MILLI);
      case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
          ScalarValues.isNanos(descriptor.getPrimitiveType())
              ? r -> ScalarValues.ofNanos(r.getLong())
              : r -> ScalarValues.ofMicros(r.getLong());
      case DECIMAL -> decimal(type, descriptor);
      default -> throw new IllegalArgumentException("Type " + type + " has no form in Parquet.");
    };
  }

  private static Function<ColumnReader, Object> decimal(
      LogicalType type, ColumnDescriptor descriptor) {
    int precision = LogicalTypeChecks.getPrecision(type);
    int scale = LogicalTypeChecks.getScale(type);
    return switch (descriptor.getPrimitiveType().getPrimitiveTypeName()) {
      case INT32 -> r -> DecimalData.fromUnscaledLong(r.getInteger(), precision, scale);
      case INT64 -> r -> DecimalData.fromUnscaledLong(r.getLong(), precision, scale);
      default -> r -> DecimalData.fromUnscaledBytes(r.getBinary().getBytes(), precision, scale);
    };
  }
}
