package io.fluss.sink;

import io.fluss.upsert.LeaseTimes;
import io.fluss.upsert.RecordSender;
import io.fluss.write.TopicLimits;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.SupportsWriterState;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.dag.Transformation;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.KafkaWriterState;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.api.connector.sink2.SupportsPostCommitTopology;
import org.apache.flink.streaming.api.connector.sink2.SupportsPreWriteTopology;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.functions.source.legacy.InputFormatSourceFunction;
import org.apache.flink.streaming.api.transformations.LegacySourceTransformation;
import org.apache.flink.streaming.api.transformations.WithBoundedness;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.data.RowData;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Writes rows to a table, each exactly once for read-committed readers.
 *
 * <pre>
 *   rows --by bucket, where the table has a bucket key--> ExactlyOnceTableWriter --committables--> committer
 * </pre>
 *
 * Each writer keeps one Kafka transaction open from checkpoint to checkpoint; the committer commits
 * it once the checkpoint is complete. Transactions, their state and their commit are those of
 * Flink's Kafka sink, to which everything here is delegated.
 */
final class ExactlyOnceTableSink
    implements Sink<RowData>,
        SupportsPreWriteTopology<RowData>,
        SupportsWriterState<RowData, KafkaWriterState>,
        SupportsCommitter<KafkaCommittable>,
        SupportsPostCommitTopology<KafkaCommittable> {

  private static final long serialVersionUID = 1L;

  private final TableSinkConfig config;
  private final TransactionFailures failures;
  private final LeaseTimes times;
  private final Duration topicCheckInterval;

  ExactlyOnceTableSink(TableSinkConfig config) {
    this(config, LeaseTimes.standard(), TopicWatch.INTERVAL);
  }

  ExactlyOnceTableSink(TableSinkConfig config, LeaseTimes times, Duration topicCheckInterval) {
    this.config = config;
    this.failures = new TransactionFailures(config);
    this.times = times;
    this.topicCheckInterval = topicCheckInterval;
  }

  @Override
  public DataStream<RowData> addPreWriteTopology(DataStream<RowData> rows) {
    requireCheckpointsWhereEndless(rows);
    return BucketShuffle.apply(rows, config);
  }

  @Override
  public ExactlyOnceTableWriter createWriter(WriterInitContext context) throws IOException {
    return restoreWriter(context, List.of());
  }

  @Override
  public ExactlyOnceTableWriter restoreWriter(
      WriterInitContext context, Collection<KafkaWriterState> state) throws IOException {
    // Asks the brokers, and so tells of a login that they refuse before any producer starts.
    TaskTopics topics = TaskTopics.open(config, context, topicCheckInterval);
    topics.rows().transactional();
    try {
      Overwrite.cutOff(config, context.getTaskInfo());
      SupportsWriterState<ProducerRecord<byte[], byte[]>, KafkaWriterState> kafka =
          TransactionalKafka.sink(config, topics.limits());
      return new ExactlyOnceTableWriter(
          config,
          topics,
          failures.explained(() -> kafka.restoreWriter(shown(context), state)),
          records -> rows(context, topics, records));
    } catch (IOException | RuntimeException e) {
      topics.close();
      throw e;
    }
  }

  /** A record of a primary-key table is a row, so there the Kafka writer counts right. */
  private WriterInitContext shown(WriterInitContext context) {
    return config.table().hasPrimaryKey() ? context : new KafkaWriterContext(context);
  }

  private RowsToLog rows(WriterInitContext context, TaskTopics topics, RecordSender records)
      throws IOException {
    return config.table().hasPrimaryKey()
        ? KeyedRows.open(config, context, topics, times, records)
        : RowGathering.transactional(config, topics, context, records);
  }

  @Override
  public Committer<KafkaCommittable> createCommitter(CommitterInitContext context)
      throws IOException {
    return new LoudCommitter<>(
        config.table().path().toString(),
        kafkaWithoutLimits().createCommitter(context),
        new TransactionOutcomes(config.client())::wasCommitted,
        failures::explained);
  }

  /** Keeps a committer next to its writer: they share producers. */
  @Override
  public void addPostCommitTopology(DataStream<CommittableMessage<KafkaCommittable>> committables) {
    kafkaWithoutLimits().addPostCommitTopology(committables);
  }

  @Override
  public SimpleVersionedSerializer<KafkaCommittable> getCommittableSerializer() {
    return kafkaWithoutLimits().getCommittableSerializer();
  }

  @Override
  public SimpleVersionedSerializer<KafkaWriterState> getWriterStateSerializer() {
    return kafkaWithoutLimits().getWriterStateSerializer();
  }

  /**
   * Transactions are committed by checkpoints and at the end of input; without either no row would
   * ever be visible. Asked here and not of the planner, which calls every streaming query endless.
   */
  void requireCheckpointsWhereEndless(DataStream<?> rows) {
    boolean checkpoints =
        rows.getExecutionEnvironment().getCheckpointConfig().isCheckpointingEnabled();
    if (!checkpoints && isEndless(rows)) {
      throw new ValidationException(
          "Cannot write to table '"
              + config.table().path()
              + "': '"
              + SinkOptions.DELIVERY_GUARANTEE.key()
              + "' = 'exactly-once' needs checkpoints: SET '"
              + CheckpointingOptions.CHECKPOINTING_INTERVAL.key()
              + "' = '10 s', or use 'at-least-once'.");
    }
  }

  private static boolean isEndless(DataStream<?> rows) {
    return rows.getTransformation().getTransitivePredecessors().stream()
        .anyMatch(
            step ->
                step instanceof WithBoundedness source
                    && source.getBoundedness() == Boundedness.CONTINUOUS_UNBOUNDED
                    && !isInputFormat(step));
  }

  /** VALUES and other input formats end, though their old kind of source says it does not. */
  @SuppressWarnings("deprecation") // the planner still makes sources of this kind
  private static boolean isInputFormat(Transformation<?> step) {
    return step instanceof LegacySourceTransformation<?> legacy
        && legacy.getOperator().getUserFunction() instanceof InputFormatSourceFunction;
  }

  /** For all but writing, what the topic takes does not matter. */
  private KafkaSink<ProducerRecord<byte[], byte[]>> kafkaWithoutLimits() {
    return TransactionalKafka.sink(config, TopicLimits.DEFAULT);
  }
}
