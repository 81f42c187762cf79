package io.fluss.lake.iceberg;

import java.util.Arrays;
import javax.annotation.Nullable;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;

/**
 * The least and the greatest of some keys, by their first column: files and row groups that have no
 * values between them have none of the keys. One thread.
 */
final class KeyBounds {

  private final String column;
  private final int position;
  @Nullable private final IcebergValues.Getter getter;
  @Nullable private byte[] least;
  @Nullable private byte[] greatest;
  private Object leastValue;
  private Object greatestValue;

  /**
   * @param column the first of the key
   * @param position where it is in rows
   */
  KeyBounds(String column, int position, LogicalType type) {
    this.column = column;
    this.position = position;
    this.getter = isOrderedAsByIceberg(column, type) ? IcebergValues.getter(type) : null;
  }

  /** Whether Iceberg takes such literals and has the order that bytes of keys have. */
  private static boolean isOrderedAsByIceberg(String column, LogicalType type) {
    return column.indexOf('.') < 0
        && switch (type.getTypeRoot()) {
          case TINYINT,
                  SMALLINT,
                  INTEGER,
                  BIGINT,
                  DECIMAL,
                  CHAR,
                  VARCHAR,
                  BINARY,
                  VARBINARY,
                  DATE,
                  TIME_WITHOUT_TIME_ZONE ->
              true;
          case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
              !LogicalTypeToIceberg.isNanos(type);
          default -> false;
        };
  }

  /**
   * @param key the bytes of the row's key
   */
  void add(byte[] key, RowData row) {
    if (getter == null) {
      return;
    }
    if (least == null || Arrays.compareUnsigned(key, least) < 0) {
      least = key;
      leastValue = getter.get(row, position);
    }
    if (greatest == null || Arrays.compareUnsigned(key, greatest) > 0) {
      greatest = key;
      greatestValue = getter.get(row, position);
    }
  }

  /** What rows with one of the keys match. */
  Expression filter() {
    return least == null
        ? Expressions.alwaysTrue()
        : Expressions.and(
            Expressions.greaterThanOrEqual(column, leastValue),
            Expressions.lessThanOrEqual(column, greatestValue));
  }

  void clear() {
    least = null;
    greatest = null;
  }
}
