package io.fluss.format.arrow;

import java.util.List;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;

/** The writer of each type. */
final class ColumnWriters {
  private final BufferPool pool;

  ColumnWriters(BufferPool pool) {
    this.pool = pool;
  }

  /** A writer per field of the row, in order. */
  ColumnWriter[] ofFields(String parent, RowType type) {
    List<RowType.RowField> fields = type.getFields();
    ColumnWriter[] writers = new ColumnWriter[fields.size()];
    for (int i = 0; i < writers.length; i++) {
      RowType.RowField field = fields.get(i);
      writers[i] = of(LogicalTypeToArrow.childPath(parent, field.getName()), field.getType());
    }
    return writers;
  }

  private ColumnWriter of(String path, LogicalType type) {
    boolean nullable = type.isNullable();
    return switch (type.getTypeRoot()) {
      case BOOLEAN -> new BooleanWriter(path, nullable, pool);
      case TINYINT -> new NumberWriters.TinyInts(path, nullable, pool);
      case SMALLINT -> new NumberWriters.SmallInts(path, nullable, pool);
      case INTEGER, DATE, TIME_WITHOUT_TIME_ZONE -> new NumberWriters.Ints(path, nullable, pool);
      case BIGINT -> new NumberWriters.BigInts(path, nullable, pool);
      case FLOAT -> new NumberWriters.Floats(path, nullable, pool);
      case DOUBLE -> new NumberWriters.Doubles(path, nullable, pool);
      case CHAR, VARCHAR -> new VariableWidthWriter.Strings(path, nullable, pool);
      case BINARY, VARBINARY -> new VariableWidthWriter.Binaries(path, nullable, pool);
      case DECIMAL -> new DecimalWriter(path, (DecimalType) type, nullable, pool);
      case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
          new TimestampWriter(path, LogicalTypeChecks.getPrecision(type), nullable, pool);
      case ARRAY -> {
        LogicalType element = ((ArrayType) type).getElementType();
        String elementPath = LogicalTypeToArrow.childPath(path, LogicalTypeToArrow.ELEMENT);
        yield new ListWriter(path, nullable, of(elementPath, element), pool);
      }
      case MAP -> ofMap(path, (MapType) type);
      case ROW -> new StructWriter(path, nullable, ofFields(path, (RowType) type), pool);
      default -> throw LogicalTypeToArrow.unsupported(path, type);
    };
  }

  private ColumnWriter ofMap(String path, MapType type) {
    String keyPath = LogicalTypeToArrow.childPath(path, LogicalTypeToArrow.KEY);
    String valuePath = LogicalTypeToArrow.childPath(path, LogicalTypeToArrow.VALUE);
    ColumnWriter keys = of(keyPath, type.getKeyType().copy(false));
    ColumnWriter values = of(valuePath, type.getValueType());
    return new MapWriter(path, type.isNullable(), keys, values, pool);
  }
}
