package io.fluss.format.schema;

import io.fluss.FlussException;
import java.util.Optional;
import javax.annotation.Nullable;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

/**
 * Reads a column of one type as another. To a wider type that is always possible. To a narrower one
 * it is for a job that was planned before the column was widened: it gets the values that fit, and
 * fails at the first that does not. Immutable.
 */
abstract class Conversion {

  private final String column;
  private final LogicalType to;

  private Conversion(String column, LogicalType to) {
    this.column = column;
    this.to = to;
  }

  /**
   * What reads a column.
   *
   * @param column for messages
   * @return null where the values are the same
   * @throws FlussException where neither type widens to the other
   */
  @Nullable
  static Conversion between(String column, LogicalType from, LogicalType to) {
    boolean widens = TypeWidening.widens(from, to);
    if (!widens && !TypeWidening.widens(to, from)) {
      throw new FlussException(
          "column '"
              + column
              + "' was written as "
              + from.asSummaryString()
              + " and is "
              + to.asSummaryString()
              + " now, which values cannot be read as");
    }
    if (TypeWidening.isSame(from, to)) {
      return null;
    }
    if (TypeWidening.isInteger(from)) {
      return new OfInteger(column, from.getTypeRoot(), to);
    }
    if (from.is(LogicalTypeRoot.FLOAT)) {
      return new ToDouble(column, to);
    }
    if (from.is(LogicalTypeRoot.DOUBLE)) {
      return new ToFloat(column, to);
    }
    // A string is not padded, and whether it fits was the writer's to check.
    return from instanceof DecimalType decimal ? new OfDecimal(column, decimal, to) : null;
  }

  byte getByte(RowData row, int position) {
    throw unexpected();
  }

  short getShort(RowData row, int position) {
    throw unexpected();
  }

  int getInt(RowData row, int position) {
    throw unexpected();
  }

  long getLong(RowData row, int position) {
    throw unexpected();
  }

  float getFloat(RowData row, int position) {
    throw unexpected();
  }

  double getDouble(RowData row, int position) {
    throw unexpected();
  }

  DecimalData getDecimal(RowData row, int position) {
    throw unexpected();
  }

  private IllegalStateException unexpected() {
    return new IllegalStateException(
        "Column '" + column + "' is read as another type than " + to.asSummaryString() + ".");
  }

  final FlussException tooWide(Object value) {
    return new FlussException(
        "column '"
            + column
            + "' has the value "
            + value
            + ", which does not fit "
            + to.asSummaryString()
            + ": the column was widened (ALTER TABLE) after this job was planned. Start it again,"
            + " so that it reads the table as it is now");
  }

  /** Between TINYINT, SMALLINT, INT and BIGINT. */
  private static final class OfInteger extends Conversion {

    private final LogicalTypeRoot from;

    OfInteger(String column, LogicalTypeRoot from, LogicalType to) {
      super(column, to);
      this.from = from;
    }

    @Override
    byte getByte(RowData row, int position) {
      long value = getLong(row, position);
      return (byte) (value == (byte) value ? value : refuse(value));
    }

    @Override
    short getShort(RowData row, int position) {
      long value = getLong(row, position);
      return (short) (value == (short) value ? value : refuse(value));
    }

    @Override
    int getInt(RowData row, int position) {
      long value = getLong(row, position);
      return (int) (value == (int) value ? value : refuse(value));
    }

    @Override
    long getLong(RowData row, int position) {
      return switch (from) {
        case TINYINT -> row.getByte(position);
        case SMALLINT -> row.getShort(position);
        case INTEGER -> row.getInt(position);
        default -> row.getLong(position);
      };
    }

    private long refuse(long value) {
      throw tooWide(value);
    }
  }

  private static final class ToDouble extends Conversion {

    ToDouble(String column, LogicalType to) {
      super(column, to);
    }

    @Override
    double getDouble(RowData row, int position) {
      return row.getFloat(position);
    }
  }

  private static final class ToFloat extends Conversion {

    ToFloat(String column, LogicalType to) {
      super(column, to);
    }

    @Override
    float getFloat(RowData row, int position) {
      double value = row.getDouble(position);
      float narrow = (float) value;
      if (Double.compare(narrow, value) != 0) {
        throw tooWide(value);
      }
      return narrow;
    }
  }

  /** Between DECIMALs of one scale. */
  private static final class OfDecimal extends Conversion {

    private final int fromPrecision;
    private final int toPrecision;
    private final int scale;

    OfDecimal(String column, DecimalType from, LogicalType to) {
      super(column, to);
      this.fromPrecision = from.getPrecision();
      this.toPrecision = ((DecimalType) to).getPrecision();
      this.scale = from.getScale();
    }

    @Override
    DecimalData getDecimal(RowData row, int position) {
      DecimalData value = row.getDecimal(position, fromPrecision, scale);
      return Optional.ofNullable(
              DecimalData.fromBigDecimal(value.toBigDecimal(), toPrecision, scale))
          .orElseThrow(() -> tooWide(value));
    }
  }
}
