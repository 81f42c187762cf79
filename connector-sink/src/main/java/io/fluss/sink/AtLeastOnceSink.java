package io.fluss.sink;

import io.fluss.sink.serializer.FlussSerializationSchema;
import java.io.IOException;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.table.data.RowData;

/** Writes values at least once, by way of the sinks of rows. */
final class AtLeastOnceSink<T> extends FlussSink<T> {

  private static final long serialVersionUID = 1L;

  AtLeastOnceSink(TableSinkConfig config, SinkColumns columns, FlussSerializationSchema<T> schema) {
    super(config, columns, schema);
  }

  @Override
  public SinkWriter<T> createWriter(WriterInitContext context) throws IOException {
    ValueRows<T> values = values();
    SinkWriter<RowData> rows =
        config.table().hasPrimaryKey()
            ? new KeyedTableSink(config).createWriter(context)
            : new LogTableSink(config).createWriter(context);
    return new ValueWriter<>(values, rows);
  }
}
