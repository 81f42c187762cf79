package io.fluss.sink;

import io.fluss.sink.serializer.FlussSerializationSchema;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.SupportsWriterState;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.flink.connector.kafka.sink.KafkaWriterState;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.api.connector.sink2.SupportsPostCommitTopology;
import org.apache.flink.streaming.api.datastream.DataStream;

/** Writes values exactly once, by way of {@link ExactlyOnceTableSink}. */
final class ExactlyOnceSink<T> extends FlussSink<T>
    implements SupportsWriterState<T, KafkaWriterState>,
        SupportsCommitter<KafkaCommittable>,
        SupportsPostCommitTopology<KafkaCommittable> {

  private static final long serialVersionUID = 1L;

  private final ExactlyOnceTableSink rows;

  ExactlyOnceSink(TableSinkConfig config, SinkColumns columns, FlussSerializationSchema<T> schema) {
    super(config, columns, schema);
    this.rows = new ExactlyOnceTableSink(config);
  }

  @Override
  public DataStream<T> addPreWriteTopology(DataStream<T> values) {
    rows.requireCheckpointsWhereEndless(values);
    return super.addPreWriteTopology(values);
  }

  @Override
  public StatefulSinkWriter<T, KafkaWriterState> createWriter(WriterInitContext context)
      throws IOException {
    return restoreWriter(context, List.of());
  }

  @Override
  public StatefulSinkWriter<T, KafkaWriterState> restoreWriter(
      WriterInitContext context, Collection<KafkaWriterState> state) throws IOException {
    ValueRows<T> values = values();
    return new TransactionalValueWriter<>(values, rows.restoreWriter(context, state));
  }

  @Override
  public Committer<KafkaCommittable> createCommitter(CommitterInitContext context)
      throws IOException {
    return rows.createCommitter(context);
  }

  @Override
  public void addPostCommitTopology(DataStream<CommittableMessage<KafkaCommittable>> committables) {
    rows.addPostCommitTopology(committables);
  }

  @Override
  public SimpleVersionedSerializer<KafkaCommittable> getCommittableSerializer() {
    return rows.getCommittableSerializer();
  }

  @Override
  public SimpleVersionedSerializer<KafkaWriterState> getWriterStateSerializer() {
    return rows.getWriterStateSerializer();
  }
}
