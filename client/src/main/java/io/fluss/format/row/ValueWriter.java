package io.fluss.format.row;

import io.fluss.format.bytes.ByteScratch;
import io.fluss.format.bytes.Decimals;
import io.fluss.format.bytes.LittleEndian;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;

/**
 * Writes values of one type: those of fixed width into their slot, the data of others behind what
 * is there already. Immutable.
 *
 * @param path the column's name with the names of its parents, for messages
 * @param nullable whether null may take the place of a value
 */
record ValueWriter(String path, boolean nullable, Put put) {

  /** Puts a value that is not null. Made once per column, called for every row. */
  @FunctionalInterface
  interface Put {
    void put(RowData row, int position, ByteScratch out, int slot);
  }

  static ValueWriter of(String path, LogicalType type) {
    return new ValueWriter(path, type.isNullable(), put(path, type));
  }

  void write(RowData row, int position, ByteScratch out, int slot) {
    put.put(row, position, out, slot);
  }

  void checkNullable() {
    if (!nullable) {
      throw new IllegalArgumentException(
          "Cannot write NULL into column '" + path + "', which is NOT NULL");
    }
  }

  private static Put put(String path, LogicalType type) {
    return switch (type.getTypeRoot()) {
      case BOOLEAN -> (row, pos, out, at) -> out.bytes()[at] = (byte) (row.getBoolean(pos) ? 1 : 0);
      case TINYINT -> (row, pos, out, at) -> out.bytes()[at] = row.getByte(pos);
      case SMALLINT ->
          (row, pos, out, at) -> LittleEndian.putShort(out.bytes(), at, row.getShort(pos));
      case INTEGER, DATE, TIME_WITHOUT_TIME_ZONE ->
          (row, pos, out, at) -> LittleEndian.putInt(out.bytes(), at, row.getInt(pos));
      case BIGINT -> (row, pos, out, at) -> LittleEndian.putLong(out.bytes(), at, row.getLong(pos));
      case FLOAT ->
          (row, pos, out, at) ->
              LittleEndian.putInt(out.bytes(), at, Float.floatToRawIntBits(row.getFloat(pos)));
      case DOUBLE ->
          (row, pos, out, at) ->
              LittleEndian.putLong(out.bytes(), at, Double.doubleToRawLongBits(row.getDouble(pos)));
      case CHAR, VARCHAR -> (row, pos, out, at) -> out.append(row.getString(pos));
      case BINARY, VARBINARY -> (row, pos, out, at) -> out.append(row.getBinary(pos));
      case DECIMAL -> decimal(path, (DecimalType) type);
      case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
          timestamp(LogicalTypeChecks.getPrecision(type));
      case ARRAY -> {
        ArrayWriter elements = ArrayWriter.of(path, "element", ((ArrayType) type).getElementType());
        yield (row, pos, out, at) -> elements.write(row.getArray(pos), out);
      }
      case MAP -> {
        MapWriter entries = MapWriter.of(path, (MapType) type);
        yield (row, pos, out, at) -> entries.write(row.getMap(pos), out);
      }
      case ROW -> {
        RowWriter fields = RowWriter.nested(path, (RowType) type);
        int arity = ((RowType) type).getFieldCount();
        yield (row, pos, out, at) -> fields.write(row.getRow(pos, arity), out);
      }
      default ->
          throw new IllegalArgumentException(
              "Column '"
                  + path
                  + "' of type "
                  + type.asSummaryString()
                  + " cannot be stored in a table with a primary key.");
    };
  }

  private static Put decimal(String path, DecimalType type) {
    int precision = type.getPrecision();
    int scale = type.getScale();
    if (DecimalData.isCompact(precision)) {
      return (row, pos, out, at) -> {
        DecimalData value = row.getDecimal(pos, precision, scale);
        long unscaled = Decimals.fitted(value, precision, scale, path).toUnscaledLong();
        LittleEndian.putLong(out.bytes(), at, unscaled);
      };
    }
    return (row, pos, out, at) -> {
      DecimalData value = row.getDecimal(pos, precision, scale);
      byte[] unscaled = Decimals.fitted(value, precision, scale, path).toUnscaledBytes();
      LittleEndian.putLong(out.bytes(), at, Decimals.low(unscaled));
      LittleEndian.putLong(out.bytes(), at + Long.BYTES, Decimals.high(unscaled));
    };
  }

  private static Put timestamp(int precision) {
    if (TimestampData.isCompact(precision)) {
      return (row, pos, out, at) ->
          LittleEndian.putLong(out.bytes(), at, row.getTimestamp(pos, precision).getMillisecond());
    }
    return (row, pos, out, at) -> {
      TimestampData value = row.getTimestamp(pos, precision);
      LittleEndian.putLong(out.bytes(), at, value.getMillisecond());
      LittleEndian.putInt(out.bytes(), at + Long.BYTES, value.getNanoOfMillisecond());
    };
  }
}
