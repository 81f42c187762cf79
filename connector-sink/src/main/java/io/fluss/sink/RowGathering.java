package io.fluss.sink;

import io.fluss.write.BatchSender;
import io.fluss.write.LogBatchGatherer;
import io.fluss.write.TopicLimits;
import io.fluss.write.WriteTimer;
import io.fluss.write.WriterConfig;
import java.util.function.LongSupplier;
import org.apache.flink.metrics.groups.SinkWriterMetricGroup;
import org.apache.flink.table.data.RowData;
import org.apache.flink.types.RowKind;

/** The half of a writer that does not depend on the delivery guarantee. The task's thread only. */
final class RowGathering implements AutoCloseable {

  private final LogBatchGatherer gatherer;
  private final boolean ignoreDelete;

  RowGathering(
      LogSinkConfig config,
      WriterConfig writer,
      TopicLimits limits,
      BatchSender sender,
      SinkWriterMetricGroup metrics,
      LongSupplier clockMillis,
      WriteTimer timer) {
    this.ignoreDelete = config.ignoreDelete();
    this.gatherer =
        new LogBatchGatherer(
            config.table(), writer, limits, new MeteredSender(sender, metrics), clockMillis, timer);
    metrics.gauge("openBatches", gatherer::openBatches);
    metrics.gauge("gatheredBytes", gatherer::gatheredBytes);
    metrics.gauge("inFlightBytes", sender::inFlightBytes);
  }

  void write(RowData row) throws InterruptedException {
    if (ignoreDelete && isRetraction(row.getRowKind())) {
      return;
    }
    gatherer.write(row);
  }

  void sealAll() throws InterruptedException {
    gatherer.sealAll();
  }

  void onTimer() throws InterruptedException {
    gatherer.onTimer();
  }

  void onAck() throws InterruptedException {
    gatherer.onAck();
  }

  @Override
  public void close() {
    gatherer.close();
  }

  private static boolean isRetraction(RowKind kind) {
    return kind == RowKind.DELETE || kind == RowKind.UPDATE_BEFORE;
  }
}
