package io.fluss.lake.iceberg;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/** Flink's types as Iceberg's. Pure functions. */
final class LogicalTypeToIceberg {

  /** Digits after the second that Iceberg's timestamps have; those in nanoseconds have more. */
  private static final int MICROS_PRECISION = 6;

  /** The format version that brought timestamps in nanoseconds. */
  private static final int NANOS_VERSION = 3;

  private LogicalTypeToIceberg() {}

  /**
   * Why tables of a format version cannot have a column of this type.
   *
   * @return the reason without subject, {@code is of type ..., which ...}; empty where they can
   */
  static Optional<String> problem(LogicalType type, int formatVersion) {
    return switch (type.getTypeRoot()) {
      case BOOLEAN,
              TINYINT,
              SMALLINT,
              INTEGER,
              BIGINT,
              FLOAT,
              DOUBLE,
              DECIMAL,
              CHAR,
              VARCHAR,
              BINARY,
              VARBINARY,
              DATE,
              TIME_WITHOUT_TIME_ZONE ->
          Optional.empty();
      case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
          formatVersion < NANOS_VERSION && LogicalTypeChecks.getPrecision(type) > MICROS_PRECISION
              ? Optional.of(
                  "is of type "
                      + type.asSummaryString()
                      + ", and Iceberg tables of format version "
                      + formatVersion
                      + " have timestamps of precision 6 at most. Use format version 3, or a lower"
                      + " precision.")
              : Optional.empty();
      case ARRAY, MAP, ROW ->
          type.getChildren().stream()
              .map(t -> problem(t, formatVersion))
              .flatMap(Optional::stream)
              .findFirst()
              .map(p -> "holds a value that " + p);
      default ->
          Optional.of(
              "is of type "
                  + type.asSummaryString()
                  + ", which lake format 'iceberg' cannot store.");
    };
  }

  /**
   * Iceberg's fields of a row type, all with ids.
   *
   * @param ids gives a new one each time
   */
  static List<Types.NestedField> fields(RowType rows, IntSupplier ids) {
    List<Integer> fieldIds =
        rows.getFields().stream().map(f -> ids.getAsInt()).toList(); // theirs before those within
    List<Types.NestedField> fields = new ArrayList<>();
    for (int i = 0; i < rows.getFieldCount(); i++) {
      RowType.RowField field = rows.getFields().get(i);
      fields.add(
          Types.NestedField.builder()
              .withId(fieldIds.get(i))
              .isOptional(field.getType().isNullable())
              .withName(field.getName())
              .ofType(convert(field.getType(), ids))
              .build());
    }
    return fields;
  }

  private static Type convert(LogicalType type, IntSupplier ids) {
    return switch (type.getTypeRoot()) {
      case BOOLEAN -> Types.BooleanType.get();
      case TINYINT, SMALLINT, INTEGER -> Types.IntegerType.get();
      case BIGINT -> Types.LongType.get();
      case FLOAT -> Types.FloatType.get();
      case DOUBLE -> Types.DoubleType.get();
      case DECIMAL ->
          Types.DecimalType.of(
              ((DecimalType) type).getPrecision(), ((DecimalType) type).getScale());
      case CHAR, VARCHAR -> Types.StringType.get();
      // of any length, as Flink does not hold BINARY(n) to its length
      case BINARY, VARBINARY -> Types.BinaryType.get();
      case DATE -> Types.DateType.get();
      case TIME_WITHOUT_TIME_ZONE -> Types.TimeType.get();
      case TIMESTAMP_WITHOUT_TIME_ZONE ->
          isNanos(type) ? Types.TimestampNanoType.withoutZone() : Types.TimestampType.withoutZone();
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
          isNanos(type) ? Types.TimestampNanoType.withZone() : Types.TimestampType.withZone();
      case ARRAY -> list((ArrayType) type, ids);
      case MAP -> map((MapType) type, ids);
      case ROW -> Types.StructType.of(fields((RowType) type, ids));
      default ->
          throw new IllegalArgumentException(
              "Type " + type.asSummaryString() + " has no counterpart in Iceberg.");
    };
  }

  static boolean isNanos(LogicalType type) {
    return LogicalTypeChecks.getPrecision(type) > MICROS_PRECISION;
  }

  private static Type list(ArrayType type, IntSupplier ids) {
    int id = ids.getAsInt();
    Type element = convert(type.getElementType(), ids);
    return type.getElementType().isNullable()
        ? Types.ListType.ofOptional(id, element)
        : Types.ListType.ofRequired(id, element);
  }

  private static Type map(MapType type, IntSupplier ids) {
    int keyId = ids.getAsInt();
    int valueId = ids.getAsInt();
    Type key = convert(type.getKeyType(), ids);
    Type value = convert(type.getValueType(), ids);
    return type.getValueType().isNullable()
        ? Types.MapType.ofOptional(keyId, valueId, key, value)
        : Types.MapType.ofRequired(keyId, valueId, key, value);
  }
}
