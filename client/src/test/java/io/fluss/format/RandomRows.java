package io.fluss.format;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
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

/** Rows of any type drawn from a seed; a quarter of what may be null is. */
public final class RandomRows {
  private static final String ALPHABET = "abcdefghij \u00e4\u00df\u20ac\u65e5\u672c";
  private static final long[] STEPS = {
    1_000_000_000, 100_000_000, 10_000_000, 1_000_000, 100_000, 10_000, 1000, 100, 10, 1
  };

  private final Random random;

  public RandomRows(Random random) {
    this.random = random;
  }

  public List<RowData> rows(RowType type, int count) {
    List<RowData> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(row(type));
    }
    return rows;
  }

  private RowData row(RowType type) {
    GenericRowData row = new GenericRowData(type.getFieldCount());
    for (int i = 0; i < type.getFieldCount(); i++) {
      row.setField(i, value(type.getTypeAt(i)));
    }
    return row;
  }

  private Object value(LogicalType type) {
    if (type.isNullable() && random.nextInt(4) == 0) {
      return null;
    }
    return switch (type.getTypeRoot()) {
      case BOOLEAN -> random.nextBoolean();
      case TINYINT -> (byte) random.nextInt();
      case SMALLINT -> (short) random.nextInt();
      case INTEGER -> random.nextInt();
      case DATE -> random.nextInt(40_000) - 10_000;
      case TIME_WITHOUT_TIME_ZONE -> random.nextInt(86_400_000);
      case BIGINT -> random.nextLong();
      case FLOAT -> random.nextFloat();
      case DOUBLE -> random.nextGaussian();
      case CHAR, VARCHAR -> StringData.fromString(string());
      case BINARY, VARBINARY -> bytes();
      case DECIMAL -> decimal((DecimalType) type);
      case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
          timestamp(LogicalTypeChecks.getPrecision(type));
      case ARRAY -> array(((ArrayType) type).getElementType());
      case MAP -> map((MapType) type);
      case ROW -> row((RowType) type);
      default -> throw new IllegalArgumentException(type.asSummaryString());
    };
  }

  private String string() {
    StringBuilder string = new StringBuilder();
    int length = random.nextInt(20);
    for (int i = 0; i < length; i++) {
      string.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return string.toString();
  }

  private byte[] bytes() {
    byte[] bytes = new byte[random.nextInt(12)];
    random.nextBytes(bytes);
    return bytes;
  }

  private DecimalData decimal(DecimalType type) {
    BigInteger bound = BigInteger.TEN.pow(type.getPrecision());
    BigInteger unscaled = new BigInteger(bound.bitLength() + 8, random).mod(bound);
    BigDecimal value =
        new BigDecimal(random.nextBoolean() ? unscaled : unscaled.negate(), type.getScale());
    return DecimalData.fromBigDecimal(value, type.getPrecision(), type.getScale());
  }

  /** A time of the years 1685 to 2255 with as many digits as the precision has. */
  private TimestampData timestamp(int precision) {
    long nanos = (random.nextLong() >> 1) + (random.nextLong() >> 1);
    nanos = nanos / 100 * 97;
    long rounded = Math.floorDiv(nanos, STEPS[precision]) * STEPS[precision];
    return TimestampData.fromEpochMillis(
        Math.floorDiv(rounded, 1_000_000L), (int) Math.floorMod(rounded, 1_000_000L));
  }

  private GenericArrayData array(LogicalType elementType) {
    Object[] elements = new Object[random.nextInt(4)];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = value(elementType);
    }
    return new GenericArrayData(elements);
  }

  private GenericMapData map(MapType type) {
    Map<Object, Object> map = new LinkedHashMap<>();
    int size = random.nextInt(4);
    for (int i = 0; i < size; i++) {
      map.put(value(type.getKeyType()), value(type.getValueType()));
    }
    return new GenericMapData(map);
  }
}
