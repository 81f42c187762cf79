package io.fluss.testkit.partition;

import io.fluss.admin.TableAdmin;
import io.fluss.admin.TableDescriptor;
import io.fluss.format.arrow.ArrowBatchEncoder;
import io.fluss.format.arrow.ArrowCompression;
import io.fluss.format.arrow.BufferPool;
import io.fluss.format.batch.BatchHeader;
import io.fluss.format.batch.BodyKind;
import io.fluss.format.keyed.KeyedSchema;
import io.fluss.format.keyed.TableIdHeader;
import io.fluss.kafka.ClientConfig;
import io.fluss.partition.Partition;
import io.fluss.partition.PartitionKeys;
import io.fluss.partition.PartitionName;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import io.fluss.testkit.kafka.EmbeddedKafka;
import io.fluss.testkit.kafka.SharedKafka;
import io.fluss.testkit.lake.MemoryLakeFormat;
import io.fluss.testkit.log.TableFixture;
import io.fluss.write.KeyedBucketRouter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import javax.annotation.Nullable;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.utils.ProjectedRowData;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * One partitioned table and a producer of exactly the records a test asks for. Partitions are there
 * only where a test adds them. Not thread-safe. The test closes it; the topics stay.
 */
public final class PartitionedTableFixture implements TableFixture {

  private final EmbeddedKafka kafka;
  private final TableAdmin tables;
  private final TableInfo table;
  private final PartitionKeys keys;
  private final int[] keyPositions;
  private final Producer<byte[], byte[]> producer;
  private final Map<PartitionName, Partition> partitions = new HashMap<>();

  private PartitionedTableFixture(EmbeddedKafka kafka, TableDescriptor descriptor) {
    this.kafka = kafka;
    this.tables = TableAdmin.connect(client());
    String database = SharedKafka.uniqueDatabase();
    tables.createDatabase(database, null, Map.of());
    this.table =
        tables.createTable(TablePath.of(database, "t"), descriptor, MemoryLakeFormat.withLakes());
    this.keys = PartitionKeys.of(table);
    this.keyPositions = PartitionKeys.positions(table);
    this.producer =
        new KafkaProducer<>(
            kafka.adminProperties(), new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Creates the table in a database of its own. */
  public static PartitionedTableFixture create(EmbeddedKafka kafka, TableDescriptor descriptor) {
    return new PartitionedTableFixture(kafka, descriptor);
  }

  @Override
  public TableInfo table() {
    return table;
  }

  @Override
  public String bootstrapServers() {
    return kafka.bootstrapServers();
  }

  public ClientConfig client() {
    return new ClientConfig(kafka.bootstrapServers(), Map.of());
  }

  /** The client that created the table; closed with this. */
  public TableAdmin tables() {
    return tables;
  }

  // --------------------------------------------------------------------------------- partitions

  /** Creates a partition; done when the brokers know it. */
  public Partition add(String... values) {
    PartitionName name = PartitionName.of(values);
    addAll(List.of(name));
    return partitions.get(name);
  }

  /** Creates partitions, where they are not there; done when the brokers know them. */
  public void addAll(Collection<PartitionName> names) {
    partitions.putAll(tables.createPartitions(table, names));
    tables.listPartitions(table);
  }

  /** Drops a partition; done when the brokers have forgotten it. */
  public void drop(String... values) {
    tables.dropPartition(table, PartitionName.of(values));
    tables.listPartitions(table);
    partitions.remove(PartitionName.of(values));
  }

  /** The partition of a row, which was added before or is now. */
  private Partition partitionOf(RowData row) {
    PartitionName name = keys.nameOf(ProjectedRowData.from(keyPositions).replaceRow(row));
    if (!partitions.containsKey(name)) {
      addAll(List.of(name));
    }
    return partitions.get(name);
  }

  // ------------------------------------------------------------------------------------- records

  /** Appends rows of a log table, each in a batch of its own; done when they are stored. */
  public void append(int bucket, RowData... rows) {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (RowData row : rows) {
      records.add(batch(partitionOf(row), bucket, List.of(row)));
    }
    send(records);
  }

  /** Appends rows of one partition of a log table, in one batch; done when they are stored. */
  public void appendBatch(int bucket, List<RowData> rows) {
    send(List.of(batch(partitionOf(rows.get(0)), bucket, rows)));
  }

  private ProducerRecord<byte[], byte[]> batch(
      Partition partition, int bucket, List<RowData> rows) {
    byte[] body;
    try (ArrowBatchEncoder encoder =
        new ArrowBatchEncoder(table.rowType(), ArrowCompression.zstd(3), new BufferPool())) {
      rows.forEach(encoder::append);
      body = encoder.encode();
    }
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(partition.topic(), bucket, null, body);
    BatchHeader header = BatchHeader.of(table.schemaVersion(), rows.size(), BodyKind.ARROW);
    record.headers().add(BatchHeader.KEY, header.toBytes());
    return record;
  }

  /** Writes whole rows of a primary-key table to their buckets; done when they are stored. */
  public void upsert(RowData... rows) {
    KeyedSchema schema = KeyedSchema.of(table);
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (RowData row : rows) {
      records.add(keyed(row, schema.rowEncoder().encode(row)));
    }
    send(records);
  }

  /** Deletes the row with this row's key. */
  public void delete(RowData row) {
    send(List.of(keyed(row, null)));
  }

  private ProducerRecord<byte[], byte[]> keyed(RowData row, @Nullable byte[] value) {
    byte[] key = KeyedSchema.of(table).keyEncoder().encode(row, 0);
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            partitionOf(row).topic(), KeyedBucketRouter.of(table).bucket(row), key, value);
    record.headers().add(TableIdHeader.KEY, TableIdHeader.of(table.id()));
    return record;
  }

  private void send(List<ProducerRecord<byte[], byte[]>> records) {
    List<Future<RecordMetadata>> sent = records.stream().map(producer::send).toList();
    producer.flush();
    for (Future<RecordMetadata> result : sent) {
      try {
        result.get();
      } catch (InterruptedException | ExecutionException e) {
        throw new IllegalStateException("Could not write the records of a test", e);
      }
    }
  }

  @Override
  public void close() {
    producer.close();
    tables.close();
  }
}
