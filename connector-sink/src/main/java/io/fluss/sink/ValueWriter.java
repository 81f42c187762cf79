package io.fluss.sink;

import java.io.IOException;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.table.data.RowData;

/** Writes the rows of values. */
@SuppressWarnings("try") // close() throws what the other's does
class ValueWriter<T> implements SinkWriter<T> {

  private final ValueRows<T> values;
  private final SinkWriter<RowData> rows;

  /**
   * @param rows owned by this writer from now on
   */
  ValueWriter(ValueRows<T> values, SinkWriter<RowData> rows) {
    this.values = values;
    this.rows = rows;
  }

  @Override
  public void write(T value, Context context) throws IOException, InterruptedException {
    RowData row = values.row(value);
    if (row != null) {
      rows.write(row, context);
    }
  }

  @Override
  public void flush(boolean endOfInput) throws IOException, InterruptedException {
    rows.flush(endOfInput);
  }

  @Override
  public void close() throws Exception {
    rows.close();
  }
}
