package io.fluss.admin;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;

/** Which types a column may have. */
final class TypeRules {

  private TypeRules() {}

  /** What is wrong with this type, at any depth; each problem names the place. */
  static List<String> problems(String column, LogicalType type) {
    List<String> problems = new ArrayList<>();
    collect(column, type, problems);
    return problems;
  }

  /** Whether the type holds values of other types. */
  static boolean isNested(LogicalType type) {
    return !type.getChildren().isEmpty();
  }

  private static void collect(String place, LogicalType type, List<String> problems) {
    switch (type.getTypeRoot()) {
      case BOOLEAN,
          TINYINT,
          SMALLINT,
          INTEGER,
          BIGINT,
          FLOAT,
          DOUBLE,
          CHAR,
          VARCHAR,
          BINARY,
          VARBINARY,
          DECIMAL,
          DATE,
          TIME_WITHOUT_TIME_ZONE,
          TIMESTAMP_WITHOUT_TIME_ZONE,
          TIMESTAMP_WITH_LOCAL_TIME_ZONE -> {
        // stored as they are
      }
      case ARRAY -> collect(place + "[]", ((ArrayType) type).getElementType(), problems);
      case MAP -> {
        collect(place + ".key", ((MapType) type).getKeyType(), problems);
        collect(place + ".value", ((MapType) type).getValueType(), problems);
      }
      case ROW ->
          ((RowType) type)
              .getFields()
              .forEach(f -> collect(place + "." + f.getName(), f.getType(), problems));
      default ->
          problems.add(
              "Column '"
                  + place
                  + "' has type "
                  + type.asSummaryString()
                  + ", which tables cannot store. Supported are BOOLEAN, the integer, decimal and"
                  + " floating types, CHAR, VARCHAR, STRING, BINARY, VARBINARY, BYTES, DATE, TIME,"
                  + " TIMESTAMP, TIMESTAMP_LTZ, ARRAY, MAP and ROW.");
    }
  }
}
