package io.fluss.predicate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.BooleanType;
import org.apache.flink.table.types.logical.CharType;
import org.apache.flink.table.types.logical.DateType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.DoubleType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.TimeType;
import org.apache.flink.table.types.logical.TimestampType;
import org.apache.flink.table.types.logical.VarBinaryType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.api.Test;

class PredicateTest {

  private static final ColumnRef ID = new ColumnRef(0, "id", new IntType());
  private static final ColumnRef DT =
      new ColumnRef(1, "dt", new VarCharType(VarCharType.MAX_LENGTH));
  private static final ColumnRef REGION = new ColumnRef(2, "region", new CharType(3));
  private static final ColumnRef OK = new ColumnRef(3, "ok", new BooleanType());

  @Test
  void isWrittenAsSql() {
    assertThat(
            Predicate.and(
                List.of(
                    Predicate.compare(DT, Operator.GREATER_OR_EQUAL, string("2025-01-01")),
                    Predicate.or(
                        List.of(
                            Predicate.compare(REGION, Operator.EQUAL, string("a")),
                            Predicate.compare(REGION, Operator.EQUAL, string("b")))))))
        .hasToString("(dt >= '2025-01-01' AND region IN ('a', 'b'))");
    assertThat(Predicate.not(Predicate.in(ID, List.of(1, 2)))).hasToString("id NOT IN (1, 2)");
    assertThat(Predicate.isNotNull(ID)).hasToString("id IS NOT NULL");
    assertThat(Predicate.not(Predicate.like(DT, "it's!_%", '!')))
        .hasToString("dt NOT LIKE 'it''s!_%' ESCAPE '!'");
    assertThat(Predicate.or(List.of(Predicate.not(Predicate.column(OK)), Predicate.isNull(OK))))
        .hasToString("(NOT ok OR ok IS NULL)");
    assertThat(Predicate.is(Predicate.compare(ID, Operator.NOT_EQUAL, 1), Truth.UNKNOWN))
        .hasToString("(id <> 1) IS UNKNOWN");
    assertThat(Predicate.constant(Truth.FALSE)).hasToString("FALSE");
  }

  @Test
  void writesLiteralsOfAllTypesAsSql() {
    assertThat(literal(new DateType(), 20_089)).isEqualTo("DATE '2025-01-01'");
    assertThat(literal(new TimeType(), 3_723_000)).isEqualTo("TIME '01:02:03'");
    assertThat(literal(new TimestampType(9), TimestampData.fromEpochMillis(1, 5)))
        .isEqualTo("TIMESTAMP '1970-01-01 00:00:00.001000005'");
    assertThat(literal(new LocalZonedTimestampType(3), TimestampData.fromEpochMillis(1)))
        .isEqualTo("TIMESTAMP_LTZ '1970-01-01 00:00:00.001Z'");
    assertThat(literal(new VarBinaryType(), new byte[] {0, -1})).isEqualTo("X'00FF'");
    assertThat(literal(new DecimalType(10, 2), decimal("100.00"))).isEqualTo("100");
    assertThat(literal(new BooleanType(), true)).isEqualTo("TRUE");
  }

  @Test
  void decimalsOfAnyScaleAreEqual() {
    // Given
    ColumnRef price = new ColumnRef(0, "price", new DecimalType(10, 2));
    Predicate equal =
        Predicate.compare(
            price, Operator.EQUAL, DecimalData.fromBigDecimal(new BigDecimal("1.5000"), 10, 4));

    // When
    boolean matches = equal.test(GenericRowData.of(decimal("1.50")));

    // Then
    assertThat(matches).isTrue();
  }

  @Test
  void aPatternRulesOutByItsStart() {
    // Given
    Predicate starts = Predicate.like(DT, "2025-01%");
    Predicate other = Predicate.not(starts);

    // When / Then
    assertThat(starts.mayMatch(between("2025-02-01", "2025-02-28"))).isFalse();
    assertThat(starts.mayMatch(between("2024-02-01", "2024-12-31"))).isFalse();
    assertThat(starts.mayMatch(between("2024-12-31", "2025-02-01"))).isTrue();
    assertThat(other.mayMatch(between("2025-01-01", "2025-01-31"))).isFalse();
    assertThat(other.mayMatch(between("2025-01-01", "2025-02-01"))).isTrue();
  }

  @Test
  void namesWhatItIsNotAbout() {
    assertThatThrownBy(() -> new ColumnRef(0, "tags", new ArrayType(new IntType())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Column 'tags' is ARRAY<INT>; conditions are about columns of scalar types.");
    assertThatThrownBy(() -> Predicate.column(ID))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Column id is INT; only a BOOLEAN is a condition by itself.");
    assertThatThrownBy(() -> Predicate.like(ID, "1%"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Column id is INT; LIKE is for strings.");
    assertThatThrownBy(() -> Predicate.like(DT, "50!", '!'))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'50!'")
        .hasMessageContaining("escape '!'");
  }

  @Test
  void anOrSaysNothingOfAColumnThatOnlyOnePartIsAbout() {
    // Given
    Predicate both =
        Predicate.or(
            List.of(
                Predicate.and(
                    List.of(equal(DT, string("a")), Predicate.compare(ID, Operator.LESS, 3))),
                equal(DT, string("b"))));

    // When / Then
    assertThat(both.restrictedTo(new int[] {1}))
        .contains(Predicate.in(DT.at(0), List.of(string("a"), string("b"))));
    assertThat(both.restrictedTo(new int[] {0})).isEmpty();
    assertThat(Predicate.not(both).restrictedTo(new int[] {1})).isEmpty();
  }

  @Test
  void nanIsWithinNoRange() {
    // Given
    ColumnRef d = new ColumnRef(0, "d", new DoubleType());
    Predicate notLess = Predicate.not(Predicate.compare(d, Operator.LESS, 1.0));

    // When / Then
    assertThat(notLess.test(GenericRowData.of(Double.NaN))).isTrue();
    assertThat(notLess.mayMatch(c -> ColumnRange.of(null, null, 0, 2))).isTrue();
    assertThat(notLess.mayMatch(c -> ColumnRange.of(0.0, 0.5, 0, 2))).isFalse();
  }

  private static Predicate equal(ColumnRef column, Object literal) {
    return Predicate.compare(column, Operator.EQUAL, literal);
  }

  private static ColumnRanges between(String min, String max) {
    return column -> ColumnRange.of(string(min), string(max), 1, 2);
  }

  private static String literal(LogicalType type, Object value) {
    return equal(new ColumnRef(0, "c", type), value).toString().substring("c = ".length());
  }

  private static StringData string(String text) {
    return StringData.fromString(text);
  }

  private static DecimalData decimal(String text) {
    return DecimalData.fromBigDecimal(new BigDecimal(text), 10, 2);
  }
}
