package io.fluss.predicate.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluss.predicate.Predicate;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.expressions.CallExpression;
import org.apache.flink.table.expressions.FieldReferenceExpression;
import org.apache.flink.table.expressions.ResolvedExpression;
import org.apache.flink.table.expressions.ValueLiteralExpression;
import org.apache.flink.table.functions.BuiltInFunctionDefinition;
import org.apache.flink.table.functions.BuiltInFunctionDefinitions;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.Test;

/** Which expressions are translated, and to what. What they mean is tested against Flink itself. */
class FilterTranslationTest {

  private static final RowType TYPE =
      (RowType)
          DataTypes.ROW(
                  DataTypes.FIELD("id", DataTypes.INT()),
                  DataTypes.FIELD("big", DataTypes.BIGINT()),
                  DataTypes.FIELD("d", DataTypes.DOUBLE()),
                  DataTypes.FIELD("name", DataTypes.STRING()),
                  DataTypes.FIELD("at", DataTypes.TIMESTAMP_LTZ(3)))
              .getLogicalType();

  private static final FilterTranslation TRANSLATION = FilterTranslation.over(TYPE);

  private static final ResolvedExpression ID = field("id", DataTypes.INT());
  private static final ResolvedExpression BIG = field("big", DataTypes.BIGINT());
  private static final ResolvedExpression D = field("d", DataTypes.DOUBLE());
  private static final ResolvedExpression NAME = field("name", DataTypes.STRING());

  @Test
  void aLiteralMayStandOnEitherSide() {
    assertThat(text(call(BuiltInFunctionDefinitions.LESS_THAN, literal(3), ID)))
        .isEqualTo("id > 3");
  }

  @Test
  void equalitiesOfOneColumnAreIn() {
    assertThat(
            text(
                call(
                    BuiltInFunctionDefinitions.OR,
                    call(BuiltInFunctionDefinitions.EQUALS, ID, literal(1)),
                    call(BuiltInFunctionDefinitions.EQUALS, ID, literal(2)))))
        .isEqualTo("id IN (1, 2)");
    assertThat(text(call(BuiltInFunctionDefinitions.IN, ID, literal(1), literal(2))))
        .isEqualTo("id IN (1, 2)");
  }

  @Test
  void rangesAndTheirOpposite() {
    assertThat(text(call(BuiltInFunctionDefinitions.BETWEEN, ID, literal(1), literal(2))))
        .isEqualTo("(id >= 1 AND id <= 2)");
    assertThat(text(call(BuiltInFunctionDefinitions.NOT_BETWEEN, ID, literal(1), literal(2))))
        .isEqualTo("NOT (id >= 1 AND id <= 2)");
  }

  @Test
  void aColumnThatIsCastWithoutLossIsTheColumn() {
    assertThat(
            text(
                call(
                    BuiltInFunctionDefinitions.EQUALS,
                    cast(ID, DataTypes.BIGINT()),
                    new ValueLiteralExpression(5_000_000_000L))))
        .isEqualTo("id = 5000000000");
    assertThat(
            exactly(
                call(BuiltInFunctionDefinitions.EQUALS, cast(BIG, DataTypes.INT()), literal(5))))
        .isEmpty();
    assertThat(
            exactly(
                call(
                    BuiltInFunctionDefinitions.EQUALS,
                    cast(BIG, DataTypes.DOUBLE()),
                    new ValueLiteralExpression(5.0))))
        .isEmpty();
  }

  @Test
  void whatFlinkWouldRoundIsLeftAlone() {
    assertThat(
            exactly(
                call(
                    BuiltInFunctionDefinitions.GREATER_THAN,
                    BIG,
                    new ValueLiteralExpression(new BigDecimal("1.5")))))
        .isEmpty();
    assertThat(
            exactly(
                call(
                    BuiltInFunctionDefinitions.GREATER_THAN,
                    D,
                    new ValueLiteralExpression(new BigDecimal("0.0")))))
        .isEmpty();
  }

  @Test
  void aNullIsLeftAlone() {
    assertThat(
            exactly(
                call(
                    BuiltInFunctionDefinitions.EQUALS,
                    ID,
                    new ValueLiteralExpression(null, DataTypes.INT()))))
        .isEmpty();
  }

  @Test
  void patternsWithOneMeaningOnly() {
    assertThat(text(call(BuiltInFunctionDefinitions.LIKE, NAME, literal("a_%"))))
        .isEqualTo("name LIKE 'a_%'");
    assertThat(text(call(BuiltInFunctionDefinitions.LIKE, NAME, literal("5!%"), literal("!"))))
        .isEqualTo("name LIKE '5!%' ESCAPE '!'");
    for (String pattern : List.of("", "a\\%", "say \"x\"", "line\n%")) {
      assertThat(exactly(call(BuiltInFunctionDefinitions.LIKE, NAME, literal(pattern)))).isEmpty();
    }
    assertThat(exactly(call(BuiltInFunctionDefinitions.LIKE, NAME, literal("a!b"), literal("!"))))
        .isEmpty();
    assertThat(exactly(call(BuiltInFunctionDefinitions.LIKE, ID, literal("1%")))).isEmpty();
  }

  @Test
  void aTimeNeedsAZoneOfItsOwn() {
    // Given
    ResolvedExpression at = field("at", DataTypes.TIMESTAMP_LTZ(3));

    // When, Then
    assertThat(
            text(
                call(
                    BuiltInFunctionDefinitions.LESS_THAN,
                    at,
                    new ValueLiteralExpression(Instant.ofEpochMilli(5)))))
        .isEqualTo("at < TIMESTAMP_LTZ '1970-01-01 00:00:00.005Z'");
    assertThat(
            exactly(
                call(
                    BuiltInFunctionDefinitions.LESS_THAN,
                    at,
                    new ValueLiteralExpression(LocalDateTime.of(2025, 1, 1, 0, 0)))))
        .isEmpty();
  }

  @Test
  void columnsOfOtherRowsAreLeftAlone() {
    assertThat(
            exactly(
                call(
                    BuiltInFunctionDefinitions.EQUALS,
                    field("offset", DataTypes.INT()),
                    literal(1))))
        .isEmpty();
    assertThat(
            exactly(
                call(
                    BuiltInFunctionDefinitions.EQUALS,
                    field("id", DataTypes.BIGINT()),
                    literal(1))))
        .isEmpty();
  }

  @Test
  void ofPartsThatCannotBeTranslatedNothingIsSaid() {
    // Given
    ResolvedExpression known = call(BuiltInFunctionDefinitions.EQUALS, ID, literal(1));
    ResolvedExpression unknown = call(BuiltInFunctionDefinitions.EQUALS, ID, BIG);
    ResolvedExpression both = call(BuiltInFunctionDefinitions.AND, known, unknown);
    ResolvedExpression other = call(BuiltInFunctionDefinitions.EQUALS, NAME, literal("x"));

    // When, Then
    assertThat(exactly(both)).isEmpty();
    assertThat(TRANSLATION.impliedBy(both)).map(Predicate::toString).contains("id = 1");
    assertThat(TRANSLATION.impliedBy(call(BuiltInFunctionDefinitions.OR, both, other)))
        .map(Predicate::toString)
        .contains("(id = 1 OR name = 'x')");
    assertThat(TRANSLATION.impliedBy(call(BuiltInFunctionDefinitions.OR, unknown, other)))
        .isEmpty();
    assertThat(TRANSLATION.impliedBy(call(BuiltInFunctionDefinitions.NOT, both))).isEmpty();
    assertThat(TRANSLATION.impliedByAll(List.of(unknown, both, other)))
        .map(Predicate::toString)
        .contains("(id = 1 AND name = 'x')");
    assertThat(TRANSLATION.impliedByAll(List.of(unknown))).isEmpty();
  }

  private static Optional<Predicate> exactly(ResolvedExpression expression) {
    return TRANSLATION.exactly(expression);
  }

  private static String text(ResolvedExpression expression) {
    return exactly(expression).orElseThrow().toString();
  }

  private static ResolvedExpression field(String name, DataType type) {
    return new FieldReferenceExpression(name, type, 0, 0);
  }

  private static ResolvedExpression literal(Object value) {
    return new ValueLiteralExpression(value);
  }

  private static ResolvedExpression cast(ResolvedExpression operand, DataType type) {
    return CallExpression.permanent(BuiltInFunctionDefinitions.CAST, List.of(operand), type);
  }

  private static ResolvedExpression call(
      BuiltInFunctionDefinition function, ResolvedExpression... operands) {
    return CallExpression.permanent(function, List.of(operands), DataTypes.BOOLEAN());
  }
}
