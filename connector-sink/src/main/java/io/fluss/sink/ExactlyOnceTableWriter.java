package io.fluss.sink;

import io.fluss.upsert.RecordSender;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.flink.connector.kafka.sink.KafkaWriterState;
import org.apache.flink.table.data.RowData;
import org.apache.flink.util.IOUtils;
import org.apache.flink.util.function.FunctionWithException;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * One task of the exactly-once sink: gathers rows, and leaves transactions to a writer of Flink's
 * Kafka sink. The task's thread only.
 *
 * <p>At a checkpoint Flink calls {@link #flush}, which brings every row so far into the open
 * transaction, then {@link #prepareCommit}, which hands the transaction to the committer, then
 * {@link #snapshotState}, which opens the next one.
 */
@SuppressWarnings("try") // close() throws what the Kafka writer's does
final class ExactlyOnceTableWriter
    implements StatefulSinkWriter<RowData, KafkaWriterState>,
        CommittingSinkWriter<RowData, KafkaCommittable> {

  private final StatefulSinkWriter<ProducerRecord<byte[], byte[]>, KafkaWriterState> kafka;
  private final CommittingSinkWriter<ProducerRecord<byte[], byte[]>, KafkaCommittable> transactions;
  private final RowsToLog rows;
  private final TaskTopics topics;
  private final TransactionFailures failures;

  /**
   * @param topics owned by this writer from now on
   * @param kafka a writer of Flink's Kafka sink, which is a {@link CommittingSinkWriter} as well;
   *     owned by this writer from now on
   * @param rows makes the way of rows into the open transaction, by way of a sender
   */
  @SuppressWarnings("unchecked")
  ExactlyOnceTableWriter(
      TableSinkConfig config,
      TaskTopics topics,
      StatefulSinkWriter<ProducerRecord<byte[], byte[]>, KafkaWriterState> kafka,
      FunctionWithException<RecordSender, RowsToLog, IOException> rows)
      throws IOException {
    this.kafka = kafka;
    this.transactions =
        (CommittingSinkWriter<ProducerRecord<byte[], byte[]>, KafkaCommittable>) kafka;
    this.rows = open(config, kafka, rows);
    this.topics = topics;
    this.failures = new TransactionFailures(config);
  }

  private static RowsToLog open(
      TableSinkConfig config,
      StatefulSinkWriter<ProducerRecord<byte[], byte[]>, KafkaWriterState> kafka,
      FunctionWithException<RecordSender, RowsToLog, IOException> rows)
      throws IOException {
    try {
      return rows.apply(new TransactionalRecords(config.table(), config.client(), kafka));
    } catch (IOException | RuntimeException e) {
      IOUtils.closeQuietly(kafka);
      throw e;
    }
  }

  @Override
  public void write(RowData row, Context context) throws IOException, InterruptedException {
    rows.write(row);
  }

  @Override
  public void flush(boolean endOfInput) throws IOException, InterruptedException {
    rows.flush();
  }

  @Override
  public Collection<KafkaCommittable> prepareCommit() throws IOException, InterruptedException {
    return transactions.prepareCommit();
  }

  @Override
  public List<KafkaWriterState> snapshotState(long checkpointId) throws IOException {
    return failures.explained(() -> kafka.snapshotState(checkpointId));
  }

  @Override
  public void close() throws Exception {
    rows.close();
    topics.close();
    kafka.close();
  }
}
