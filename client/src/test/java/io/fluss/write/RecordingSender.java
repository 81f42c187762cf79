package io.fluss.write;

import io.fluss.format.arrow.ArrowBatchDecoder;
import io.fluss.format.arrow.ArrowRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.table.types.logical.RowType;

/** Keeps what it is given; batches stay on their way until the test, or a waiting writer, acks. */
final class RecordingSender implements BatchSender {

  final List<SealedBatch> sent = new ArrayList<>();
  int waits;
  long mostInFlight;

  private final List<SealedBatch> inFlight = new ArrayList<>();
  private final boolean ackAtOnce;

  /** Number of the send that is interrupted, once. */
  int interruptedSend = -1;

  final List<WriteOutcome> outcomes = new ArrayList<>();

  private RecordingSender(boolean ackAtOnce) {
    this.ackAtOnce = ackAtOnce;
  }

  static RecordingSender ackingAtOnce() {
    return new RecordingSender(true);
  }

  static RecordingSender ackingWhenWaitedFor() {
    return new RecordingSender(false);
  }

  @Override
  public void send(SealedBatch batch) throws InterruptedException {
    if (sent.size() == interruptedSend) {
      interruptedSend = -1;
      throw new InterruptedException();
    }
    sent.add(batch);
    if (!ackAtOnce) {
      inFlight.add(batch);
      mostInFlight = Math.max(mostInFlight, inFlightBytes());
    }
  }

  @Override
  public void send(SealedBatch batch, WriteOutcome outcome) throws InterruptedException {
    send(batch);
    outcomes.add(outcome);
  }

  /** Tells that all batches with an outcome are in the log, each at the offset of its number. */
  void tellWritten() {
    for (int i = 0; i < outcomes.size(); i++) {
      outcomes.get(i).written(sent.get(i).topic(), sent.get(i).bucket(), i);
    }
  }

  void ackAll() {
    inFlight.clear();
  }

  Set<String> topics() {
    return sent.stream().map(SealedBatch::topic).collect(Collectors.toSet());
  }

  /** First columns of the rows sent to a topic, uncompressed, in order. */
  List<Long> numbers(String topic, RowType type) {
    ArrowBatchDecoder decoder = ArrowBatchDecoder.of(type);
    List<Long> numbers = new ArrayList<>();
    for (SealedBatch batch : sent) {
      if (batch.topic().equals(topic)) {
        ArrowRows rows = decoder.decode(batch.value());
        for (int i = 0; i < rows.rowCount(); i++) {
          numbers.add(rows.row(i).getLong(0));
        }
      }
    }
    return numbers;
  }

  int rows() {
    return sent.stream().mapToInt(SealedBatch::rowCount).sum();
  }

  @Override
  public void flush() {
    inFlight.clear();
  }

  @Override
  public long inFlightBytes() {
    return inFlight.stream().mapToLong(SealedBatch::sizeInBytes).sum();
  }

  @Override
  public int inFlightBatches(String topic, int bucket) {
    return (int)
        inFlight.stream()
            .filter(batch -> batch.topic().equals(topic) && batch.bucket() == bucket)
            .count();
  }

  @Override
  public void awaitAck() {
    waits++;
    inFlight.remove(0);
  }

  @Override
  public void close() {}
}
