package io.fluss.json;

import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.MapType;

/** Which types have a form in JSON. */
final class JsonTypes {

  private JsonTypes() {}

  static void requireTextKeys(MapType type, String path) {
    if (!type.getKeyType().is(LogicalTypeFamily.CHARACTER_STRING)) {
      throw new IllegalArgumentException(
          "Column '"
              + path
              + "' is "
              + type.asSummaryString()
              + ", and keys of JSON objects are texts. Leave the column out.");
    }
  }

  static IllegalArgumentException unsupported(LogicalType type, String path) {
    return new IllegalArgumentException(
        "Column '"
            + path
            + "' is "
            + type.asSummaryString()
            + ", which has no form in JSON. Leave the column out.");
  }
}
