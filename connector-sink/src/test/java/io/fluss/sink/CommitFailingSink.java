package io.fluss.sink;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.SupportsWriterState;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.flink.connector.kafka.sink.KafkaWriterState;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.api.connector.sink2.SupportsPostCommitTopology;
import org.apache.flink.streaming.api.connector.sink2.SupportsPreWriteTopology;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.table.data.RowData;

/**
 * The exactly-once sink, which fails as planned: its commits before Kafka's commit or after it, its
 * writers at each {@link Failures.WriterPoint} of a checkpoint.
 */
record CommitFailingSink(ExactlyOnceTableSink sink)
    implements Sink<RowData>,
        SupportsPreWriteTopology<RowData>,
        SupportsWriterState<RowData, KafkaWriterState>,
        SupportsCommitter<KafkaCommittable>,
        SupportsPostCommitTopology<KafkaCommittable> {

  @Override
  public DataStream<RowData> addPreWriteTopology(DataStream<RowData> rows) {
    return sink.addPreWriteTopology(rows);
  }

  @Override
  public StatefulSinkWriter<RowData, KafkaWriterState> createWriter(WriterInitContext context)
      throws IOException {
    return restoreWriter(context, List.of());
  }

  @Override
  public StatefulSinkWriter<RowData, KafkaWriterState> restoreWriter(
      WriterInitContext context, Collection<KafkaWriterState> state) throws IOException {
    return new FailingWriter<>(sink.restoreWriter(context, state));
  }

  @Override
  public Committer<KafkaCommittable> createCommitter(CommitterInitContext context)
      throws IOException {
    return new FailingCommitter(sink.createCommitter(context));
  }

  @Override
  public void addPostCommitTopology(DataStream<CommittableMessage<KafkaCommittable>> stream) {
    sink.addPostCommitTopology(stream);
  }

  @Override
  public SimpleVersionedSerializer<KafkaCommittable> getCommittableSerializer() {
    return sink.getCommittableSerializer();
  }

  @Override
  public SimpleVersionedSerializer<KafkaWriterState> getWriterStateSerializer() {
    return sink.getWriterStateSerializer();
  }

  @SuppressWarnings("try") // close() throws what the committer's does
  private record FailingCommitter(Committer<KafkaCommittable> committer)
      implements Committer<KafkaCommittable> {

    @Override
    public void commit(Collection<CommitRequest<KafkaCommittable>> requests)
        throws IOException, InterruptedException {
      Failures.atCommit();
      committer.commit(requests);
      Failures.atCommit();
    }

    @Override
    public void close() throws Exception {
      committer.close();
    }
  }

  @SuppressWarnings("try") // close() throws what the writer's does
  private record FailingWriter<
          W extends
              StatefulSinkWriter<RowData, KafkaWriterState>
                  & CommittingSinkWriter<RowData, KafkaCommittable>>(
      W writer)
      implements StatefulSinkWriter<RowData, KafkaWriterState>,
          CommittingSinkWriter<RowData, KafkaCommittable> {

    @Override
    public void write(RowData row, Context context) throws IOException, InterruptedException {
      writer.write(row, context);
    }

    @Override
    public void flush(boolean endOfInput) throws IOException, InterruptedException {
      Failures.atWriter(Failures.WriterPoint.BEFORE_FLUSH);
      writer.flush(endOfInput);
      Failures.atWriter(Failures.WriterPoint.AFTER_FLUSH);
    }

    @Override
    public Collection<KafkaCommittable> prepareCommit() throws IOException, InterruptedException {
      Collection<KafkaCommittable> committables = writer.prepareCommit();
      Failures.atWriter(Failures.WriterPoint.AFTER_PREPARE_COMMIT);
      return committables;
    }

    @Override
    public List<KafkaWriterState> snapshotState(long checkpointId) throws IOException {
      List<KafkaWriterState> state = writer.snapshotState(checkpointId);
      Failures.atWriter(Failures.WriterPoint.AFTER_SNAPSHOT);
      return state;
    }

    @Override
    public void close() throws Exception {
      writer.close();
    }
  }
}
