package io.fluss.format.schema;

import java.util.List;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.VarBinaryType;
import org.apache.flink.table.types.logical.VarCharType;

/**
 * Which types a column's type can become: those that hold each value that it holds, and that every
 * lake format can follow. Nullability is not looked at.
 */
public final class TypeWidening {

  /** For messages. */
  public static final String RULE =
      "TINYINT, SMALLINT, INT and BIGINT to the right, FLOAT to DOUBLE, DECIMAL(p, s) to a greater"
          + " p, VARCHAR(n) and VARBINARY(n) to a greater n";

  /** From narrow to wide. */
  static final List<LogicalTypeRoot> INTEGERS =
      List.of(
          LogicalTypeRoot.TINYINT,
          LogicalTypeRoot.SMALLINT,
          LogicalTypeRoot.INTEGER,
          LogicalTypeRoot.BIGINT);

  private TypeWidening() {}

  /** Whether a column of one type may get the other; a type widens to itself. */
  public static boolean widens(LogicalType from, LogicalType to) {
    if (isSame(from, to)) {
      return true;
    }
    if (isInteger(from) && isInteger(to)) {
      return rank(from) < rank(to);
    }
    if (from.is(LogicalTypeRoot.FLOAT)) {
      return to.is(LogicalTypeRoot.DOUBLE);
    }
    if (from instanceof DecimalType narrow && to instanceof DecimalType wide) {
      return narrow.getScale() == wide.getScale() && narrow.getPrecision() < wide.getPrecision();
    }
    if (from instanceof VarCharType narrow && to instanceof VarCharType wide) {
      return narrow.getLength() < wide.getLength();
    }
    return from instanceof VarBinaryType narrow
        && to instanceof VarBinaryType wide
        && narrow.getLength() < wide.getLength();
  }

  /** Whether both are the same but for nullability. */
  public static boolean isSame(LogicalType one, LogicalType other) {
    return one.copy(true).equals(other.copy(true));
  }

  static boolean isInteger(LogicalType type) {
    return INTEGERS.contains(type.getTypeRoot());
  }

  private static int rank(LogicalType type) {
    return INTEGERS.indexOf(type.getTypeRoot());
  }
}
