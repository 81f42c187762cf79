package io.fluss.sink;

import io.fluss.admin.TableAdmin;
import io.fluss.admin.TableDescriptor;
import io.fluss.format.key.ColumnSets;
import io.fluss.format.keyed.KeyedSchema;
import io.fluss.format.row.ValueHeader;
import io.fluss.format.row.ValueKind;
import io.fluss.kafka.ClientConfig;
import io.fluss.metadata.TableInfoJson;
import io.fluss.partition.Partition;
import io.fluss.partition.PartitionName;
import io.fluss.read.LogBatch;
import io.fluss.read.LogRecordDecoder;
import io.fluss.read.Selection;
import io.fluss.table.SchemaVersion;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import io.fluss.testkit.kafka.SharedKafka;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A table of (id BIGINT, dt STRING, amount INT, note STRING) partitioned by dt, a log table or with
 * primary key (dt, id), and what is in the topics of its partitions.
 */
record PartitionedTestTable(TableInfo info) {

  private static final Duration POLL = Duration.ofMillis(200);

  static PartitionedTestTable log(int buckets, String... bucketKey) {
    TableDescriptor.Builder table = columns(true).partitionKeys(List.of("dt")).buckets(buckets);
    return create(bucketKey.length == 0 ? table : table.bucketKey(bucketKey));
  }

  static PartitionedTestTable keyed(int buckets) {
    return create(
        columns(false)
            .primaryKey(List.of("dt", "id"))
            .partitionKeys(List.of("dt"))
            .buckets(buckets));
  }

  private static TableDescriptor.Builder columns(boolean nullable) {
    return TableDescriptor.builder()
        .column("id", new BigIntType(nullable))
        .column("dt", new VarCharType(nullable, VarCharType.MAX_LENGTH))
        .column("amount", new IntType())
        .column("note", VarCharType.STRING_TYPE);
  }

  private static PartitionedTestTable create(TableDescriptor.Builder table) {
    String database = SharedKafka.uniqueDatabase();
    try (TableAdmin admin = TableAdmin.connect(client())) {
      admin.createDatabase(database, null, Map.of());
      return new PartitionedTestTable(
          admin.createTable(TablePath.of(database, "sales"), table.build()));
    }
  }

  private static ClientConfig client() {
    return new ClientConfig(SharedKafka.kafka().bootstrapServers(), Map.of());
  }

  TableSinkConfig config(String... keysAndValues) {
    Map<String, String> options = new HashMap<>();
    options.put("bootstrap.servers", SharedKafka.kafka().bootstrapServers());
    for (int i = 0; i < keysAndValues.length; i += 2) {
      options.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return TableSinkConfig.of(info, options);
  }

  /** Makes the table known as {@code sales}, readable too, and its database the current. */
  void register(TableEnvironment sql) {
    sql.executeSql("CREATE DATABASE " + info.path().database());
    sql.useDatabase(info.path().database());
    Schema.Builder schema =
        Schema.newBuilder()
            .column("id", info.hasPrimaryKey() ? DataTypes.BIGINT().notNull() : DataTypes.BIGINT())
            .column("dt", info.hasPrimaryKey() ? DataTypes.STRING().notNull() : DataTypes.STRING())
            .column("amount", DataTypes.INT())
            .column("note", DataTypes.STRING());
    if (info.hasPrimaryKey()) {
      schema.primaryKey("dt", "id");
    }
    sql.createTemporaryTable(
        "sales",
        org.apache.flink.table.api.TableDescriptor.forConnector(FoldedTableFactory.IDENTIFIER)
            .schema(schema.build())
            .partitionedBy("dt")
            .option("bootstrap.servers", SharedKafka.kafka().bootstrapServers())
            .option(TableInfoJson.OPTION, TableInfoJson.write(info))
            .build());
  }

  // --------------------------------------------------------------------------------- partitions

  List<String> partitions() {
    try (TableAdmin admin = TableAdmin.connect(client())) {
      return admin.listPartitions(info).stream().map(p -> p.name().values().get(0)).toList();
    }
  }

  void drop(String dt) {
    try (TableAdmin admin = TableAdmin.connect(client())) {
      admin.dropPartition(info, PartitionName.of(dt));
    }
  }

  private TableInfo current() {
    try (TableAdmin admin = TableAdmin.connect(client())) {
      return admin.table(info.path());
    }
  }

  // --------------------------------------------------------------------------------------- rows

  /** Row {@code id} of the rows that jobs write; they go to five partitions in turn. */
  static RowData row(long id) {
    return GenericRowData.of(
        id, StringData.fromString("d" + id % 5), (int) id, StringData.fromString("n"));
  }

  TypeInformation<RowData> rowTypeInfo() {
    return InternalTypeInfo.of(info.rowType());
  }

  /** The rows there are, committed, as {@code dt/id, amount, note}, sorted. */
  List<String> rows() {
    return rowData().stream()
        .map(
            row ->
                Stream.of(row.getField(0), row.getField(2), row.getField(3))
                    .map(String::valueOf)
                    .collect(Collectors.joining(", ", row.getField(1) + "/", "")))
        .sorted()
        .toList();
  }

  /** Ids of the rows there are, sorted. */
  List<Long> ids() {
    return rowData().stream().map(row -> row.getLong(0)).sorted().toList();
  }

  List<GenericRowData> rowData() {
    List<ConsumerRecord<byte[], byte[]>> records = records();
    return info.hasPrimaryKey() ? folded(records) : appended(records);
  }

  private List<GenericRowData> appended(List<ConsumerRecord<byte[], byte[]>> records) {
    List<GenericRowData> rows = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      LogBatch batch = LogRecordDecoder.of(info, Selection.all(info.rowType())).decode(record);
      for (int i = 0; i < batch.rows().rowCount(); i++) {
        RowData row = batch.rows().row(i);
        rows.add(
            GenericRowData.of(
                row.getLong(0),
                StringData.fromString(row.getString(1).toString()),
                row.isNullAt(2) ? null : row.getInt(2),
                row.isNullAt(3) ? null : StringData.fromString(row.getString(3).toString())));
      }
    }
    return rows;
  }

  /** Without partial deletes. */
  private List<GenericRowData> folded(List<ConsumerRecord<byte[], byte[]>> records) {
    TableInfo table = current();
    KeyedSchema schema = KeyedSchema.of(table);
    Map<String, GenericRowData> rows = new TreeMap<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      RowData key = schema.keyReader().key(record.key());
      String name = record.topic() + "/" + key.getLong(1);
      int set = ColumnSets.of(record.key());
      if (record.value() == null || ValueHeader.kind(record.value()) == ValueKind.DELETE) {
        if (set == ColumnSets.FULL_ROW) {
          rows.remove(name);
        }
        continue;
      }
      GenericRowData row =
          rows.computeIfAbsent(
              name,
              n ->
                  GenericRowData.of(
                      key.getLong(1),
                      StringData.fromString(key.getString(0).toString()),
                      null,
                      null));
      List<Integer> fields =
          set == ColumnSets.FULL_ROW
              ? table.valueFields().stream().map(SchemaVersion.Field::fieldId).toList()
              : table.columnSet(set).orElseThrow().fieldIds();
      RowData value = schema.rowReader(fields).read(record.value());
      for (int i = 0; i < fields.size(); i++) {
        int column = fields.get(i);
        Object read =
            value.isNullAt(i)
                ? null
                : column == 2
                    ? (Object) value.getInt(i)
                    : StringData.fromString(value.getString(i).toString());
        row.setField(column, read);
      }
    }
    return List.copyOf(rows.values());
  }

  /** All committed records of all partitions, each bucket in order. */
  List<ConsumerRecord<byte[], byte[]>> records() {
    List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
    Properties properties = SharedKafka.kafka().adminProperties();
    properties.setProperty("isolation.level", "read_committed");
    try (TableAdmin admin = TableAdmin.connect(client());
        KafkaConsumer<byte[], byte[]> consumer =
            new KafkaConsumer<>(
                properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> buckets =
          admin.listPartitions(info).stream().flatMap(this::buckets).toList();
      Markers.await(SharedKafka.kafka().adminProperties(), buckets);
      consumer.assign(buckets);
      consumer.seekToBeginning(buckets);
      Map<TopicPartition, Long> ends = consumer.endOffsets(buckets);
      while (buckets.stream().anyMatch(b -> consumer.position(b) < ends.get(b))) {
        consumer.poll(POLL).forEach(all::add);
      }
    }
    return all;
  }

  private Stream<TopicPartition> buckets(Partition partition) {
    return IntStream.range(0, info.buckets())
        .mapToObj(bucket -> new TopicPartition(partition.topic(), bucket));
  }
}
