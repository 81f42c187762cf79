package io.fluss.lake.paimon;

import java.math.BigDecimal;
import java.util.Map;
import javax.annotation.Nullable;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/**
 * The row of a deleted key: the key, and of the other columns null, or the least of values where
 * the column is NOT NULL. A file has to hold something there; nobody reads it. Reused.
 */
final class DeletedRow {

  private final int[] keyPositions;
  private final RowData.FieldGetter[] key;
  private final GenericRowData row;

  DeletedRow(RowType type, int[] keyPositions) {
    this.keyPositions = keyPositions;
    this.key = new RowData.FieldGetter[keyPositions.length];
    for (int i = 0; i < key.length; i++) {
      key[i] = RowData.createFieldGetter(type.getTypeAt(keyPositions[i]), keyPositions[i]);
    }
    this.row = empty(type);
  }

  RowData of(RowData keyed) {
    for (int i = 0; i < key.length; i++) {
      row.setField(keyPositions[i], key[i].getFieldOrNull(keyed));
    }
    return row;
  }

  private static GenericRowData empty(RowType type) {
    GenericRowData row = new GenericRowData(type.getFieldCount());
    for (int i = 0; i < type.getFieldCount(); i++) {
      row.setField(i, empty(type.getTypeAt(i)));
    }
    return row;
  }

  @Nullable
  private static Object empty(LogicalType type) {
    if (type.isNullable()) {
      return null;
    }
    return switch (type.getTypeRoot()) {
      case BOOLEAN -> false;
      case TINYINT -> (byte) 0;
      case SMALLINT -> (short) 0;
      case INTEGER, DATE, TIME_WITHOUT_TIME_ZONE -> 0;
      case BIGINT -> 0L;
      case FLOAT -> 0f;
      case DOUBLE -> 0d;
      case DECIMAL ->
          DecimalData.fromBigDecimal(
              BigDecimal.ZERO,
              ((DecimalType) type).getPrecision(),
              ((DecimalType) type).getScale());
      case CHAR, VARCHAR -> StringData.fromBytes(new byte[0]);
      case BINARY, VARBINARY -> new byte[0];
      case ARRAY -> new GenericArrayData(new Object[0]);
      case MAP -> new GenericMapData(Map.of());
      case ROW -> empty((RowType) type);
      default -> TimestampData.fromEpochMillis(0);
    };
  }
}
