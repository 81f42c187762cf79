package io.fluss.sink;

import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.table.connector.sink.SinkV2Provider;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.connector.sink.SinkRuntimeProviderContext;

/** Sinks as the planner gets them. */
final class Sinks {

  private Sinks() {}

  /** The sink of a statement with these options. */
  static Sink<RowData> of(TestTable table, String... options) {
    SinkV2Provider provider =
        (SinkV2Provider)
            new LogDynamicTableSink(table.config(options))
                .getSinkRuntimeProvider(new SinkRuntimeProviderContext(false));
    return provider.createSink();
  }
}
