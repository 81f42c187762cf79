package io.fluss.sink;

import io.fluss.table.SchemaVersion;
import io.fluss.table.TableInfo;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.annotation.Nullable;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.expressions.CallExpression;
import org.apache.flink.table.expressions.Expression;
import org.apache.flink.table.expressions.FieldReferenceExpression;
import org.apache.flink.table.expressions.ResolvedExpression;
import org.apache.flink.table.expressions.ValueLiteralExpression;
import org.apache.flink.table.functions.BuiltInFunctionDefinitions;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;

/**
 * Finds the one row that a WHERE clause of the form {@code a = 1 AND b = 'x'} means, if it does.
 */
final class KeyFilter {

  private final TableInfo table;
  private final Map<String, Object> values = new HashMap<>();

  private KeyFilter(TableInfo table) {
    this.table = table;
  }

  /**
   * The primary key that the filters, all together, ask for.
   *
   * @return its columns in the order of the key; empty where the filters ask for anything else, or
   *     for a value that the column's type cannot hold as it is
   */
  static Optional<RowData> key(TableInfo table, List<ResolvedExpression> filters) {
    KeyFilter filter = new KeyFilter(table);
    Deque<Expression> open = new ArrayDeque<>(filters);
    while (!open.isEmpty()) {
      if (!(open.pop() instanceof CallExpression call)) {
        return Optional.empty();
      }
      if (call.getFunctionDefinition() == BuiltInFunctionDefinitions.AND) {
        call.getChildren().forEach(open::push);
      } else if (call.getFunctionDefinition() != BuiltInFunctionDefinitions.EQUALS
          || !filter.takesEquality(call.getChildren().get(0), call.getChildren().get(1))) {
        return Optional.empty();
      }
    }
    return filter.key();
  }

  private boolean takesEquality(Expression left, Expression right) {
    if (left instanceof FieldReferenceExpression column
        && right instanceof ValueLiteralExpression literal) {
      return takes(column, literal);
    }
    if (right instanceof FieldReferenceExpression column
        && left instanceof ValueLiteralExpression literal) {
      return takes(column, literal);
    }
    return false;
  }

  private boolean takes(FieldReferenceExpression column, ValueLiteralExpression literal) {
    Optional<Object> value =
        table.keyFields().stream()
            .filter(field -> field.name().equals(column.getName()))
            .findFirst()
            .map(field -> value(literal, field.type()));
    return value.isPresent() && values.putIfAbsent(column.getName(), value.get()) == null;
  }

  private Optional<RowData> key() {
    List<SchemaVersion.Field> fields = table.keyFields();
    if (values.size() < fields.size()) {
      return Optional.empty();
    }
    GenericRowData key = new GenericRowData(fields.size());
    for (int i = 0; i < fields.size(); i++) {
      key.setField(i, values.get(fields.get(i).name()));
    }
    return Optional.of(key);
  }

  /** The literal as the column would hold it; null where it would not be the same value. */
  @Nullable
  private static Object value(ValueLiteralExpression literal, LogicalType type) {
    return switch (type.getTypeRoot()) {
      case BOOLEAN -> literal.getValueAs(Boolean.class).orElse(null);
      case TINYINT ->
          whole(literal, Byte.MIN_VALUE, Byte.MAX_VALUE).map(Long::byteValue).orElse(null);
      case SMALLINT ->
          whole(literal, Short.MIN_VALUE, Short.MAX_VALUE).map(Long::shortValue).orElse(null);
      case INTEGER ->
          whole(literal, Integer.MIN_VALUE, Integer.MAX_VALUE).map(Long::intValue).orElse(null);
      case BIGINT -> whole(literal, Long.MIN_VALUE, Long.MAX_VALUE).orElse(null);
      case DECIMAL -> decimal(literal, (DecimalType) type);
      case VARCHAR -> literal.getValueAs(String.class).map(StringData::fromString).orElse(null);
      case BINARY, VARBINARY -> literal.getValueAs(byte[].class).orElse(null);
      case DATE ->
          literal.getValueAs(LocalDate.class).map(date -> (int) date.toEpochDay()).orElse(null);
      case TIME_WITHOUT_TIME_ZONE ->
          literal
              .getValueAs(LocalTime.class)
              .map(time -> (int) (time.toNanoOfDay() / 1_000_000))
              .orElse(null);
      case TIMESTAMP_WITHOUT_TIME_ZONE ->
          exact(
              literal.getValueAs(LocalDateTime.class).map(TimestampData::fromLocalDateTime), type);
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
          exact(literal.getValueAs(Instant.class).map(TimestampData::fromInstant), type);
      default -> null; // CHAR compares with padding, FLOAT and DOUBLE with rounding
    };
  }

  private static Optional<Long> whole(ValueLiteralExpression literal, long least, long most) {
    return literal
        .getValueAs(BigDecimal.class)
        .filter(value -> value.stripTrailingZeros().scale() <= 0)
        .filter(value -> value.compareTo(BigDecimal.valueOf(least)) >= 0)
        .filter(value -> value.compareTo(BigDecimal.valueOf(most)) <= 0)
        .map(BigDecimal::longValueExact);
  }

  @Nullable
  private static Object decimal(ValueLiteralExpression literal, DecimalType type) {
    return literal
        .getValueAs(BigDecimal.class)
        .filter(value -> value.stripTrailingZeros().scale() <= type.getScale())
        .map(value -> value.setScale(type.getScale(), RoundingMode.UNNECESSARY))
        .map(value -> DecimalData.fromBigDecimal(value, type.getPrecision(), type.getScale()))
        .orElse(null);
  }

  @Nullable
  private static Object exact(Optional<TimestampData> value, LogicalType type) {
    int precision = LogicalTypeChecks.getPrecision(type);
    int nanos = (int) Math.pow(10, 9 - precision);
    return value
        .filter(timestamp -> timestamp.toLocalDateTime().getNano() % nanos == 0)
        .orElse(null);
  }
}
