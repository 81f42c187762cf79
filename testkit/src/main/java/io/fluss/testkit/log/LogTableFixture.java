package io.fluss.testkit.log;

import io.fluss.admin.TableAdmin;
import io.fluss.admin.TableDescriptor;
import io.fluss.format.arrow.ArrowBatchEncoder;
import io.fluss.format.arrow.ArrowCompression;
import io.fluss.format.arrow.BufferPool;
import io.fluss.format.batch.BatchHeader;
import io.fluss.format.batch.BodyKind;
import io.fluss.format.batch.HeaderField;
import io.fluss.kafka.ClientConfig;
import io.fluss.table.BucketFunction;
import io.fluss.table.Column;
import io.fluss.table.StatisticsColumns;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import io.fluss.table.TableState;
import io.fluss.testkit.kafka.EmbeddedKafka;
import io.fluss.testkit.kafka.SharedKafka;
import io.fluss.testkit.lake.MemoryLakeFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import javax.annotation.Nullable;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;

/**
 * One log table: its topic, the record that describes it, and a producer that writes exactly the
 * batches a test asks for. Not thread-safe. The test closes it; the topic stays.
 */
public final class LogTableFixture implements TableFixture {

  private final EmbeddedKafka kafka;
  private final RowType rowType;
  private final TableInfo table;
  private final Admin admin;
  private final Producer<byte[], byte[]> producer;

  private LogTableFixture(
      EmbeddedKafka kafka, RowType rowType, Function<Admin, TableInfo> tableMaker) {
    this.kafka = kafka;
    this.rowType = rowType;
    this.admin = Admin.create(kafka.adminProperties());
    this.table = tableMaker.apply(admin);
    this.producer = producer(new Properties());
  }

  /** A table that somebody has created; its topic exists. */
  public static LogTableFixture of(EmbeddedKafka kafka, TableInfo table) {
    return new LogTableFixture(kafka, table.rowType(), admin -> table);
  }

  /** Creates a table that is recorded, in a database of its own. */
  public static LogTableFixture create(EmbeddedKafka kafka, TableDescriptor descriptor) {
    String database = SharedKafka.uniqueDatabase();
    try (TableAdmin tables =
        TableAdmin.connect(new ClientConfig(kafka.bootstrapServers(), Map.of()))) {
      tables.createDatabase(database, null, Map.of());
      return of(
          kafka,
          tables.createTable(
              TablePath.of(database, "t"), descriptor, MemoryLakeFormat.withLakes()));
    }
  }

  public static LogTableFixture create(
      EmbeddedKafka kafka, String database, RowType rowType, int buckets) {
    return create(kafka, database, rowType, buckets, Map.of());
  }

  /**
   * @param options of the table
   */
  public static LogTableFixture create(
      EmbeddedKafka kafka,
      String database,
      RowType rowType,
      int buckets,
      Map<String, String> options) {
    TablePath path = TablePath.of(database, "t");
    return new LogTableFixture(
        kafka,
        rowType,
        admin ->
            table(path, rowType, buckets, createTopic(admin, path.toString(), buckets), options));
  }

  private static String createTopic(Admin admin, String topic, int buckets) {
    return get(admin.createTopics(List.of(new NewTopic(topic, buckets, (short) 1))).topicId(topic))
        .toString();
  }

  private static TableInfo table(
      TablePath path, RowType type, int buckets, String topicId, Map<String, String> options) {
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
        options,
        null,
        0);
  }

  @Override
  public TableInfo table() {
    return table;
  }

  public Admin admin() {
    return admin;
  }

  @Override
  public String bootstrapServers() {
    return kafka.bootstrapServers();
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
    send(producer, record(bucket, timestampMillis, rows));
  }

  /** Writes a batch whose header is good and whose body is not. */
  public void writeDamaged(int bucket, int rowCount) {
    BatchHeader header = BatchHeader.of(table.schemaVersion(), rowCount, BodyKind.ARROW);
    send(producer, record(bucket, null, header, new byte[] {1, 2, 3}));
  }

  /** Writes a batch with the header of these rows and a body that cannot be read. */
  public void writeUnreadable(int bucket, RowData... rows) {
    ProducerRecord<byte[], byte[]> good = record(bucket, null, List.of(rows));
    BatchHeader header = BatchHeader.parse(good.headers().lastHeader(BatchHeader.KEY).value());
    send(producer, record(bucket, null, header, new byte[] {1, 2, 3}));
  }

  /** Writes a record that is not ours. */
  public void writeForeign(int bucket) {
    send(producer, new ProducerRecord<>(table.topic(), bucket, null, new byte[] {1}));
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
    Properties properties = new Properties();
    properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, UUID.randomUUID().toString());
    try (Producer<byte[], byte[]> transactional = producer(properties)) {
      transactional.initTransactions();
      transactional.beginTransaction();
      send(transactional, record(bucket, null, rows));
      if (commit) {
        transactional.commitTransaction();
      } else {
        transactional.abortTransaction();
      }
    }
  }

  /** Removes what lies before an offset, as retention would. */
  public void deleteBefore(int bucket, long offset) {
    TopicPartition partition = new TopicPartition(table.topic(), bucket);
    get(admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(offset))).all());
  }

  /** Deletes the topic and waits until the broker has forgotten it. */
  public void deleteTopic() {
    get(admin.deleteTopics(List.of(table.topic())).all());
    Awaitility.await().until(() -> !admin.listTopics().names().get().contains(table.topic()));
  }

  /** Creates a topic of the same name, once the old one is gone. */
  public void createTopicAgain() {
    createTopic(admin, table.topic(), table.buckets());
  }

  /** A batch as writers make it, with the statistics that the table asks for. */
  private ProducerRecord<byte[], byte[]> record(
      int bucket, @Nullable Long timestampMillis, List<RowData> rows) {
    int[] statistics = StatisticsColumns.positions(table);
    try (ArrowBatchEncoder encoder =
        new ArrowBatchEncoder(rowType, ArrowCompression.zstd(3), new BufferPool())) {
      rows.forEach(encoder::append);
      List<HeaderField> fields =
          statistics.length == 0
              ? List.of()
              : List.of(encoder.statistics(statistics, 0, rows.size()));
      BatchHeader header =
          new BatchHeader(table.schemaVersion(), rows.size(), BodyKind.ARROW, fields);
      return record(bucket, timestampMillis, header, encoder.encode());
    }
  }

  private ProducerRecord<byte[], byte[]> record(
      int bucket, @Nullable Long timestampMillis, BatchHeader header, byte[] body) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(table.topic(), bucket, timestampMillis, null, body);
    record.headers().add(BatchHeader.KEY, header.toBytes());
    return record;
  }

  private Producer<byte[], byte[]> producer(Properties more) {
    Properties properties = new Properties();
    properties.putAll(kafka.adminProperties());
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 64 << 20);
    properties.putAll(more);
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static void send(
      Producer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> record) {
    try {
      producer.send(record).get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException("Could not write to " + record.topic(), e);
    }
  }

  private static <T> T get(KafkaFuture<T> future) {
    try {
      return future.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    producer.close();
    admin.close();
  }
}
