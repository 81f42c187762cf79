package io.fluss.sink;

import io.fluss.upsert.RecordSender;
import io.fluss.write.BatchSender;
import io.fluss.write.LogBatchGatherer;
import io.fluss.write.RowTopics;
import io.fluss.write.WriteTimer;
import io.fluss.write.WriterConfig;
import java.util.function.LongSupplier;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.metrics.groups.SinkWriterMetricGroup;
import org.apache.flink.table.data.RowData;
import org.apache.flink.types.RowKind;

/** Rows of a log table, gathered into batches. The task's thread only. Does not own the sender. */
final class RowGathering implements RowsToLog {

  private final LogBatchGatherer gatherer;
  private final RowTopics topics;
  private final BatchSender sender;
  private final boolean ignoreDelete;

  RowGathering(
      TableSinkConfig config,
      WriterConfig writer,
      TaskTopics topics,
      BatchSender sender,
      SinkWriterMetricGroup metrics,
      LongSupplier clockMillis,
      WriteTimer timer) {
    this.sender = sender;
    this.topics = topics.rows();
    this.ignoreDelete = config.ignoreDelete();
    this.gatherer =
        new LogBatchGatherer(
            config.table(),
            writer,
            topics.rows(),
            topics.limits(),
            new MeteredSender(sender, metrics),
            clockMillis,
            timer);
    metrics.gauge("openBatches", gatherer::openBatches);
    metrics.gauge("gatheredBytes", gatherer::gatheredBytes);
    metrics.gauge("inFlightBytes", sender::inFlightBytes);
  }

  /**
   * Rows into an open transaction. No timer seals batches: nobody sees rows before the checkpoint
   * anyway.
   */
  static RowGathering transactional(
      TableSinkConfig config, TaskTopics topics, WriterInitContext context, RecordSender records) {
    return new RowGathering(
        config,
        config
            .writer()
            .withMemory(config.writer().memoryBytes() - TransactionalKafka.inFlightMemory(config)),
        topics,
        new TransactionalSender(records),
        context.metricGroup(),
        context.getProcessingTimeService()::getCurrentProcessingTime,
        WriteTimer.never());
  }

  @Override
  public void write(RowData row) throws InterruptedException {
    if (ignoreDelete && isRetraction(row.getRowKind())) {
      return;
    }
    gatherer.write(row);
  }

  @Override
  public void flush() throws InterruptedException {
    gatherer.sealAll();
    sender.flush();
    topics.flushed();
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
