package io.fluss.predicate;

import java.io.Serializable;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;

/**
 * The column that a condition is about. Immutable.
 *
 * @param position in the row that is asked
 * @param name for people
 * @param type a scalar type
 */
@PublicEvolving
public record ColumnRef(int position, String name, LogicalType type) implements Serializable {

  /**
   * @throws IllegalArgumentException where values of the type have no order, as those of nested
   *     types
   */
  public ColumnRef {
    if (position < 0) {
      throw new IllegalArgumentException(
          "Column '" + name + "' cannot be at position " + position + " of a row.");
    }
    if (!isSupported(type)) {
      throw new IllegalArgumentException(
          "Column '"
              + name
              + "' is "
              + type.asSummaryString()
              + "; conditions are about columns of scalar types.");
    }
  }

  /** The field at this position of a row type. */
  public static ColumnRef of(RowType rowType, int position) {
    return new ColumnRef(
        position, rowType.getFieldNames().get(position), rowType.getTypeAt(position));
  }

  /** Whether conditions can be about columns of this type. */
  public static boolean isSupported(LogicalType type) {
    return Domain.of(type).isPresent();
  }

  ColumnRef at(int newPosition) {
    return new ColumnRef(newPosition, name, type);
  }

  Domain domain() {
    return Domain.of(type).orElseThrow();
  }

  /** The value in a row where it is not null. */
  Comparable<?> value(RowData row) {
    Object internal =
        switch (type.getTypeRoot()) {
          case BOOLEAN -> row.getBoolean(position);
          case TINYINT -> row.getByte(position);
          case SMALLINT -> row.getShort(position);
          case INTEGER, DATE, TIME_WITHOUT_TIME_ZONE -> row.getInt(position);
          case BIGINT -> row.getLong(position);
          case FLOAT -> row.getFloat(position);
          case DOUBLE -> row.getDouble(position);
          case DECIMAL ->
              row.getDecimal(
                  position, LogicalTypeChecks.getPrecision(type), LogicalTypeChecks.getScale(type));
          case CHAR, VARCHAR -> row.getString(position);
          case BINARY, VARBINARY -> row.getBinary(position);
          default -> row.getTimestamp(position, LogicalTypeChecks.getPrecision(type));
        };
    return domain().value(internal);
  }

  /** The name as SQL writes it. */
  @Override
  public String toString() {
    return name.matches("[A-Za-z_][A-Za-z0-9_]*") ? name : "`" + name.replace("`", "``") + "`";
  }
}
