package io.fluss.sink;

import io.fluss.write.SealedBatch;
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

/**
 * Writes rows to a log table, each exactly once for read-committed readers.
 *
 * <pre>
 *   rows --by bucket, where the table has a bucket key--> ExactlyOnceLogTableWriter --committables--> committer
 * </pre>
 *
 * Each writer keeps one Kafka transaction open from checkpoint to checkpoint; the committer commits
 * it once the checkpoint is complete. Transactions, their state and their commit are those of
 * Flink's Kafka sink, to which everything here is delegated.
 */
final class ExactlyOnceLogTableSink
    implements Sink<RowData>,
        SupportsPreWriteTopology<RowData>,
        SupportsWriterState<RowData, KafkaWriterState>,
        SupportsCommitter<KafkaCommittable>,
        SupportsPostCommitTopology<KafkaCommittable> {

  private static final long serialVersionUID = 1L;

  private final LogSinkConfig config;
  private final Duration topicCheckInterval;

  ExactlyOnceLogTableSink(LogSinkConfig config) {
    this(config, TopicWatch.INTERVAL);
  }

  ExactlyOnceLogTableSink(LogSinkConfig config, Duration topicCheckInterval) {
    this.config = config;
    this.topicCheckInterval = topicCheckInterval;
  }

  @Override
  public DataStream<RowData> addPreWriteTopology(DataStream<RowData> rows) {
    requireCheckpointsWhereEndless(rows);
    return BucketShuffle.apply(rows, config);
  }

  @Override
  public ExactlyOnceLogTableWriter createWriter(WriterInitContext context) throws IOException {
    return restoreWriter(context, List.of());
  }

  @Override
  public ExactlyOnceLogTableWriter restoreWriter(
      WriterInitContext context, Collection<KafkaWriterState> state) throws IOException {
    TopicLimits limits = Opening.limits(config);
    SupportsWriterState<SealedBatch, KafkaWriterState> kafka =
        TransactionalKafka.sink(config, limits);
    return new ExactlyOnceLogTableWriter(
        config,
        limits,
        context,
        topicCheckInterval,
        kafka.restoreWriter(new KafkaWriterContext(context), state));
  }

  @Override
  public Committer<KafkaCommittable> createCommitter(CommitterInitContext context)
      throws IOException {
    return new LoudCommitter<>(
        config.table().path().toString(),
        kafkaWithoutLimits().createCommitter(context),
        new TransactionOutcomes(config.client())::wasCommitted);
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
  private void requireCheckpointsWhereEndless(DataStream<RowData> rows) {
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

  private static boolean isEndless(DataStream<RowData> rows) {
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
  private KafkaSink<SealedBatch> kafkaWithoutLimits() {
    return TransactionalKafka.sink(config, TopicLimits.DEFAULT);
  }
}
