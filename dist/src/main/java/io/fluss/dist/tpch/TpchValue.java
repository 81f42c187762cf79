package io.fluss.dist.tpch;

import io.trino.tpch.TpchColumn;
import io.trino.tpch.TpchEntity;
import java.math.BigDecimal;
import java.util.Optional;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;

/** Reads one column of a generated row as Flink's data of the declared type. */
@FunctionalInterface
interface TpchValue {

  Object of(TpchEntity row);

  /** Empty where the column cannot be read as this type. */
  @SuppressWarnings("unchecked") // a column is asked for rows of its own table only
  static Optional<TpchValue> of(TpchColumn<?> column, LogicalType type) {
    TpchColumn<TpchEntity> c = (TpchColumn<TpchEntity>) column;
    TpchValue value =
        switch (column.getType().getBase()) {
          case IDENTIFIER -> number(type, c::getIdentifier);
          case INTEGER -> number(type, c::getInteger);
          case DATE ->
              switch (type.getTypeRoot()) {
                case DATE -> c::getDate;
                default -> null;
              };
          case DOUBLE ->
              switch (type.getTypeRoot()) {
                case DOUBLE -> c::getDouble;
                case DECIMAL -> row -> decimal(c.getDouble(row), (DecimalType) type);
                default -> null;
              };
          case VARCHAR ->
              switch (type.getTypeRoot()) {
                case CHAR, VARCHAR -> row -> StringData.fromString(c.getString(row));
                default -> null;
              };
        };
    return Optional.ofNullable(value);
  }

  /** A whole number of a generated row. */
  @FunctionalInterface
  interface Whole {
    long of(TpchEntity row);
  }

  @SuppressWarnings("NullAway")
  private static TpchValue number(LogicalType type, Whole whole) {
    return switch (type.getTypeRoot()) {
      case INTEGER -> row -> Math.toIntExact(whole.of(row));
      case BIGINT -> whole::of;
      default -> null;
    };
  }

  private static DecimalData decimal(double value, DecimalType type) {
    return DecimalData.fromBigDecimal(
        BigDecimal.valueOf(value), type.getPrecision(), type.getScale());
  }
}
