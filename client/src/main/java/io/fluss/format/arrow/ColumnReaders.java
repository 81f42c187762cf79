package io.fluss.format.arrow;

import io.fluss.format.bytes.TimestampUnit;
import java.util.List;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;

/** The reader of each type. Numbers the nodes and buffers of a schema as it goes. */
final class ColumnReaders {
  private static final int DECIMAL_BYTES = 16;

  private int nodes;
  private int buffers;

  /** How many nodes the readers made so far stand for. */
  int nodes() {
    return nodes;
  }

  int buffers() {
    return buffers;
  }

  ColumnReader[] ofFields(String parent, RowType type) {
    List<RowType.RowField> fields = type.getFields();
    ColumnReader[] readers = new ColumnReader[fields.size()];
    for (int i = 0; i < readers.length; i++) {
      RowType.RowField field = fields.get(i);
      readers[i] = of(LogicalTypeToArrow.childPath(parent, field.getName()), field.getType());
    }
    return readers;
  }

  private ColumnReader of(String path, LogicalType type) {
    return switch (type.getTypeRoot()) {
      case BOOLEAN -> new FlatReaders.Bits(locate(path, 2), type);
      case TINYINT -> number(path, type, Byte.BYTES);
      case SMALLINT -> number(path, type, Short.BYTES);
      case INTEGER, DATE, TIME_WITHOUT_TIME_ZONE, FLOAT -> number(path, type, Integer.BYTES);
      case BIGINT, DOUBLE -> number(path, type, Long.BYTES);
      case CHAR, VARCHAR ->
          new FlatReaders.VariableWidth(locate(path, 3), type, VariableWidthViews.Strings::new);
      case BINARY, VARBINARY ->
          new FlatReaders.VariableWidth(locate(path, 3), type, VariableWidthViews.Binaries::new);
      case DECIMAL ->
          new FlatReaders.FixedWidth(
              locate(path, 2),
              type,
              DECIMAL_BYTES,
              (validity, data, getter) ->
                  new DecimalView(validity, data, getter, (DecimalType) type));
      case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> {
        TimestampUnit unit = TimestampUnit.of(LogicalTypeChecks.getPrecision(type));
        yield new FlatReaders.FixedWidth(
            locate(path, 2),
            type,
            Long.BYTES,
            (validity, data, getter) -> new TimestampView(validity, data, getter, unit));
      }
      case ARRAY -> {
        ColumnReader.Location location = locate(path, 2);
        String elementPath = LogicalTypeToArrow.childPath(path, LogicalTypeToArrow.ELEMENT);
        yield new NestedReaders.Lists(
            location, type, of(elementPath, ((ArrayType) type).getElementType()));
      }
      case MAP -> ofMap(path, (MapType) type);
      case ROW -> {
        ColumnReader.Location location = locate(path, 1);
        yield new NestedReaders.Structs(location, type, ofFields(path, (RowType) type));
      }
      default -> throw LogicalTypeToArrow.unsupported(path, type);
    };
  }

  private ColumnReader number(String path, LogicalType type, int width) {
    return new FlatReaders.FixedWidth(locate(path, 2), type, width, ColumnView::new);
  }

  private ColumnReader ofMap(String path, MapType type) {
    ColumnReader.Location map = locate(path, 2);
    ColumnReader.Location entries = locate(path, 1);
    ColumnReader keys =
        of(LogicalTypeToArrow.childPath(path, LogicalTypeToArrow.KEY), type.getKeyType());
    ColumnReader values =
        of(LogicalTypeToArrow.childPath(path, LogicalTypeToArrow.VALUE), type.getValueType());
    return new NestedReaders.Maps(map, type, entries.node(), keys, values);
  }

  private ColumnReader.Location locate(String path, int bufferCount) {
    ColumnReader.Location location = new ColumnReader.Location(path, nodes, buffers);
    nodes++;
    buffers += bufferCount;
    return location;
  }
}
