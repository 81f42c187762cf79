package io.fluss.sink;

import io.fluss.write.SealedBatch;
import io.fluss.write.TopicLimits;
import io.fluss.write.WriteTimer;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.flink.connector.kafka.sink.KafkaWriterState;
import org.apache.flink.table.data.RowData;

/**
 * One task of the exactly-once sink: gathers rows, and leaves transactions to a writer of Flink's
 * Kafka sink. No timer seals batches: nobody sees rows before the checkpoint anyway. The task's
 * thread only.
 *
 * <p>At a checkpoint Flink calls {@link #flush}, which brings every row so far into the open
 * transaction, then {@link #prepareCommit}, which hands the transaction to the committer, then
 * {@link #snapshotState}, which opens the next one.
 */
@SuppressWarnings("try") // close() throws what the Kafka writer's does
final class ExactlyOnceLogTableWriter
    implements StatefulSinkWriter<RowData, KafkaWriterState>,
        CommittingSinkWriter<RowData, KafkaCommittable> {

  private final StatefulSinkWriter<SealedBatch, KafkaWriterState> kafka;
  private final CommittingSinkWriter<SealedBatch, KafkaCommittable> transactions;
  private final TransactionalSender sender;
  private final RowGathering rows;
  private final TopicWatch watch;

  /**
   * @param kafka a writer of Flink's Kafka sink, which is a {@link CommittingSinkWriter} as well;
   *     owned by this writer from now on
   */
  @SuppressWarnings("unchecked")
  ExactlyOnceLogTableWriter(
      LogSinkConfig config,
      TopicLimits limits,
      WriterInitContext context,
      Duration topicCheckInterval,
      StatefulSinkWriter<SealedBatch, KafkaWriterState> kafka) {
    this.kafka = kafka;
    this.transactions = (CommittingSinkWriter<SealedBatch, KafkaCommittable>) kafka;
    this.sender = new TransactionalSender(config.table(), kafka);
    this.rows =
        new RowGathering(
            config,
            config
                .writer()
                .withMemory(
                    config.writer().memoryBytes() - TransactionalKafka.inFlightMemory(config)),
            limits,
            sender,
            context.metricGroup(),
            context.getProcessingTimeService()::getCurrentProcessingTime,
            WriteTimer.never());
    this.watch = TopicWatch.start(config, context.getMailboxExecutor(), topicCheckInterval);
  }

  @Override
  public void write(RowData row, Context context) throws IOException, InterruptedException {
    rows.write(row);
  }

  @Override
  public void flush(boolean endOfInput) throws IOException, InterruptedException {
    rows.sealAll();
    sender.flush();
  }

  @Override
  public Collection<KafkaCommittable> prepareCommit() throws IOException, InterruptedException {
    return transactions.prepareCommit();
  }

  @Override
  public List<KafkaWriterState> snapshotState(long checkpointId) throws IOException {
    return kafka.snapshotState(checkpointId);
  }

  @Override
  public void close() throws Exception {
    watch.close();
    rows.close();
    kafka.close();
  }
}
