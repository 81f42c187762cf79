package io.fluss.testkit.keyed;

import io.fluss.admin.ColumnSetRegistration;
import io.fluss.admin.TableAdmin;
import io.fluss.admin.TableDescriptor;
import io.fluss.format.key.KeyEncoder;
import io.fluss.format.keyed.KeyedSchema;
import io.fluss.format.keyed.TableIdHeader;
import io.fluss.format.row.RowEncoder;
import io.fluss.kafka.ClientConfig;
import io.fluss.table.SchemaVersion;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import io.fluss.testkit.kafka.EmbeddedKafka;
import io.fluss.testkit.kafka.SharedKafka;
import io.fluss.testkit.lake.MemoryLakeFormat;
import io.fluss.testkit.log.TableFixture;
import io.fluss.write.KeyedBucketRouter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import javax.annotation.Nullable;
import org.apache.flink.table.data.RowData;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;

/**
 * One primary-key table and a producer of exactly the records a test asks for, by the formats alone
 * and not by our writers. Not thread-safe. The test closes it; the topic stays.
 */
public final class KeyedTableFixture implements TableFixture {

  private final EmbeddedKafka kafka;
  private final TableAdmin tables;
  private final Admin admin;
  private TableInfo table;
  private final Producer<byte[], byte[]> producer;
  private final KeyedSchema schema;
  private final KeyEncoder keys;
  private final RowEncoder values;
  private final KeyedBucketRouter router;

  private KeyedTableFixture(EmbeddedKafka kafka, String name, TableDescriptor descriptor) {
    this.kafka = kafka;
    this.tables = TableAdmin.connect(client());
    this.admin = Admin.create(kafka.adminProperties());
    String database = SharedKafka.uniqueDatabase();
    tables.createDatabase(database, null, Map.of());
    this.table =
        tables.createTable(TablePath.of(database, name), descriptor, MemoryLakeFormat.withLakes());
    this.producer = producer(new Properties());
    this.schema = KeyedSchema.of(table);
    this.keys = schema.keyEncoder();
    this.values = schema.rowEncoder();
    this.router = KeyedBucketRouter.of(table);
  }

  /** Creates the table in a database of its own. */
  public static KeyedTableFixture create(
      EmbeddedKafka kafka, String name, TableDescriptor descriptor) {
    return new KeyedTableFixture(kafka, name, descriptor);
  }

  public ClientConfig client() {
    return new ClientConfig(kafka.bootstrapServers(), Map.of());
  }

  /** As it is recorded now. */
  @Override
  public TableInfo table() {
    return table;
  }

  @Override
  public String bootstrapServers() {
    return kafka.bootstrapServers();
  }

  public Admin admin() {
    return admin;
  }

  /** Registers the next column set; its id. */
  public int registerColumnSet(String... columns) {
    List<Integer> fieldIds =
        table.currentSchema().fields().stream()
            .filter(f -> List.of(columns).contains(f.name()))
            .map(SchemaVersion.Field::fieldId)
            .toList();
    ColumnSetRegistration registered = tables.registerColumnSet(table, fieldIds);
    table = registered.table();
    return registered.columnSet().id();
  }

  /** The client that created the table; closed with this. */
  public TableAdmin tables() {
    return tables;
  }

  /** Key of the records of whole rows. */
  public byte[] key(RowData row) {
    return keys.encode(row, 0);
  }

  /** The first bytes of the keys of all rows with the same first columns of the primary key. */
  public byte[] keyPrefix(RowData row, int columns) {
    int[] first = IntStream.of(table.keyPositions()).limit(columns).toArray();
    return KeyEncoder.of(table.rowType(), first).encode(row, 0);
  }

  /** Value of a record of the whole row. */
  public byte[] value(RowData row) {
    return values.encode(row);
  }

  /** The bucket where writers put the row. */
  public int bucket(RowData row) {
    return router.bucket(row);
  }

  /** Writes whole rows to their buckets; done when they are stored. */
  public void upsert(RowData... rows) {
    upsert(List.of(rows));
  }

  /** Writes whole rows to their buckets; done when they are stored. */
  public void upsert(List<RowData> rows) {
    send(producer, rows.stream().map(r -> record(bucket(r), key(r), value(r))).toList());
  }

  /** Deletes the row with this row's key, in all column sets. */
  public void delete(RowData row) {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    if (!table.columnSets().isEmpty()) {
      records.add(marker(row));
    }
    table.columnSets().forEach(set -> records.add(tombstone(row, set.id())));
    records.add(tombstone(row, 0));
    send(producer, records);
  }

  /** Writes the first record of a delete in a table with column sets, and no other. */
  public void deleteByMarker(RowData row) {
    send(producer, List.of(marker(row)));
  }

  /** Writes a tombstone of a column set, or of the whole row, 0, and no other. */
  public void tombstone(int columnSet, RowData row) {
    send(producer, List.of(tombstone(row, columnSet)));
  }

  private ProducerRecord<byte[], byte[]> marker(RowData row) {
    return record(bucket(row), key(row), RowEncoder.delete(table.schemaVersion()));
  }

  private ProducerRecord<byte[], byte[]> tombstone(RowData row, int columnSet) {
    return record(bucket(row), keys.encode(row, columnSet), null);
  }

  /** Writes the columns of a registered column set, taken from a whole row. */
  public void update(int columnSet, RowData row) {
    update(columnSet, table.columnSet(columnSet).orElseThrow().fieldIds(), row);
  }

  /** Makes the columns of a column set null. */
  public void deletePart(int columnSet, RowData row) {
    byte[] value = RowEncoder.partialDelete(table.schemaVersion());
    send(producer, List.of(record(bucket(row), keys.encode(row, columnSet), value)));
  }

  /** Writes the columns of a registered column set, taken from a whole row. */
  public void update(int columnSet, List<Integer> fieldIds, RowData row) {
    byte[] value = schema.rowEncoder(fieldIds).encode(row);
    send(producer, List.of(record(bucket(row), keys.encode(row, columnSet), value)));
  }

  /** Writes a whole row as a writer does that believes to write to a table dropped before. */
  public void upsertToDroppedTable(RowData row) {
    send(producer, List.of(record(UUID.randomUUID(), bucket(row), key(row), value(row))));
  }

  /** Writes a record whose key no version of this software can read. */
  public void writeForeign(int bucket) {
    send(producer, List.of(record(bucket, new byte[] {(byte) 0xff}, new byte[] {1})));
  }

  /** Writes a record whose key is good and whose value is not. */
  public void writeDamaged(RowData row) {
    send(producer, List.of(record(bucket(row), key(row), new byte[] {1, 0, 1, 0, 1, 2, 3})));
  }

  /** Writes a whole row in a transaction that is then aborted. */
  public void upsertAndAbort(RowData row) {
    Properties properties = new Properties();
    properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, UUID.randomUUID().toString());
    try (Producer<byte[], byte[]> transactional = producer(properties)) {
      transactional.initTransactions();
      transactional.beginTransaction();
      send(transactional, List.of(record(bucket(row), key(row), value(row))));
      transactional.abortTransaction();
    }
  }

  /**
   * Removes what lies before an offset, and lets the topic expire from then on: Kafka does it in no
   * other.
   */
  public void deleteBefore(int bucket, long offset) {
    alterTopic(Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, "compact,delete"));
    TopicPartition partition = new TopicPartition(table.topic(), bucket);
    // The broker knows of the new policy a moment after the controller, and refuses until then.
    Awaitility.await()
        .ignoreExceptions()
        .untilAsserted(
            () ->
                admin
                    .deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(offset)))
                    .all()
                    .get());
  }

  /** Changes settings of the topic. */
  public void alterTopic(Map<String, String> settings) {
    List<AlterConfigOp> changes =
        settings.entrySet().stream()
            .map(s -> new ConfigEntry(s.getKey(), s.getValue()))
            .map(s -> new AlterConfigOp(s, AlterConfigOp.OpType.SET))
            .toList();
    ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, table.topic());
    get(admin.incrementalAlterConfigs(Map.of(topic, changes)).all());
  }

  public void deleteTopic() {
    get(admin.deleteTopics(List.of(table.topic())).all());
  }

  private ProducerRecord<byte[], byte[]> record(int bucket, byte[] key, @Nullable byte[] value) {
    return record(table.id(), bucket, key, value);
  }

  private ProducerRecord<byte[], byte[]> record(
      UUID writtenTo, int bucket, byte[] key, @Nullable byte[] value) {
    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(table.topic(), bucket, key, value);
    record.headers().add(TableIdHeader.KEY, TableIdHeader.of(writtenTo));
    return record;
  }

  private Producer<byte[], byte[]> producer(Properties more) {
    Properties properties = new Properties();
    properties.putAll(kafka.adminProperties());
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.putAll(more);
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static void send(
      Producer<byte[], byte[]> producer, List<ProducerRecord<byte[], byte[]>> records) {
    var sent = records.stream().map(producer::send).toList();
    producer.flush();
    for (var result : sent) {
      try {
        result.get();
      } catch (InterruptedException | ExecutionException e) {
        throw new IllegalStateException("Could not write the records of a test", e);
      }
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
    tables.close();
  }
}
