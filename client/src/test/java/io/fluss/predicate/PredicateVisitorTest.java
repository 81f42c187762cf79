package io.fluss.predicate;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.BooleanType;
import org.apache.flink.table.types.logical.DateType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.FloatType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.TimestampType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.api.Test;

class PredicateVisitorTest {

  private static final RowType ROW =
      RowType.of(
          new IntType(),
          new VarCharType(10),
          new BooleanType(),
          new DecimalType(10, 2),
          new TimestampType(6),
          new DateType(),
          new FloatType());

  /** A condition in words of its own. */
  private static final class Words implements PredicateVisitor<String> {

    @Override
    public String constant(Truth truth) {
      return truth.toString();
    }

    @Override
    public String column(ColumnRef column) {
      return column.toString();
    }

    @Override
    public String compare(ColumnRef column, Operator operator, Object literal) {
      return column + " " + operator + " " + word(literal);
    }

    @Override
    public String in(ColumnRef column, List<?> literals) {
      return column + " in " + literals.stream().map(Words::word).toList();
    }

    @Override
    public String isNull(ColumnRef column) {
      return column + " null";
    }

    @Override
    public String like(ColumnRef column, byte[] start, LikeRest rest) {
      return column + " like " + word(start) + " " + rest;
    }

    @Override
    public String and(List<Predicate> operands) {
      return operands.stream().map(o -> o.accept(this)).collect(Collectors.joining(" & "));
    }

    @Override
    public String or(List<Predicate> operands) {
      return operands.stream().map(o -> o.accept(this)).collect(Collectors.joining(" | "));
    }

    @Override
    public String not(Predicate operand) {
      return "!" + operand.accept(this);
    }

    @Override
    public String is(Predicate operand, Truth truth) {
      return operand.accept(this) + " is " + truth;
    }

    private static String word(Object literal) {
      return literal instanceof byte[] bytes
          ? new String(bytes, StandardCharsets.UTF_8)
          : literal.getClass().getSimpleName() + " " + literal;
    }
  }

  private static String words(Predicate predicate) {
    return predicate.accept(new Words());
  }

  private static ColumnRef column(int position) {
    return ColumnRef.of(ROW, position);
  }

  @Test
  void eachFormIsTold() {
    assertThat(words(Predicate.constant(Truth.UNKNOWN))).isEqualTo("UNKNOWN");
    assertThat(words(Predicate.column(column(2)))).isEqualTo("f2");
    assertThat(words(Predicate.compare(column(0), Operator.LESS, 7))).isEqualTo("f0 < Long 7");
    assertThat(words(Predicate.in(column(0), List.of(1, 1L << 40))))
        .isEqualTo("f0 in [Long 1, Long 1099511627776]");
    assertThat(words(Predicate.isNotNull(column(1)))).isEqualTo("!f1 null");
    assertThat(words(Predicate.is(Predicate.column(column(2)), Truth.FALSE)))
        .isEqualTo("f2 is FALSE");
    Predicate nulls =
        Predicate.or(List.of(Predicate.isNull(column(0)), Predicate.isNull(column(1))));
    assertThat(words(Predicate.and(List.of(Predicate.column(column(2)), nulls))))
        .isEqualTo("f2 & f0 null | f1 null");
  }

  @Test
  void literalsHaveOneFormForAllTypesThatAreComparedAlike() {
    DecimalData price = DecimalData.fromBigDecimal(new BigDecimal("1.50"), 10, 2);
    TimestampData time = TimestampData.fromEpochMillis(1500, 7000);

    assertThat(words(Predicate.compare(column(1), Operator.EQUAL, StringData.fromString("\u00e4"))))
        .isEqualTo("f1 = \u00e4");
    assertThat(words(Predicate.compare(column(3), Operator.EQUAL, price)))
        .isEqualTo("f3 = BigDecimal 1.5");
    assertThat(words(Predicate.compare(column(4), Operator.EQUAL, time)))
        .isEqualTo("f4 = Instant " + Instant.ofEpochSecond(1, 500_007_000));
    assertThat(words(Predicate.compare(column(5), Operator.EQUAL, 19000)))
        .isEqualTo("f5 = Long 19000");
    assertThat(words(Predicate.compare(column(6), Operator.EQUAL, 0.5f)))
        .isEqualTo("f6 = Double 0.5");
  }

  @Test
  void patternsTellTheirStart() {
    assertThat(words(Predicate.like(column(1), "ab%"))).isEqualTo("f1 like ab ANYTHING");
    assertThat(words(Predicate.like(column(1), "ab"))).isEqualTo("f1 like ab NOTHING");
    assertThat(words(Predicate.like(column(1), "a_b%"))).isEqualTo("f1 like a OTHER");
    assertThat(words(Predicate.like(column(1), "%b"))).isEqualTo("f1 like  OTHER");
  }
}
