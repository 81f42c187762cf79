package io.fluss.testkit.log;

import io.fluss.format.arrow.ArrowBatchEncoder;
import io.fluss.format.arrow.ArrowCompression;
import io.fluss.format.arrow.BufferPool;
import io.fluss.format.batch.BatchHeader;
import io.fluss.format.batch.BodyKind;
import io.fluss.table.BucketFunction;
import io.fluss.table.Column;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import io.fluss.table.TableState;
import io.fluss.testkit.kafka.EmbeddedKafka;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.annotation.Nullable;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * One log table: its topic, the record that describes it, and writing exactly the batches a test
 * asks for. Not thread-safe. The test closes it; the topic stays.
 */
public final class LogTableFixture implements TableFixture {

  private final RowType rowType;
  private final TopicFixture topic;
  private final TableInfo table;

  private LogTableFixture(EmbeddedKafka kafka, TablePath path, RowType rowType, int buckets) {
    this.rowType = rowType;
    this.topic = TopicFixture.create(kafka, path.toString(), buckets, Map.of());
    this.table = table(path, rowType, buckets, topic.id());
  }

  public static LogTableFixture create(
      EmbeddedKafka kafka, String database, RowType rowType, int buckets) {
    return new LogTableFixture(kafka, TablePath.of(database, "t"), rowType, buckets);
  }

  private static TableInfo table(TablePath path, RowType type, int buckets, String topicId) {
    List<Column> columns = new ArrayList<>();
    for (RowType.RowField field : type.getFields()) {
      columns.add(new Column.Physical(columns.size(), field.getName(), field.getType(), null));
    }
    return new TableInfo(
        UUID.randomUUID(),
        path,
        TableState.READY,
        path.toString(),
        topicId,
        1,
        columns,
        List.of(),
        List.of(),
        columns.size(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        buckets,
        BucketFunction.MURMUR3,
        Map.of(),
        null,
        0);
  }

  @Override
  public TableInfo table() {
    return table;
  }

  public Admin admin() {
    return topic.admin();
  }

  @Override
  public String bootstrapServers() {
    return topic.bootstrapServers();
  }

  /** Writes one batch and waits until it is stored. */
  public void write(int bucket, RowData... rows) {
    writeAt(bucket, null, List.of(rows));
  }

  /** Writes one batch and waits until it is stored. */
  public void write(int bucket, List<RowData> rows) {
    writeAt(bucket, null, rows);
  }

  /** Writes one batch with a Kafka timestamp and waits until it is stored. */
  public void writeAt(int bucket, @Nullable Long timestampMillis, List<RowData> rows) {
    topic.send(record(bucket, timestampMillis, rows.size(), encode(rows)));
  }

  /** Writes a batch whose header is good and whose body is not. */
  public void writeDamaged(int bucket, int rowCount) {
    topic.send(record(bucket, null, rowCount, new byte[] {1, 2, 3}));
  }

  /** Writes a record that is not ours. */
  public void writeForeign(int bucket) {
    topic.send(new ProducerRecord<>(table.topic(), bucket, null, new byte[] {1}));
  }

  /** Writes a batch in a transaction that is then aborted. */
  public void writeAborted(int bucket, RowData... rows) {
    writeInTransaction(bucket, List.of(rows), false);
  }

  /** Writes a batch in a transaction that is then committed. */
  public void writeCommitted(int bucket, RowData... rows) {
    writeInTransaction(bucket, List.of(rows), true);
  }

  private void writeInTransaction(int bucket, List<RowData> rows, boolean commit) {
    topic.sendInTransaction(List.of(record(bucket, null, rows.size(), encode(rows))), commit);
  }

  /** Removes what lies before an offset, as retention would. */
  public void deleteBefore(int bucket, long offset) {
    topic.deleteBefore(bucket, offset);
  }

  /** Deletes the topic and waits until the broker has forgotten it. */
  public void deleteTopic() {
    topic.delete();
  }

  /** Creates a topic of the same name, once the old one is gone. */
  public void createTopicAgain() {
    topic.createAgain();
  }

  private byte[] encode(List<RowData> rows) {
    try (ArrowBatchEncoder encoder =
        new ArrowBatchEncoder(rowType, ArrowCompression.zstd(3), new BufferPool())) {
      rows.forEach(encoder::append);
      return encoder.encode();
    }
  }

  private ProducerRecord<byte[], byte[]> record(
      int bucket, @Nullable Long timestampMillis, int rowCount, byte[] body) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(table.topic(), bucket, timestampMillis, null, body);
    record
        .headers()
        .add(
            BatchHeader.KEY,
            BatchHeader.of(table.schemaVersion(), rowCount, BodyKind.ARROW).toBytes());
    return record;
  }

  @Override
  public void close() {
    topic.close();
  }
}
