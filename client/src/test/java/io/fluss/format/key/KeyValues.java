package io.fluss.format.key;

import io.fluss.format.RandomRows;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/** Values of key columns, with those at the edges of each type, and their order. */
public final class KeyValues {
  private final Random random;

  public KeyValues(Random random) {
    this.random = random;
  }

  /** Values of this type: all that are special, and random ones. */
  public List<Object> of(LogicalType type) {
    List<Object> values = new ArrayList<>(edges(type));
    RowData.FieldGetter getter = RowData.createFieldGetter(type, 0);
    new RandomRows(random)
        .rows(KeyTypes.rowOf(type), 30)
        .forEach(row -> values.add(getter.getFieldOrNull(row)));
    return values;
  }

  /** Rows whose columns have few values, so that many are equal in some. */
  List<RowData> rows(RowType type, int count) {
    List<List<Object>> choices = new ArrayList<>();
    for (LogicalType column : type.getChildren()) {
      List<Object> values = of(column);
      choices.add(List.of(pick(values), pick(values), pick(values)));
    }
    List<RowData> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(GenericRowData.of(choices.stream().map(this::pick).toArray()));
    }
    return rows;
  }

  private Object pick(List<Object> values) {
    return values.get(random.nextInt(values.size()));
  }

  private static List<Object> edges(LogicalType type) {
    return switch (type.getTypeRoot()) {
      case TINYINT -> List.of(Byte.MIN_VALUE, (byte) -1, (byte) 0, (byte) 1, Byte.MAX_VALUE);
      case SMALLINT -> List.of(Short.MIN_VALUE, (short) -1, (short) 0, Short.MAX_VALUE);
      case INTEGER, DATE -> List.of(Integer.MIN_VALUE, -1, 0, 1, Integer.MAX_VALUE);
      case BIGINT -> List.of(Long.MIN_VALUE, -1L, 0L, 1L, Long.MAX_VALUE);
      case FLOAT ->
          List.of(
              Float.NEGATIVE_INFINITY,
              -Float.MAX_VALUE,
              -1f,
              -Float.MIN_VALUE,
              -0f,
              0f,
              Float.MIN_VALUE,
              Float.MAX_VALUE,
              Float.POSITIVE_INFINITY,
              Float.NaN,
              Float.intBitsToFloat(0xffc00001));
      case DOUBLE ->
          List.of(
              Double.NEGATIVE_INFINITY,
              -Double.MAX_VALUE,
              -1d,
              -Double.MIN_VALUE,
              -0d,
              0d,
              Double.MIN_VALUE,
              Double.MAX_VALUE,
              Double.POSITIVE_INFINITY,
              Double.NaN,
              Double.longBitsToDouble(0xfff8000000000001L));
      case CHAR, VARCHAR ->
          strings("", "\0", "\0\0", "a", "a\0", "a\0\0", "a\0b", "a\1", "ab", "\u00ff");
      case BINARY, VARBINARY ->
          List.of(
              new byte[0],
              new byte[1],
              new byte[2],
              new byte[] {0, -1},
              new byte[] {0, 1},
              new byte[] {1},
              new byte[] {1, 0},
              new byte[] {-1},
              new byte[] {-1, -1});
      case DECIMAL -> decimals((DecimalType) type);
      case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
          List.of(
              TimestampData.fromEpochMillis(Long.MIN_VALUE),
              TimestampData.fromEpochMillis(-1),
              TimestampData.fromEpochMillis(0),
              TimestampData.fromEpochMillis(Long.MAX_VALUE));
      default -> List.of();
    };
  }

  private static List<Object> strings(String... strings) {
    return Arrays.stream(strings).<Object>map(StringData::fromString).toList();
  }

  private static List<Object> decimals(DecimalType type) {
    BigInteger most = BigInteger.TEN.pow(type.getPrecision()).subtract(BigInteger.ONE);
    List<Object> values = new ArrayList<>();
    for (BigInteger unscaled :
        List.of(most, most.negate(), BigInteger.ZERO, BigInteger.ONE, BigInteger.ONE.negate())) {
      BigDecimal value = new BigDecimal(unscaled, type.getScale());
      values.add(DecimalData.fromBigDecimal(value, type.getPrecision(), type.getScale()));
    }
    return values;
  }

  /** The order of SQL: -0 is 0, NaN is one and the greatest, strings go by their code points. */
  public static int compare(Object a, Object b) {
    if (a instanceof Float x && b instanceof Float y) {
      return Float.compare(x == 0 ? 0f : x, y == 0 ? 0f : y);
    }
    if (a instanceof Double x && b instanceof Double y) {
      return Double.compare(x == 0 ? 0d : x, y == 0 ? 0d : y);
    }
    if (a instanceof byte[] x && b instanceof byte[] y) {
      return Arrays.compareUnsigned(x, y);
    }
    if (a instanceof StringData x && b instanceof StringData y) {
      return Arrays.compareUnsigned(x.toBytes(), y.toBytes());
    }
    return compareNaturally(a, b);
  }

  @SuppressWarnings("unchecked") // values of one type, which is comparable with itself
  private static int compareNaturally(Object a, Object b) {
    return ((Comparable<Object>) a).compareTo(b);
  }

  /** The order of the first few columns. */
  static int compare(RowData a, RowData b, RowType type, int columns) {
    for (int i = 0; i < columns; i++) {
      RowData.FieldGetter getter = RowData.createFieldGetter(type.getTypeAt(i), i);
      int order = compare(getter.getFieldOrNull(a), getter.getFieldOrNull(b));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }
}
