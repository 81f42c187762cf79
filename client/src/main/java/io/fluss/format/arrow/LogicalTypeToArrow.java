package io.fluss.format.arrow;

import com.google.flatbuffers.FlatBufferBuilder;
import io.fluss.format.bytes.TimestampUnit;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flatbuf.Binary;
import org.apache.arrow.flatbuf.Bool;
import org.apache.arrow.flatbuf.Date;
import org.apache.arrow.flatbuf.DateUnit;
import org.apache.arrow.flatbuf.Decimal;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.FloatingPoint;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.Map;
import org.apache.arrow.flatbuf.Precision;
import org.apache.arrow.flatbuf.Struct_;
import org.apache.arrow.flatbuf.Time;
import org.apache.arrow.flatbuf.TimeUnit;
import org.apache.arrow.flatbuf.Timestamp;
import org.apache.arrow.flatbuf.Type;
import org.apache.arrow.flatbuf.Utf8;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;

/** Which Arrow field stands for a column of a Flink type. */
final class LogicalTypeToArrow {
  static final String ELEMENT = "element";
  static final String KEY = "key";
  static final String VALUE = "value";
  private static final String ENTRIES = "entries";
  private static final String LOCAL_TIME_ZONE = "UTC";
  private static final int DECIMAL_BITS = 128;

  private final FlatBufferBuilder builder;

  LogicalTypeToArrow(FlatBufferBuilder builder) {
    this.builder = builder;
  }

  static String childPath(String parent, String name) {
    return parent.isEmpty() ? name : parent + "." + name;
  }

  static IllegalArgumentException unsupported(String path, LogicalType type) {
    return new IllegalArgumentException(problem(path, type));
  }

  private static String problem(String path, LogicalType type) {
    return "Cannot store column '"
        + path
        + "' in Arrow batches: type "
        + type.asSummaryString()
        + " is not supported. Supported: BOOLEAN, TINYINT, SMALLINT, INT, BIGINT, FLOAT, DOUBLE,"
        + " CHAR, VARCHAR, STRING, BINARY, VARBINARY, BYTES, DECIMAL, DATE, TIME, TIMESTAMP,"
        + " TIMESTAMP_LTZ, ARRAY, MAP, ROW.";
  }

  /** Adds a message for each column, at any depth, whose type cannot be stored. */
  static void findProblems(String path, LogicalType type, List<String> problems) {
    switch (type.getTypeRoot()) {
      case BOOLEAN, TINYINT, SMALLINT, INTEGER, BIGINT, FLOAT, DOUBLE -> {}
      case CHAR, VARCHAR, BINARY, VARBINARY, DECIMAL -> {}
      case DATE, TIME_WITHOUT_TIME_ZONE -> {}
      case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> {}
      case ARRAY ->
          findProblems(childPath(path, ELEMENT), ((ArrayType) type).getElementType(), problems);
      case MAP -> {
        findProblems(childPath(path, KEY), ((MapType) type).getKeyType(), problems);
        findProblems(childPath(path, VALUE), ((MapType) type).getValueType(), problems);
      }
      case ROW -> {
        for (RowType.RowField field : ((RowType) type).getFields()) {
          findProblems(childPath(path, field.getName()), field.getType(), problems);
        }
      }
      default -> problems.add(problem(path, type));
    }
  }

  /** Writes the fields of a row and returns their offsets in the flatbuffer. */
  int[] fields(String parent, RowType type) {
    List<Integer> offsets = new ArrayList<>();
    for (RowType.RowField field : type.getFields()) {
      String path = childPath(parent, field.getName());
      offsets.add(field(path, field.getName(), field.getType()));
    }
    return offsets.stream().mapToInt(Integer::intValue).toArray();
  }

  private int field(String path, String name, LogicalType type) {
    int children = Field.createChildrenVector(builder, children(path, type));
    int arrowType = type(path, type);
    return Field.createField(
        builder,
        builder.createString(name),
        type.isNullable(),
        arrowTypeId(type),
        arrowType,
        0,
        children,
        0);
  }

  private int[] children(String path, LogicalType type) {
    return switch (type.getTypeRoot()) {
      case ARRAY -> {
        LogicalType element = ((ArrayType) type).getElementType();
        yield new int[] {field(childPath(path, ELEMENT), ELEMENT, element)};
      }
      case MAP -> {
        MapType map = (MapType) type;
        RowType entries =
            RowType.of(
                false,
                new LogicalType[] {map.getKeyType().copy(false), map.getValueType()},
                new String[] {KEY, VALUE});
        yield new int[] {field(path, ENTRIES, entries)};
      }
      case ROW -> fields(path, (RowType) type);
      default -> new int[0];
    };
  }

  private static byte arrowTypeId(LogicalType type) {
    return switch (type.getTypeRoot()) {
      case BOOLEAN -> Type.Bool;
      case FLOAT, DOUBLE -> Type.FloatingPoint;
      case CHAR, VARCHAR -> Type.Utf8;
      case BINARY, VARBINARY -> Type.Binary;
      case DECIMAL -> Type.Decimal;
      case DATE -> Type.Date;
      case TIME_WITHOUT_TIME_ZONE -> Type.Time;
      case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> Type.Timestamp;
      case ARRAY -> Type.List;
      case MAP -> Type.Map;
      case ROW -> Type.Struct_;
      default -> Type.Int;
    };
  }

  private int type(String path, LogicalType type) {
    return switch (type.getTypeRoot()) {
      case BOOLEAN -> {
        Bool.startBool(builder);
        yield Bool.endBool(builder);
      }
      case TINYINT -> Int.createInt(builder, Byte.SIZE, true);
      case SMALLINT -> Int.createInt(builder, Short.SIZE, true);
      case INTEGER -> Int.createInt(builder, Integer.SIZE, true);
      case BIGINT -> Int.createInt(builder, Long.SIZE, true);
      case FLOAT -> FloatingPoint.createFloatingPoint(builder, Precision.SINGLE);
      case DOUBLE -> FloatingPoint.createFloatingPoint(builder, Precision.DOUBLE);
      case CHAR, VARCHAR -> {
        Utf8.startUtf8(builder);
        yield Utf8.endUtf8(builder);
      }
      case BINARY, VARBINARY -> {
        Binary.startBinary(builder);
        yield Binary.endBinary(builder);
      }
      case DECIMAL -> {
        DecimalType decimal = (DecimalType) type;
        yield Decimal.createDecimal(
            builder, decimal.getPrecision(), decimal.getScale(), DECIMAL_BITS);
      }
      case DATE -> Date.createDate(builder, DateUnit.DAY);
      case TIME_WITHOUT_TIME_ZONE -> Time.createTime(builder, TimeUnit.MILLISECOND, Integer.SIZE);
      case TIMESTAMP_WITHOUT_TIME_ZONE -> Timestamp.createTimestamp(builder, unit(type), 0);
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
          Timestamp.createTimestamp(builder, unit(type), builder.createString(LOCAL_TIME_ZONE));
      case ARRAY -> {
        org.apache.arrow.flatbuf.List.startList(builder);
        yield org.apache.arrow.flatbuf.List.endList(builder);
      }
      case MAP -> Map.createMap(builder, false);
      case ROW -> {
        Struct_.startStruct_(builder);
        yield Struct_.endStruct_(builder);
      }
      default -> throw unsupported(path, type);
    };
  }

  private static short unit(LogicalType type) {
    return switch (TimestampUnit.of(LogicalTypeChecks.getPrecision(type))) {
      case SECOND -> TimeUnit.SECOND;
      case MILLISECOND -> TimeUnit.MILLISECOND;
      case MICROSECOND -> TimeUnit.MICROSECOND;
      case NANOSECOND -> TimeUnit.NANOSECOND;
    };
  }
}
