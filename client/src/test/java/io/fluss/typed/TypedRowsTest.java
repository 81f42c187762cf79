package io.fluss.typed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.annotation.Nullable;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.api.Test;

class TypedRowsTest {

  private static final RowType ORDERS =
      row(
          DataTypes.FIELD("order_id", DataTypes.BIGINT().notNull()),
          DataTypes.FIELD("amount", DataTypes.DECIMAL(10, 2)),
          DataTypes.FIELD("state", DataTypes.STRING()));

  private static RowType row(DataTypes.Field... fields) {
    return (RowType) DataTypes.ROW(fields).getLogicalType();
  }

  enum State {
    OPEN,
    PAID
  }

  record Order(long orderId, @Nullable BigDecimal amount, @Nullable State state) {}

  /** As {@link Order}, of the other kind of class, with a field that is no column. */
  static class Base {
    private long orderId;
  }

  static final class PlainOrder extends Base {
    private BigDecimal amount;
    private State state = State.OPEN;
    private String note = "none";
    private transient Object cache;
  }

  record Place(String city, int[] zips) {}

  @SuppressWarnings("ArrayRecordComponent")
  record Everything(
      Boolean flag,
      byte tiny,
      short small,
      int number,
      Long big,
      float real,
      double precise,
      BigDecimal decimal,
      String text,
      byte[] bytes,
      LocalDate day,
      LocalTime time,
      LocalDateTime at,
      Instant instant,
      List<String> tags,
      Integer[] counts,
      Map<String, List<Place>> places,
      Place home) {}

  private static final RowType PLACE =
      row(
          DataTypes.FIELD("city", DataTypes.STRING()),
          DataTypes.FIELD("zips", DataTypes.ARRAY(DataTypes.INT().notNull())));

  private static final RowType EVERYTHING =
      row(
          DataTypes.FIELD("flag", DataTypes.BOOLEAN()),
          DataTypes.FIELD("tiny", DataTypes.TINYINT()),
          DataTypes.FIELD("small", DataTypes.SMALLINT()),
          DataTypes.FIELD("number", DataTypes.INT()),
          DataTypes.FIELD("big", DataTypes.BIGINT()),
          DataTypes.FIELD("real", DataTypes.FLOAT()),
          DataTypes.FIELD("precise", DataTypes.DOUBLE()),
          DataTypes.FIELD("decimal", DataTypes.DECIMAL(20, 3)),
          DataTypes.FIELD("text", DataTypes.STRING()),
          DataTypes.FIELD("bytes", DataTypes.BYTES()),
          DataTypes.FIELD("day", DataTypes.DATE()),
          DataTypes.FIELD("time", DataTypes.TIME(3)),
          DataTypes.FIELD("at", DataTypes.TIMESTAMP(9)),
          DataTypes.FIELD("instant", DataTypes.TIMESTAMP_LTZ(6)),
          DataTypes.FIELD("tags", DataTypes.ARRAY(DataTypes.STRING())),
          DataTypes.FIELD("counts", DataTypes.ARRAY(DataTypes.INT())),
          DataTypes.FIELD(
              "places",
              DataTypes.MAP(
                  DataTypes.STRING().notNull(),
                  DataTypes.ARRAY(
                      DataTypes.ROW(
                          DataTypes.FIELD("city", DataTypes.STRING()),
                          DataTypes.FIELD("zips", DataTypes.ARRAY(DataTypes.INT().notNull())))))),
          DataTypes.FIELD(
              "home",
              DataTypes.ROW(
                  DataTypes.FIELD("city", DataTypes.STRING()),
                  DataTypes.FIELD("zips", DataTypes.ARRAY(DataTypes.INT().notNull())))));

  @Test
  void valuesOfEveryTypeComeBackAsTheyWere() {
    // Given
    Place paris = new Place("Paris", new int[] {75001, 75020});
    Everything object =
        new Everything(
            true,
            (byte) 1,
            (short) -2,
            3,
            null,
            5.5f,
            -6.25,
            new BigDecimal("12345678901234567.890"),
            "text \u20ac",
            new byte[] {1, 2},
            LocalDate.of(1969, 12, 31),
            LocalTime.of(23, 59, 59, 999_000_000),
            LocalDateTime.of(2026, 2, 28, 1, 2, 3, 123_456_789),
            Instant.parse("1960-01-01T00:00:00.000001Z"),
            Arrays.asList("a", null, "c"),
            new Integer[] {1, null},
            Map.of("home", List.of(paris)),
            paris);
    ObjectToRow<Everything> toRow = ObjectToRow.of(Everything.class, EVERYTHING);
    RowToObject<Everything> toObject = RowToObject.of(EVERYTHING, Everything.class);

    // When
    Everything back = toObject.read(toRow.row(object));

    // Then
    assertThat(back).usingRecursiveComparison().isEqualTo(object);
  }

  @Test
  void recordsAndOtherClassesGoByColumnNamesAsJavaWritesThem() {
    // Given
    GenericRowData row = ObjectToRow.of(Order.class, ORDERS).row(new Order(7, null, State.PAID));

    // When
    PlainOrder order = RowToObject.of(ORDERS, PlainOrder.class).read(row);
    GenericRowData again = ObjectToRow.of(PlainOrder.class, ORDERS).row(order);

    // Then
    assertThat(row)
        .isEqualTo(GenericRowData.of(7L, null, StringData.fromString("PAID")))
        .isEqualTo(again);
    assertThat(((Base) order).orderId).isEqualTo(7);
    assertThat(order.note).isEqualTo("none");
    assertThat(order.cache).isNull();
  }

  @Test
  void fieldsWithoutAColumnKeepWhatTheConstructorGaveThem() {
    // Given
    RowType projected = row(DataTypes.FIELD("order_id", DataTypes.BIGINT()));
    RowData row = GenericRowData.of(7L);

    // When
    PlainOrder plain = RowToObject.of(projected, PlainOrder.class).read(row);
    Order order = RowToObject.of(projected, Order.class).read(row);

    // Then
    assertThat(plain.state).isEqualTo(State.OPEN);
    assertThat(order).isEqualTo(new Order(7, null, null));
  }

  @Test
  void onlyTheColumnsAskedForAreWritten() {
    // Given
    ObjectToRow<Order> toRow = ObjectToRow.of(Order.class, ORDERS, List.of("order_id", "amount"));

    // When
    GenericRowData row = toRow.row(new Order(7, null, State.PAID));

    // Then
    assertThat(row).isEqualTo(GenericRowData.of(7L, null, null));
  }

  record Wrong(int orderId, double amount, List<?> state) {}

  @Test
  void everythingThatDoesNotFitIsReportedAtOnce() {
    // Given
    RowType columns =
        row(
            DataTypes.FIELD("order_id", DataTypes.BIGINT().notNull()),
            DataTypes.FIELD("amount", DataTypes.DECIMAL(10, 2)),
            DataTypes.FIELD("state", DataTypes.STRING()),
            DataTypes.FIELD("city", DataTypes.STRING()));

    // When
    Throwable reading = catchThrowable(() -> RowToObject.of(columns, Wrong.class));
    Throwable writing = catchThrowable(() -> ObjectToRow.of(Wrong.class, columns));

    // Then
    assertThat(reading)
        .isInstanceOf(UnfitClassException.class)
        .hasMessage(
            """
            Class io.fluss.typed.TypedRowsTest$Wrong does not fit the columns:
            - Column 'order_id' is BIGINT NOT NULL and its field is int; it can be long or Long.
            - Column 'amount' is DECIMAL(10, 2) and its field is double; it can be BigDecimal.
            - Column 'state' is STRING and its field is java.util.List<?>; it can be String or an enum.
            - Column 'city' (STRING) has no field in Wrong, which has [orderId, amount, state]. Add one, or do not select the column.""");
    assertThat(writing)
        .isInstanceOf(UnfitClassException.class)
        .hasMessageContaining("- Column 'order_id' is BIGINT NOT NULL and its field is int;")
        .hasMessageContaining(
            "has no field in Wrong, which has [orderId, amount, state]. Add one.");
  }

  record Counted(String state, int count) {}

  interface Shape {}

  static final class Fixed {
    private final long orderId;

    Fixed(long orderId) {
      this.orderId = orderId;
    }
  }

  record Named(String fullName) {}

  @Test
  void columnsThatLookAlikeMayNotShareAField() {
    // Given
    RowType type =
        RowType.of(
            new LogicalType[] {VarCharType.STRING_TYPE, VarCharType.STRING_TYPE},
            new String[] {"full_name", "fullname"});

    // When, Then
    assertThatThrownBy(() -> ObjectToRow.of(Named.class, type))
        .isInstanceOf(UnfitClassException.class)
        .hasMessageContaining("Column 'fullname' goes with a field that another column goes with.");
    assertThatThrownBy(() -> RowToObject.of(type, Named.class))
        .isInstanceOf(UnfitClassException.class)
        .hasMessageContaining("Column 'fullname' goes with a field that another column goes with.");
  }

  @Test
  void classesThatCannotBeFilledAreRefused() {
    // Given
    RowType state = row(DataTypes.FIELD("state", DataTypes.STRING()));

    // When // Then
    assertThatThrownBy(() -> RowToObject.of(state, Counted.class))
        .hasMessageContaining(
            "Component 'count' is int and has no column among [state], so that it would have no"
                + " value. Select its column or make it Integer.");
    assertThatThrownBy(() -> RowToObject.of(state, Fixed.class))
        .hasMessageContaining(
            "Field 'orderId' is final. Make it assignable, or the class a record.");
    assertThatThrownBy(() -> RowToObject.of(state, Shape.class))
        .hasMessageContaining("It is abstract, so that no object of it can be made.");
  }

  @Test
  void valuesThatDoNotFitNameTheirColumn() {
    // Given
    ObjectToRow<PlainOrder> toRow = ObjectToRow.of(PlainOrder.class, ORDERS);
    PlainOrder precise = new PlainOrder();
    precise.amount = new BigDecimal("1.005");
    RowType text = row(DataTypes.FIELD("state", DataTypes.STRING().notNull()));
    RowToObject<Order> reader =
        RowToObject.of(
            row(
                DataTypes.FIELD("order_id", DataTypes.BIGINT()),
                DataTypes.FIELD("state", DataTypes.STRING())),
            Order.class);

    // When // Then
    assertThatThrownBy(() -> toRow.row(precise))
        .isInstanceOf(UnfitValueException.class)
        .hasMessage(
            "Column 'amount' is DECIMAL(10, 2) and cannot hold 1.005. Round it, or give the column"
                + " more digits.");
    assertThatThrownBy(() -> ObjectToRow.of(Order.class, text).row(new Order(1, null, null)))
        .hasMessageContaining("Column 'state' is NOT NULL and its field is null");
    assertThatThrownBy(() -> reader.read(GenericRowData.of(null, null)))
        .hasMessageContaining("Column 'order_id' is NULL in a row and its field is of a primitive");
    assertThatThrownBy(() -> reader.read(GenericRowData.of(1L, StringData.fromString("GONE"))))
        .hasMessageContaining("holds 'GONE', which is none of State's constants [OPEN, PAID]");
  }
}
