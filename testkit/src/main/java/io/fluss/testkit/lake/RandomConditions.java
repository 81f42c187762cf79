package io.fluss.testkit.lake;

import io.fluss.predicate.ColumnRef;
import io.fluss.predicate.Operator;
import io.fluss.predicate.Predicate;
import io.fluss.predicate.Truth;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.RowType;

/** Conditions of every kind on the scalar columns of a row type, drawn from a seed. */
final class RandomConditions {

  private static final List<String> PATTERNS =
      List.of("a%", "%", "", "ab", "_b", "%\u00e4%", "100!%", "%!_%", "a/b=c");

  private final RowType type;
  private final int[] columns;
  private final Random random;
  private final LakeRows literals;

  RandomConditions(RowType type, long seed) {
    this.type = type;
    this.columns =
        IntStream.range(0, type.getFieldCount())
            .filter(i -> ColumnRef.isSupported(type.getTypeAt(i)))
            .toArray();
    this.random = new Random(seed);
    this.literals = new LakeRows(seed);
  }

  Predicate next() {
    return condition(random.nextInt(4));
  }

  private Predicate condition(int depth) {
    if (depth == 0) {
      return leaf(ColumnRef.of(type, columns[random.nextInt(columns.length)]));
    }
    return switch (random.nextInt(7)) {
      case 0, 1, 2 -> Predicate.and(operands(depth));
      case 3, 4 -> Predicate.or(operands(depth));
      case 5 -> Predicate.not(condition(depth - 1));
      default -> Predicate.is(condition(depth - 1), Truth.values()[random.nextInt(3)]);
    };
  }

  private List<Predicate> operands(int depth) {
    return IntStream.range(0, 2 + random.nextInt(2)).mapToObj(i -> condition(depth - 1)).toList();
  }

  private Predicate leaf(ColumnRef column) {
    return switch (random.nextInt(8)) {
      case 0 -> Predicate.isNull(column);
      case 1 -> Predicate.isNotNull(column);
      case 2 ->
          Predicate.in(
              column,
              IntStream.range(0, 1 + random.nextInt(4)).mapToObj(i -> literal(column)).toList());
      case 3 -> special(column);
      case 4 ->
          random.nextInt(10) == 0
              ? Predicate.constant(Truth.values()[random.nextInt(3)])
              : comparison(column);
      default -> comparison(column);
    };
  }

  private Predicate special(ColumnRef column) {
    if (column.type().is(LogicalTypeFamily.CHARACTER_STRING)) {
      return Predicate.like(column, PATTERNS.get(random.nextInt(PATTERNS.size())), '!');
    }
    return column.type().is(LogicalTypeRoot.BOOLEAN)
        ? Predicate.column(column)
        : Predicate.between(column, literal(column), literal(column));
  }

  private Predicate comparison(ColumnRef column) {
    Operator[] operators = Operator.values();
    return Predicate.compare(column, operators[random.nextInt(operators.length)], literal(column));
  }

  private Object literal(ColumnRef column) {
    return literals.value(column.type().copy(false));
  }
}
