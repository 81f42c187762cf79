package io.fluss.sink;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.flink.connector.kafka.sink.KafkaWriterState;

/** Writes the rows of values into transactions. */
@SuppressWarnings("try") // close() throws what the other's does
final class TransactionalValueWriter<T> extends ValueWriter<T>
    implements StatefulSinkWriter<T, KafkaWriterState>, CommittingSinkWriter<T, KafkaCommittable> {

  private final ExactlyOnceTableWriter rows;

  /**
   * @param rows owned by this writer from now on
   */
  TransactionalValueWriter(ValueRows<T> values, ExactlyOnceTableWriter rows) {
    super(values, rows);
    this.rows = rows;
  }

  @Override
  public Collection<KafkaCommittable> prepareCommit() throws IOException, InterruptedException {
    return rows.prepareCommit();
  }

  @Override
  public List<KafkaWriterState> snapshotState(long checkpointId) throws IOException {
    return rows.snapshotState(checkpointId);
  }
}
