package io.fluss.format.batch;

import io.fluss.format.CorruptBatchException;
import io.fluss.format.bytes.Decimals;
import io.fluss.format.bytes.LittleEndian;
import io.fluss.format.bytes.TimestampUnit;
import io.fluss.predicate.ColumnRange;
import io.fluss.predicate.ColumnRanges;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;

/**
 * What a batch's header says of the values in its columns. Immutable.
 *
 * @param ranges by position in the batch's schema
 */
public record BatchStatistics(Map<Integer, ColumnRange> ranges) implements ColumnRanges {

  public BatchStatistics {
    ranges = Map.copyOf(ranges);
  }

  /**
   * Reads the header's statistics; nothing is known where it has none.
   *
   * @param schema of the batch
   * @throws CorruptBatchException where they are damaged, or of other columns
   */
  public static BatchStatistics of(BatchHeader header, RowType schema) {
    Map<Integer, ColumnRange> ranges = new HashMap<>();
    header
        .field(HeaderField.STATISTICS)
        .ifPresent(value -> read(new HeaderReader(value), header.rowCount(), schema, ranges));
    return new BatchStatistics(ranges);
  }

  /** {@inheritDoc} Positions are those in the batch's schema. */
  @Override
  public ColumnRange of(int column) {
    return ranges.getOrDefault(column, ColumnRange.UNKNOWN);
  }

  private static void read(
      HeaderReader in, int rowCount, RowType schema, Map<Integer, ColumnRange> ranges) {
    while (!in.atEnd()) {
      int column = in.varint("column of the statistics");
      if (column >= schema.getFieldCount() || ranges.containsKey(column)) {
        throw new CorruptBatchException(
            "Cannot read batch header: its statistics are of column "
                + column
                + ", and its schema has "
                + schema.getFieldCount()
                + " columns, each to be there once");
      }
      int flags = in.unsignedByte("flags of the statistics");
      if ((flags & ~(StatisticsWriter.HAS_MIN | StatisticsWriter.HAS_MAX)) != 0) {
        return; // a later version says more here
      }
      int nullCount = in.varint("null count of the statistics");
      LogicalType type = schema.getTypeAt(column);
      Object min = (flags & StatisticsWriter.HAS_MIN) == 0 ? null : bound(in, type);
      Object max = (flags & StatisticsWriter.HAS_MAX) == 0 ? null : bound(in, type);
      ranges.put(column, ColumnRange.of(min, max, nullCount, rowCount));
    }
  }

  private static Object bound(HeaderReader in, LogicalType type) {
    return switch (type.getTypeRoot()) {
      case BOOLEAN -> fixed(in, Byte.BYTES)[0] != 0;
      case TINYINT -> fixed(in, Byte.BYTES)[0];
      case SMALLINT -> LittleEndian.getShort(fixed(in, Short.BYTES), 0);
      case INTEGER, DATE, TIME_WITHOUT_TIME_ZONE -> integer(in);
      case BIGINT -> longInteger(in);
      case FLOAT -> Float.intBitsToFloat(integer(in));
      case DOUBLE -> Double.longBitsToDouble(longInteger(in));
      case DECIMAL -> {
        long low = longInteger(in);
        long high = longInteger(in);
        yield Decimals.of(
            high, low, LogicalTypeChecks.getPrecision(type), LogicalTypeChecks.getScale(type));
      }
      case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
          TimestampUnit.of(LogicalTypeChecks.getPrecision(type)).toTimestamp(longInteger(in));
      case CHAR, VARCHAR -> StringData.fromBytes(sequence(in));
      case BINARY, VARBINARY -> sequence(in);
      default ->
          throw new CorruptBatchException(
              "Cannot read batch header: it has bounds of a column of type "
                  + type.asSummaryString()
                  + ", whose values have no order");
    };
  }

  private static int integer(HeaderReader in) {
    return LittleEndian.getInt(fixed(in, Integer.BYTES), 0);
  }

  private static long longInteger(HeaderReader in) {
    return LittleEndian.getLong(fixed(in, Long.BYTES), 0);
  }

  private static byte[] sequence(HeaderReader in) {
    return fixed(in, in.varint("length of a bound"));
  }

  private static byte[] fixed(HeaderReader in, int length) {
    return in.bytes(length, "bound of the statistics");
  }
}
