package io.fluss.format.arrow;

import io.fluss.format.bytes.TimestampUnit;
import java.util.Locale;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;

/** Timestamps with and without local time zone, in the unit of their precision. */
final class TimestampWriter extends FixedWidthWriter {
  private final int precision;
  private final TimestampUnit unit;

  TimestampWriter(String path, int precision, boolean nullable, BufferPool pool) {
    super(path, nullable, pool, Long.BYTES);
    this.precision = precision;
    this.unit = TimestampUnit.of(precision);
  }

  @Override
  void put(RowData row, int position) {
    put(row.getTimestamp(position, precision));
  }

  @Override
  void put(ArrayData array, int position) {
    put(array.getTimestamp(position, precision));
  }

  private void put(TimestampData value) {
    putLong(stored(value));
  }

  private long stored(TimestampData value) {
    try {
      return unit.toLong(value);
    } catch (ArithmeticException e) {
      // Not chained: it says less, and the innermost cause is what users are shown.
      throw new IllegalArgumentException(
          String.format(
              "Cannot write %s into column '%s': TIMESTAMP(%d) is stored as 64-bit %ss%s."
                  + " Use a lower precision.",
              value,
              path(),
              precision,
              unit.name().toLowerCase(Locale.ROOT),
              unit == TimestampUnit.NANOSECOND ? ", 1677-09-21 to 2262-04-11" : ""));
    }
  }
}
