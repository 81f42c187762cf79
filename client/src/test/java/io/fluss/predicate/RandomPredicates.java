package io.fluss.predicate;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.IntStream;
import javax.annotation.Nullable;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.BooleanType;
import org.apache.flink.table.types.logical.CharType;
import org.apache.flink.table.types.logical.DateType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.DoubleType;
import org.apache.flink.table.types.logical.FloatType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.SmallIntType;
import org.apache.flink.table.types.logical.TimeType;
import org.apache.flink.table.types.logical.TimestampType;
import org.apache.flink.table.types.logical.TinyIntType;
import org.apache.flink.table.types.logical.VarBinaryType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;

/**
 * Conditions drawn from a seed, each with a second opinion: what it is for a row by Java's own
 * comparisons of the values, null for UNKNOWN. Values come from a few of each type, so that rows
 * often match.
 */
public final class RandomPredicates {

  /** Every scalar type. */
  public static final RowType TYPES =
      RowType.of(
          new BooleanType(),
          new TinyIntType(),
          new SmallIntType(),
          new IntType(),
          new BigIntType(),
          new FloatType(),
          new DoubleType(),
          new DecimalType(10, 2),
          new DecimalType(30, 5),
          new CharType(3),
          new VarCharType(VarCharType.MAX_LENGTH),
          new VarBinaryType(VarBinaryType.MAX_LENGTH),
          new DateType(),
          new TimeType(3),
          new TimestampType(3),
          new TimestampType(9),
          new LocalZonedTimestampType(6));

  private static final List<String> STRINGS =
      List.of("", "a", "ab", "ab ", "abc", "b", "b%", "\u00e4", "\u20ac", "\ud83d\ude00x", "a\nb");

  private static final List<Double> NUMBERS =
      List.of(-2.0, -1.0, -0.0, 0.0, 1.0, 1.5, 2.0, 3.0, Double.NaN, Double.POSITIVE_INFINITY);

  private final Random random;

  public RandomPredicates(Random random) {
    this.random = random;
  }

  /** A condition and what it should be for a row. */
  public record Tested(Predicate predicate, Function<RowData, Boolean> opinion) {}

  public GenericRowData row() {
    GenericRowData row = new GenericRowData(TYPES.getFieldCount());
    for (int i = 0; i < row.getArity(); i++) {
      row.setField(i, random.nextInt(6) == 0 ? null : value(TYPES.getTypeAt(i)));
    }
    return row;
  }

  /** A row whose values lie near those of another. */
  public GenericRowData rowNear(GenericRowData other) {
    GenericRowData row = row();
    for (int i = 0; i < row.getArity(); i++) {
      if (random.nextInt(4) > 0) {
        row.setField(i, other.getField(i));
      }
    }
    return row;
  }

  /** A condition on any columns. */
  public Tested predicate(int depth) {
    return predicate(depth, IntStream.range(0, TYPES.getFieldCount()).toArray());
  }

  /** A condition on these columns only. */
  public Tested predicate(int depth, int[] columns) {
    if (depth == 0) {
      return leaf(columns[random.nextInt(columns.length)]);
    }
    return switch (random.nextInt(6)) {
      case 0, 1 -> combined(depth, columns, true);
      case 2, 3 -> combined(depth, columns, false);
      case 4 -> {
        Tested operand = predicate(depth - 1, columns);
        yield new Tested(
            Predicate.not(operand.predicate),
            row -> {
              Boolean truth = operand.opinion.apply(row);
              return truth == null ? null : (Boolean) !truth;
            });
      }
      default -> {
        Tested operand = predicate(depth - 1, columns);
        Truth wanted = Truth.values()[random.nextInt(3)];
        Boolean wantedTruth = wanted == Truth.UNKNOWN ? null : (Boolean) (wanted == Truth.TRUE);
        yield new Tested(
            Predicate.is(operand.predicate, wanted),
            row -> Objects.equals(operand.opinion.apply(row), wantedTruth));
      }
    };
  }

  /** AND or OR, by SQL's definition: null where the operands that are known do not decide. */
  private Tested combined(int depth, int[] columns, boolean and) {
    List<Tested> operands = new ArrayList<>();
    for (int i = 2 + random.nextInt(2); i > 0; i--) {
      operands.add(predicate(depth - 1, columns));
    }
    List<Predicate> predicates = operands.stream().map(Tested::predicate).toList();
    return new Tested(
        and ? Predicate.and(predicates) : Predicate.or(predicates),
        row -> {
          List<Boolean> truths = new ArrayList<>();
          operands.forEach(o -> truths.add(o.opinion.apply(row)));
          boolean decides = !and;
          return truths.contains(decides)
              ? (Boolean) decides
              : truths.contains(null) ? null : (Boolean) and;
        });
  }

  private Tested leaf(int position) {
    ColumnRef column = ColumnRef.of(TYPES, position);
    boolean string = column.type().is(LogicalTypeFamily.CHARACTER_STRING);
    return switch (random.nextInt(5)) {
      case 0 -> new Tested(Predicate.isNull(column), row -> row.isNullAt(position));
      case 1 -> {
        List<Object> literals = new ArrayList<>();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
          literals.add(value(column.type()));
        }
        yield new Tested(
            Predicate.in(column, literals),
            ifNotNull(column, v -> literals.stream().anyMatch(l -> compare(v, Operator.EQUAL, l))));
      }
      case 2 -> {
        if (string) {
          yield like(column);
        }
        yield column.type() instanceof BooleanType
            ? new Tested(Predicate.column(column), ifNotNull(column, v -> (Boolean) v))
            : comparison(column);
      }
      default -> comparison(column);
    };
  }

  private Tested comparison(ColumnRef column) {
    Operator operator = Operator.values()[random.nextInt(Operator.values().length)];
    Object literal = value(column.type());
    return new Tested(
        Predicate.compare(column, operator, literal),
        ifNotNull(column, v -> compare(v, operator, literal)));
  }

  private Tested like(ColumnRef column) {
    String start = STRINGS.get(random.nextInt(STRINGS.size()));
    return switch (random.nextInt(3)) {
      case 0 ->
          new Tested(
              Predicate.like(column, start.replace("%", "!%") + "%", '!'),
              ifNotNull(column, v -> v.toString().startsWith(start)));
      case 1 ->
          new Tested(
              Predicate.like(column, start.replace("%", "!%"), '!'),
              ifNotNull(column, v -> v.toString().equals(start)));
      default ->
          new Tested(
              Predicate.like(column, "_" + start.replace("%", "!%") + "%", '!'),
              ifNotNull(
                  column,
                  v -> {
                    int[] characters = v.toString().codePoints().toArray();
                    return characters.length > 0
                        && characters[0] != '\n'
                        && new String(characters, 1, characters.length - 1).startsWith(start);
                  }));
    };
  }

  private static Function<RowData, Boolean> ifNotNull(
      ColumnRef column, Function<Object, Boolean> opinion) {
    return row -> {
      Object value = ((GenericRowData) row).getField(column.position());
      return value == null ? null : opinion.apply(value);
    };
  }

  private static boolean compare(Object value, Operator operator, Object literal) {
    if (value instanceof Float || value instanceof Double) {
      double l = ((Number) value).doubleValue();
      double r = ((Number) literal).doubleValue();
      return switch (operator) {
        case EQUAL -> l == r;
        case NOT_EQUAL -> l != r;
        case LESS -> l < r;
        case LESS_OR_EQUAL -> l <= r;
        case GREATER -> l > r;
        case GREATER_OR_EQUAL -> l >= r;
      };
    }
    BiPredicate<Integer, Integer> holds =
        switch (operator) {
          case EQUAL -> (o, zero) -> o.equals(zero);
          case NOT_EQUAL -> (o, zero) -> !o.equals(zero);
          case LESS -> (o, zero) -> o < zero;
          case LESS_OR_EQUAL -> (o, zero) -> o <= zero;
          case GREATER -> (o, zero) -> o > zero;
          case GREATER_OR_EQUAL -> (o, zero) -> o >= zero;
        };
    return holds.test(order(value, literal), 0);
  }

  /** The order of two values in Flink's internal form, NaN aside. */
  @SuppressWarnings({"unchecked", "rawtypes"}) // both are of one class
  static int order(Object left, Object right) {
    if (left instanceof byte[] bytes) {
      return Arrays.compareUnsigned(bytes, (byte[]) right);
    }
    if (left instanceof Double || left instanceof Float) {
      double l = ((Number) left).doubleValue();
      double r = ((Number) right).doubleValue();
      return l < r ? -1 : l > r ? 1 : 0;
    }
    return ((Comparable) left).compareTo(right);
  }

  /** The exact ranges of the columns in some rows. */
  static ColumnRanges rangesOf(List<? extends RowData> rows) {
    return column -> {
      List<Object> values =
          rows.stream()
              .map(r -> ((GenericRowData) r).getField(column))
              .filter(Objects::nonNull)
              .toList();
      boolean nan =
          values.stream().anyMatch(v -> v instanceof Number n && Double.isNaN(n.doubleValue()));
      return nan
          ? ColumnRange.of(null, null, rows.size() - values.size(), rows.size())
          : ColumnRange.of(
              values.stream().min(RandomPredicates::order).orElse(null),
              values.stream().max(RandomPredicates::order).orElse(null),
              rows.size() - values.size(),
              rows.size());
    };
  }

  @Nullable
  private Object value(LogicalType type) {
    int small = random.nextInt(7) - 3;
    return switch (type.getTypeRoot()) {
      case BOOLEAN -> random.nextBoolean();
      case TINYINT -> (byte) small;
      case SMALLINT -> (short) small;
      case INTEGER, DATE -> small;
      case BIGINT -> (long) small;
      case TIME_WITHOUT_TIME_ZONE -> small + 3;
      case FLOAT -> NUMBERS.get(random.nextInt(NUMBERS.size())).floatValue();
      case DOUBLE -> NUMBERS.get(random.nextInt(NUMBERS.size()));
      case DECIMAL -> {
        DecimalType decimal = (DecimalType) type;
        yield DecimalData.fromBigDecimal(
            new BigDecimal(small).movePointLeft(1), decimal.getPrecision(), decimal.getScale());
      }
      case CHAR, VARCHAR -> StringData.fromString(STRINGS.get(random.nextInt(STRINGS.size())));
      case VARBINARY ->
          STRINGS.get(random.nextInt(STRINGS.size())).getBytes(StandardCharsets.UTF_8);
      default -> {
        boolean millis = LogicalTypeChecks.getPrecision(type) == 3;
        yield TimestampData.fromInstant(
            Instant.ofEpochMilli(small).plusNanos(millis ? 0 : small * 1000L));
      }
    };
  }
}
