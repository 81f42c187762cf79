package io.fluss.source;

import io.fluss.source.deserializer.FlussDeserializationSchema;
import io.fluss.source.deserializer.LogRecord;
import io.fluss.source.reader.RowWithMetadata;
import java.util.stream.IntStream;
import javax.annotation.Nullable;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.utils.ProjectedRowData;
import org.apache.flink.types.RowKind;

/**
 * Makes values of rows as they were read: leaves out those that the filter does not want, and shows
 * the others to the schema. One thread.
 */
final class RecordValues<T> {

  private static final int TIMESTAMP_PRECISION = 3;

  private final ReadRow shape;
  private final FlussDeserializationSchema<T> schema;
  private final int[] selected;
  private final Shown shown;

  /**
   * @param schema open already
   */
  RecordValues(ReadRow shape, FlussDeserializationSchema<T> schema) {
    this.shape = shape;
    this.schema = schema;
    this.selected = IntStream.range(0, shape.selected()).toArray();
    this.shown = new Shown();
  }

  /**
   * The value of a row.
   *
   * @return null where there is none
   */
  @Nullable
  T value(RowData read, long timestampMillis) throws Exception {
    if (shape.filter() != null && !shape.filter().test(read)) {
      return null;
    }
    shown.show(read, timestampMillis);
    return schema.deserialize(shown);
  }

  private RowData selected(RowData read) {
    RowData row = read;
    if (shape.origins()) {
      if (!(read instanceof RowWithMetadata described)) {
        return ProjectedRowData.from(selected).replaceRow(read);
      }
      row = described.stored();
    }
    return shape.narrows() ? ProjectedRowData.from(selected).replaceRow(row) : row;
  }

  /** The record that is shown; one for all, since it is valid during the call only. */
  private final class Shown implements LogRecord {

    private final int origin = shape.positions().length;
    private RowData read;
    private RowData row;
    private long timestampMillis;

    void show(RowData newRead, long newTimestampMillis) {
      read = newRead;
      row = selected(newRead);
      timestampMillis = newTimestampMillis;
    }

    @Override
    public RowData row() {
      return row;
    }

    @Override
    public RowKind changeType() {
      return row.getRowKind();
    }

    @Override
    public long timestamp() {
      return shape.origins()
          ? read.getTimestamp(origin(1), TIMESTAMP_PRECISION).getMillisecond()
          : timestampMillis;
    }

    @Override
    public long offset() {
      return read.getLong(origin(0));
    }

    @Override
    public int rowIndex() {
      return read.getInt(origin(2));
    }

    @Override
    public int bucket() {
      return read.getInt(origin(3));
    }

    @Override
    @Nullable
    public String partition() {
      int column = origin(4);
      return read.isNullAt(column) ? null : read.getString(column).toString();
    }

    private int origin(int column) {
      if (!shape.origins()) {
        throw new IllegalStateException(
            schema.getClass().getName()
                + " asks where a record is, and its readsOrigin() says that it does not."
                + " Let readsOrigin() return true.");
      }
      return origin + column;
    }
  }
}
