package io.fluss.format.arrow;

import io.fluss.format.bytes.TimestampUnit;
import javax.annotation.Nullable;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.TimestampData;

/** Timestamps, with or without local time zone. */
final class TimestampView extends ColumnView {
  private final TimestampUnit unit;

  TimestampView(
      @Nullable Slice validity, Slice data, ArrayData.ElementGetter getter, TimestampUnit unit) {
    super(validity, data, getter);
    this.unit = unit;
  }

  @Override
  TimestampData getTimestamp(int index) {
    return unit.toTimestamp(getLong(index));
  }
}
