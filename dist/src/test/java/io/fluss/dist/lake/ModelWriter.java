package io.fluss.dist.lake;

import io.fluss.admin.TableAdmin;
import io.fluss.dist.lake.ModelLog.Entry;
import io.fluss.dist.lake.ModelLog.Op;
import io.fluss.format.arrow.ArrowBatchEncoder;
import io.fluss.format.arrow.ArrowCompression;
import io.fluss.format.arrow.BufferPool;
import io.fluss.format.batch.BatchHeader;
import io.fluss.format.batch.BodyKind;
import io.fluss.format.keyed.KeyedSchema;
import io.fluss.format.keyed.TableIdHeader;
import io.fluss.format.row.RowEncoder;
import io.fluss.partition.Partition;
import io.fluss.partition.PartitionName;
import io.fluss.table.ColumnSet;
import io.fluss.table.SchemaVersion;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import io.fluss.write.KeyedBucketRouter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import javax.annotation.Nullable;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Writes random records of one table, as the formats say, and notes at which offsets. */
final class ModelWriter {

  private static final int KEYS = 40;
  private static final int MOST_RECORDS = 8;

  private final ModelTable model;
  private final ModelLog log;
  private final TableAdmin tables;
  private final Producer<byte[], byte[]> producer;
  private final Random random;
  private final Map<String, String> topicNames = new HashMap<>();
  private final List<String> partitions;
  private TableInfo table;
  private int next;

  ModelWriter(
      ModelTable model,
      TablePath path,
      TableAdmin tables,
      Producer<byte[], byte[]> producer,
      Random random) {
    this.model = model;
    this.log = new ModelLog(model);
    this.tables = tables;
    this.producer = producer;
    this.random = random;
    this.partitions = new ArrayList<>(model.partitions());
    this.table = tables.table(path);
    if (model.kind() == ModelTable.Kind.COLUMN_SETS) {
      registerColumnSet("a");
      registerColumnSet("b");
    }
    if (model.isPartitioned()) {
      model.partitions().forEach(this::createPartition);
    } else {
      topicNames.put("", table.topic());
      log.begin(null, table.topicId(), table.buckets());
    }
  }

  private void registerColumnSet(String column) {
    List<Integer> fieldIds =
        table.currentSchema().fields().stream()
            .filter(f -> f.name().equals(column))
            .map(SchemaVersion.Field::fieldId)
            .toList();
    table = tables.registerColumnSet(table, fieldIds).table();
  }

  private void createPartition(String dt) {
    Partition partition = tables.createPartition(table, PartitionName.of(dt));
    topicNames.put(dt, partition.topic());
    log.begin(dt, partition.topicId(), table.buckets());
  }

  /** Drops a partition. */
  void drop() {
    drop(partitions.remove(0));
  }

  /** Drops another partition and creates it again at once; its new topic. */
  ModelLog.Topic createAgain() {
    String dt = partitions.get(0);
    drop(dt);
    createPartition(dt);
    return log.topic(dt);
  }

  private void drop(String dt) {
    log.end(log.topic(dt));
    tables.dropPartition(table, PartitionName.of(dt));
  }

  ModelLog log() {
    return log;
  }

  TableInfo table() {
    return table;
  }

  // -------------------------------------------------------------------------------------- records

  /** Writes some records; done when they are stored. */
  void write() {
    String dt = model.isPartitioned() ? partitions.get(random.nextInt(partitions.size())) : null;
    for (int i = random.nextInt(MOST_RECORDS); i >= 0; i--) {
      if (model.hasPrimaryKey()) {
        change(dt);
      } else {
        append(dt);
      }
    }
  }

  private RowData row(int id, String a, int b, @Nullable String dt) {
    return dt == null
        ? GenericRowData.of(id, StringData.fromString(a), b)
        : GenericRowData.of(id, StringData.fromString(a), b, StringData.fromString(dt));
  }

  private void append(@Nullable String dt) {
    List<RowData> rows = new ArrayList<>();
    List<Entry> entries = new ArrayList<>();
    int bucket = random.nextInt(table.buckets());
    for (int i = random.nextInt(3); i >= 0; i--) {
      int id = next++;
      RowData row = row(id, "text " + id, id, dt);
      if (table.bucketKey().isEmpty() || KeyedBucketRouter.of(table).bucket(row) == bucket) {
        rows.add(row);
        entries.add(new Entry(bucket, 0, Op.ROW, id, "text " + id, id));
      }
    }
    if (!rows.isEmpty()) {
      long offset = send(List.of(batch(dt, bucket, rows)));
      entries.forEach(e -> note(dt, new Entry(bucket, offset, e.op(), e.id(), e.a(), e.b())));
    }
  }

  private ProducerRecord<byte[], byte[]> batch(
      @Nullable String dt, int bucket, List<RowData> rows) {
    byte[] body;
    try (ArrowBatchEncoder encoder =
        new ArrowBatchEncoder(table.rowType(), ArrowCompression.zstd(3), new BufferPool())) {
      rows.forEach(encoder::append);
      body = encoder.encode();
    }
    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic(dt), bucket, null, body);
    BatchHeader header = BatchHeader.of(table.schemaVersion(), rows.size(), BodyKind.ARROW);
    record.headers().add(BatchHeader.KEY, header.toBytes());
    return record;
  }

  private void change(@Nullable String dt) {
    int id = random.nextInt(KEYS);
    int b = model.kind() == ModelTable.Kind.VERSIONED ? random.nextInt(1000) : next;
    String a = "a" + next++;
    RowData row = row(id, a, b, dt);
    int bucket = KeyedBucketRouter.of(table).bucket(row);
    Op op = op();
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    switch (op) {
      case ROW -> records.add(keyed(dt, bucket, row, 0, valueOf(row)));
      case SET_A -> records.add(part(dt, bucket, row, table.columnSets().get(0)));
      case SET_B -> records.add(part(dt, bucket, row, table.columnSets().get(1)));
      case DELETE -> {
        if (!table.columnSets().isEmpty()) {
          records.add(keyed(dt, bucket, row, 0, RowEncoder.delete(table.schemaVersion())));
        }
        table.columnSets().forEach(set -> records.add(keyed(dt, bucket, row, set.id(), null)));
        records.add(keyed(dt, bucket, row, 0, null));
      }
    }
    note(dt, new Entry(bucket, send(records), op, id, a, b));
  }

  private Op op() {
    boolean parts = model.kind() == ModelTable.Kind.COLUMN_SETS;
    return switch (random.nextInt(6)) {
      case 0 -> model.deletes() ? Op.DELETE : Op.ROW;
      case 1, 2 -> parts ? Op.SET_A : Op.ROW;
      case 3, 4 -> parts ? Op.SET_B : Op.ROW;
      default -> Op.ROW;
    };
  }

  private byte[] valueOf(RowData row) {
    return KeyedSchema.of(table).rowEncoder().encode(row);
  }

  private ProducerRecord<byte[], byte[]> part(
      @Nullable String dt, int bucket, RowData row, ColumnSet set) {
    byte[] value = KeyedSchema.of(table).rowEncoder(set.fieldIds()).encode(row);
    return keyed(dt, bucket, row, set.id(), value);
  }

  private ProducerRecord<byte[], byte[]> keyed(
      @Nullable String dt, int bucket, RowData row, int columnSet, @Nullable byte[] value) {
    byte[] key = KeyedSchema.of(table).keyEncoder().encode(row, columnSet);
    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic(dt), bucket, key, value);
    record.headers().add(TableIdHeader.KEY, TableIdHeader.of(table.id()));
    return record;
  }

  private String topic(@Nullable String dt) {
    return topicNames.get(dt == null ? "" : dt);
  }

  private void note(@Nullable String dt, Entry entry) {
    log.add(log.topic(dt), entry);
  }

  /** The offset of the last one. */
  private long send(List<ProducerRecord<byte[], byte[]>> records) {
    List<Future<RecordMetadata>> sent = records.stream().map(producer::send).toList();
    producer.flush();
    try {
      long offset = -1;
      for (Future<RecordMetadata> result : sent) {
        offset = result.get().offset();
      }
      return offset;
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException("Could not write to table " + table.path(), e);
    }
  }
}
