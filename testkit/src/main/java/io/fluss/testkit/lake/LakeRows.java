package io.fluss.testkit.lake;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import javax.annotation.Nullable;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;

/**
 * Rows of any type, drawn from a seed: nulls where they may be, extremes, texts that paths and
 * parsers trip over. Few values are likely, so that keys meet again.
 */
public final class LakeRows {

  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "a",
          "ab",
          "A b",
          "null",
          "__DEFAULT_PARTITION__",
          "a/b=c",
          "..",
          "100%",
          "%2F",
          "\u00e4\u00df\u20ac",
          "\u65e5\u672c",
          "\ud83d\ude00!",
          "a\nb\t\u0000c",
          "'quoted' \"\\");

  private final Random random;

  public LakeRows(long seed) {
    this.random = new Random(seed);
  }

  public List<RowData> rows(RowType type, int count) {
    return IntStream.range(0, count).mapToObj(i -> row(type)).toList();
  }

  RowData row(RowType type) {
    GenericRowData row = new GenericRowData(type.getFieldCount());
    for (int i = 0; i < type.getFieldCount(); i++) {
      row.setField(i, value(type.getTypeAt(i)));
    }
    return row;
  }

  /** A value, null in one of six cases where the type allows it. */
  @Nullable
  Object value(LogicalType type) {
    if (type.isNullable() && random.nextInt(6) == 0) {
      return null;
    }
    return switch (type.getTypeRoot()) {
      case BOOLEAN -> random.nextBoolean();
      case TINYINT -> (byte) whole(Byte.MIN_VALUE, Byte.MAX_VALUE);
      case SMALLINT -> (short) whole(Short.MIN_VALUE, Short.MAX_VALUE);
      case INTEGER -> (int) whole(Integer.MIN_VALUE, Integer.MAX_VALUE);
      case BIGINT -> whole(Long.MIN_VALUE, Long.MAX_VALUE);
      case FLOAT -> (float) floating(Float.MIN_VALUE, Float.MAX_VALUE);
      case DOUBLE -> floating(Double.MIN_VALUE, Double.MAX_VALUE);
      case DECIMAL -> decimal((DecimalType) type);
      case CHAR, VARCHAR -> StringData.fromString(text(LogicalTypeChecks.getLength(type)));
      case BINARY, VARBINARY -> bytes(LogicalTypeChecks.getLength(type));
      case DATE -> (int) date().toEpochDay();
      case TIME_WITHOUT_TIME_ZONE -> time(LogicalTypeChecks.getPrecision(type));
      case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
          timestamp(LogicalTypeChecks.getPrecision(type));
      case ARRAY -> array(((ArrayType) type).getElementType());
      case MAP -> map((MapType) type);
      case ROW -> row((RowType) type);
      default -> throw new IllegalArgumentException(type.asSummaryString());
    };
  }

  private long whole(long min, long max) {
    return switch (random.nextInt(8)) {
      case 0 -> min;
      case 1 -> max;
      default -> random.nextInt(9) - 4;
    };
  }

  /** Zero has one sign only: with two of them, what equals what differs from system to system. */
  private double floating(double min, double max) {
    return switch (random.nextInt(10)) {
      case 0 -> min;
      case 1 -> -max;
      case 2 -> max;
      case 3 -> Double.NaN;
      case 4 -> Double.NEGATIVE_INFINITY;
      case 5 -> Double.POSITIVE_INFINITY;
      default -> (random.nextInt(9) - 4) / 2.0 + 0.0;
    };
  }

  private DecimalData decimal(DecimalType type) {
    BigInteger max = BigInteger.TEN.pow(type.getPrecision()).subtract(BigInteger.ONE);
    BigInteger unscaled =
        switch (random.nextInt(6)) {
          case 0 -> max;
          case 1 -> max.negate();
          default -> BigInteger.valueOf(random.nextInt(199) - 99);
        };
    return DecimalData.fromBigDecimal(
        new BigDecimal(unscaled, type.getScale()), type.getPrecision(), type.getScale());
  }

  private String text(int maxLength) {
    String text = TEXTS.get(random.nextInt(TEXTS.size()));
    return text.codePointCount(0, text.length()) <= maxLength ? text : "long";
  }

  private byte[] bytes(int maxLength) {
    byte[] bytes = new byte[random.nextInt(Math.min(maxLength, 5) + 1)];
    random.nextBytes(bytes);
    return bytes;
  }

  private LocalDate date() {
    return switch (random.nextInt(6)) {
      case 0 -> LocalDate.of(1, 1, 1);
      case 1 -> LocalDate.of(9999, 12, 31);
      case 2 -> LocalDate.of(1969, 12, 31);
      default -> LocalDate.of(2025, 6, 15 + random.nextInt(5));
    };
  }

  /** The log has such timestamps as 64 bits of nanoseconds. */
  private LocalDate dateOfNanos() {
    return switch (random.nextInt(6)) {
      case 0 -> LocalDate.of(1678, 1, 1);
      case 1 -> LocalDate.of(2261, 12, 31);
      default -> LocalDate.of(2025, 6, 15 + random.nextInt(5));
    };
  }

  private int time(int precision) {
    int millis = random.nextInt(3) == 0 ? 86_399_999 : random.nextInt(5) * 3_600_250;
    return precision == 0 ? millis / 1000 * 1000 : millis;
  }

  private TimestampData timestamp(int precision) {
    int step = (int) Math.pow(10, 9 - precision);
    int nanos = random.nextInt(3) == 0 ? 999_999_999 : random.nextInt(4) * 123_456_789;
    LocalDate date = precision > 6 ? dateOfNanos() : date();
    LocalDateTime time = date.atTime(random.nextInt(3) * 11, random.nextInt(2) * 59, 1);
    return TimestampData.fromLocalDateTime(time.withNano(nanos / step * step));
  }

  private GenericArrayData array(LogicalType elementType) {
    return new GenericArrayData(
        IntStream.range(0, random.nextInt(4)).mapToObj(i -> value(elementType)).toArray());
  }

  private GenericMapData map(MapType type) {
    Map<Object, Object> map = new LinkedHashMap<>();
    int size = random.nextInt(4);
    for (int i = 0; i < size; i++) {
      map.put(value(type.getKeyType().copy(false)), value(type.getValueType()));
    }
    return new GenericMapData(map);
  }
}
