package io.fluss.client.pojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.FlussException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.BooleanType;
import org.apache.flink.table.types.logical.DateType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.DoubleType;
import org.apache.flink.table.types.logical.FloatType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.SmallIntType;
import org.apache.flink.table.types.logical.TimeType;
import org.apache.flink.table.types.logical.TimestampType;
import org.apache.flink.table.types.logical.TinyIntType;
import org.apache.flink.table.types.logical.VarBinaryType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.api.Test;

class RowConverterTest {

  private enum Status {
    OPEN,
    PAID
  }

  private record Address(String street, Integer number) {}

  @SuppressWarnings("ArrayRecordComponent")
  private record Everything(
      boolean flag,
      Byte tiny,
      short small,
      int number,
      long big,
      float real,
      Double dbl,
      String text,
      Status status,
      byte[] bytes,
      BigDecimal price,
      LocalDate day,
      LocalTime time,
      LocalDateTime at,
      Instant instant,
      List<String> tags,
      int[] counts,
      Map<String, Long> byName,
      Address shipTo) {}

  private static final RowType EVERYTHING =
      type(
          "flag", new BooleanType(),
          "tiny", new TinyIntType(),
          "small", new SmallIntType(),
          "number", new IntType(),
          "big", new BigIntType(),
          "real", new FloatType(),
          "dbl", new DoubleType(),
          "text", VarCharType.STRING_TYPE,
          "status", new VarCharType(10),
          "bytes", new VarBinaryType(VarBinaryType.MAX_LENGTH),
          "price", new DecimalType(10, 2),
          "day", new DateType(),
          "time", new TimeType(3),
          "at", new TimestampType(6),
          "instant", new LocalZonedTimestampType(3),
          "tags", new ArrayType(VarCharType.STRING_TYPE),
          "counts", new ArrayType(new IntType()),
          "by_name", new MapType(VarCharType.STRING_TYPE, new BigIntType()),
          "ship_to", type("street", VarCharType.STRING_TYPE, "number", new IntType()));

  private static RowType type(Object... namesAndTypes) {
    LogicalType[] types = new LogicalType[namesAndTypes.length / 2];
    String[] names = new String[types.length];
    for (int i = 0; i < types.length; i++) {
      names[i] = (String) namesAndTypes[2 * i];
      types[i] = (LogicalType) namesAndTypes[2 * i + 1];
    }
    return RowType.of(types, names);
  }

  @Test
  void valuesOfEveryTypeComeBack() {
    // Given
    RowConverter<Everything> converter = RowConverter.of(EVERYTHING, Everything.class);
    Everything object =
        new Everything(
            true,
            (byte) 1,
            (short) 2,
            3,
            4L,
            5f,
            6d,
            "seven",
            Status.PAID,
            new byte[] {8},
            new BigDecimal("9.50"),
            LocalDate.of(2026, 11, 27),
            LocalTime.of(12, 30, 15, 7_000_000),
            LocalDateTime.of(2026, 11, 27, 12, 30, 15, 123_456_000),
            Instant.ofEpochMilli(1_760_000_000_123L),
            Arrays.asList("a", null),
            new int[] {1, 2},
            Map.of("x", 1L),
            new Address("Main", null));

    // When
    Everything back = converter.fromRow(converter.toRow(object));

    // Then
    assertThat(back).usingRecursiveComparison().isEqualTo(object);
  }

  @Test
  void nullsComeBackWhereThereCanBeSome() {
    // Given
    RowType type = type("text", VarCharType.STRING_TYPE, "tiny", new TinyIntType());
    record Small(String text, Byte tiny) {}
    record Primitive(String text, byte tiny) {}
    RowData row = RowConverter.of(type, Small.class).toRow(new Small(null, null));

    // When, Then
    assertThat(RowConverter.of(type, Small.class).fromRow(row)).isEqualTo(new Small(null, null));
    assertThatThrownBy(() -> RowConverter.of(type, Primitive.class).fromRow(row))
        .isInstanceOf(FlussException.class)
        .hasMessageContaining("Column 'tiny' is null")
        .hasMessageContaining("primitive type byte");
  }

  /** With a getter and a setter, a field, and what is none of its columns. */
  public static class Bean extends Base {
    private long orderId;
    String item;
    private static int count;
    private transient int hash;

    public long getOrderId() {
      return orderId;
    }

    public void setOrderId(long id) {
      orderId = id;
    }
  }

  static class Base {
    private boolean paid;

    public boolean isPaid() {
      return paid;
    }

    public void setPaid(boolean isPaid) {
      paid = isPaid;
    }
  }

  @Test
  void propertiesOfAPojoAreColumnsInSnakeCaseToo() {
    // Given
    RowConverter<Bean> converter =
        RowConverter.of(
            type(
                "order_id", new BigIntType(),
                "item", VarCharType.STRING_TYPE,
                "paid", new BooleanType()),
            Bean.class);
    Bean bean = new Bean();
    bean.setOrderId(7);
    bean.item = "desk";
    bean.setPaid(true);

    // When
    RowData row = converter.toRow(bean);
    Bean back = converter.fromRow(row);

    // Then
    assertThat(row.getLong(0)).isEqualTo(7);
    assertThat(row.getString(1)).hasToString("desk");
    assertThat(row.getBoolean(2)).isTrue();
    assertThat(back.getOrderId()).isEqualTo(7);
    assertThat(back.item).isEqualTo("desk");
    assertThat(back.isPaid()).isTrue();
  }

  @Test
  void allThatDoesNotFitIsSaidAtOnce() {
    record Wrong(int big, Object text, Address shipTo, List<Integer> tags, int more) {}
    assertThatThrownBy(
            () ->
                RowConverter.of(
                    type(
                        "big", new BigIntType(),
                        "text", VarCharType.STRING_TYPE,
                        "ship_to", type("street", new IntType()),
                        "tags", new ArrayType(VarCharType.STRING_TYPE),
                        "missing", new IntType()),
                    Wrong.class))
        .isInstanceOf(FlussException.class)
        .hasMessageContaining("Column 'big' is BIGINT, which is no int; use long or Long.")
        .hasMessageContaining("Column 'text' is STRING, which is no java.lang.Object")
        .hasMessageContaining("Column 'ship_to': Column 'street' is INT")
        .hasMessageContaining("Column 'ship_to': Property 'number' has no column")
        .hasMessageContaining("An element of column 'tags'")
        .hasMessageContaining("Column 'missing' has no property")
        .hasMessageContaining("Property 'more' has no column");
    assertThatThrownBy(() -> RowConverter.of(type("x", new IntType()), WithParameter.class))
        .hasMessageContaining("no constructor without parameters");
  }

  static class WithParameter {
    int x;

    WithParameter(int x) {
      this.x = x;
    }
  }

  @Test
  void aDecimalThatDoesNotFitNamesItsColumn() {
    record Price(BigDecimal price) {}
    RowConverter<Price> converter =
        RowConverter.of(type("price", new DecimalType(4, 2)), Price.class);
    assertThatThrownBy(() -> converter.toRow(new Price(new BigDecimal("12345"))))
        .isInstanceOf(FlussException.class)
        .hasMessageContaining("column 'price'")
        .hasMessageContaining("DECIMAL(4, 2)");
  }

  @Test
  void someColumnsMayBeLeftOut() {
    record Key(long id) {}
    RowType type = type("id", new BigIntType(false), "item", VarCharType.STRING_TYPE);
    // When
    RowData row = RowConverter.of(type, Key.class, List.of("id")).toRow(new Key(3));
    // Then
    assertThat(row).isEqualTo(GenericRowData.of(3L, null));
  }
}
