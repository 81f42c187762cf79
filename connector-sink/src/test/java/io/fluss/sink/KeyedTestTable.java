package io.fluss.sink;

import io.fluss.admin.TableAdmin;
import io.fluss.admin.TableDescriptor;
import io.fluss.format.key.ColumnSets;
import io.fluss.format.keyed.KeyedSchema;
import io.fluss.format.keyed.TableIdHeader;
import io.fluss.format.row.ValueHeader;
import io.fluss.format.row.ValueKind;
import io.fluss.kafka.ClientConfig;
import io.fluss.metadata.TableInfoJson;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import io.fluss.testkit.kafka.EmbeddedKafka;
import io.fluss.testkit.kafka.SharedKafka;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
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
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A table of (id BIGINT, name STRING, twice AS amount * 2, amount INT, note STRING) with primary
 * key id, and a fold of its log that shares nothing with the sink but the codec.
 */
record KeyedTestTable(EmbeddedKafka kafka, TableInfo info) {

  private static final Duration POLL = Duration.ofMillis(200);
  private static final int COLUMNS = 4;

  static KeyedTestTable create(int buckets, String... keysAndValues) {
    return create(SharedKafka.kafka(), buckets, keysAndValues);
  }

  static KeyedTestTable create(EmbeddedKafka kafka, int buckets, String... keysAndValues) {
    String database = SharedKafka.uniqueDatabase();
    try (TableAdmin admin = TableAdmin.connect(client(kafka))) {
      admin.createDatabase(database, null, Map.of());
      TableDescriptor table =
          TableDescriptor.builder()
              .column("id", new BigIntType(false))
              .column("name", VarCharType.STRING_TYPE)
              .computed("twice", "amount * 2", new IntType(), null)
              .column("amount", new IntType())
              .column("note", VarCharType.STRING_TYPE)
              .primaryKey(List.of("id"))
              .buckets(buckets)
              .options(map(keysAndValues))
              .build();
      return new KeyedTestTable(kafka, admin.createTable(TablePath.of(database, "orders"), table));
    }
  }

  /** Drops the table and creates it again under its name. */
  KeyedTestTable createAgain() {
    try (TableAdmin admin = TableAdmin.connect(client(kafka))) {
      admin.dropTable(info.path());
      TableDescriptor.Builder again =
          TableDescriptor.builder().primaryKey(info.primaryKey()).buckets(info.buckets());
      info.physicalColumns().forEach(column -> again.column(column.name(), column.type()));
      return new KeyedTestTable(kafka, admin.createTable(info.path(), again.build()));
    }
  }

  TableInfo current() {
    try (TableAdmin admin = TableAdmin.connect(client(kafka))) {
      return admin.table(info.path());
    }
  }

  TableSinkConfig config(String... keysAndValues) {
    Map<String, String> options = map(keysAndValues);
    options.put("bootstrap.servers", kafka.bootstrapServers());
    return TableSinkConfig.of(info, options);
  }

  /** Makes the table known to the environment as {@code orders}, and its database the current. */
  void register(TableEnvironment sql) {
    register(sql, FlussSinkFactory.IDENTIFIER);
  }

  /** As {@link #register(TableEnvironment)}, and it can be read, too. */
  void registerWithSource(TableEnvironment sql) {
    register(sql, FoldedTableFactory.IDENTIFIER);
  }

  private void register(TableEnvironment sql, String connector) {
    sql.executeSql("CREATE DATABASE " + info.path().database());
    sql.useDatabase(info.path().database());
    sql.createTemporaryTable(
        "orders",
        org.apache.flink.table.api.TableDescriptor.forConnector(connector)
            .schema(
                Schema.newBuilder()
                    .column("id", DataTypes.BIGINT().notNull())
                    .column("name", DataTypes.STRING())
                    .columnByExpression("twice", "amount * 2")
                    .column("amount", DataTypes.INT())
                    .column("note", DataTypes.STRING())
                    .primaryKey("id")
                    .build())
            .option("bootstrap.servers", kafka.bootstrapServers())
            .option(TableInfoJson.OPTION, TableInfoJson.write(info))
            .build());
  }

  /** The rows there are, committed, as {@code id, name, amount, note}, by rising id. */
  List<String> rows() {
    return folded().stream()
        .map(row -> Arrays.stream(row).map(String::valueOf).collect(Collectors.joining(", ")))
        .toList();
  }

  /** The same as the values of the columns: Long, String, Integer, String. */
  List<Object[]> folded() {
    Map<Long, Object[]> rows = new TreeMap<>();
    TableInfo table = current();
    records().forEach(record -> fold(table, rows, record));
    return List.copyOf(rows.values());
  }

  private static void fold(
      TableInfo table, Map<Long, Object[]> rows, ConsumerRecord<byte[], byte[]> record) {
    KeyedSchema schema = KeyedSchema.of(table);
    long id = schema.keyReader().key(record.key()).getLong(0);
    int set = ColumnSets.of(record.key());
    List<Integer> columns =
        set == ColumnSets.FULL_ROW
            ? List.of(1, 2, 3)
            : table.columnSet(set).orElseThrow().fieldIds();
    boolean isRow = record.value() != null && ValueHeader.kind(record.value()) == ValueKind.ROW;
    if (set == ColumnSets.FULL_ROW || (isRow && !rows.containsKey(id))) {
      rows.put(id, new Object[] {id, null, null, null});
    }
    Object[] row = rows.get(id);
    if (row == null) {
      return;
    }
    RowData value = isRow ? schema.rowReader(columns).read(record.value()) : null;
    for (int i = 0; i < columns.size(); i++) {
      row[columns.get(i)] = value == null || value.isNullAt(i) ? null : read(value, i, columns);
    }
    boolean allNull = Arrays.stream(row, 1, COLUMNS).allMatch(Objects::isNull);
    if (!isRow && (set == ColumnSets.FULL_ROW || allNull)) {
      rows.remove(id);
    }
  }

  private static Object read(RowData value, int i, List<Integer> columns) {
    return columns.get(i) == 2 ? value.getInt(i) : value.getString(i).toString();
  }

  /** All committed records, each bucket in order. */
  List<ConsumerRecord<byte[], byte[]>> records() {
    List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
    Properties properties = kafka.adminProperties();
    properties.setProperty("isolation.level", "read_committed");
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> buckets =
          IntStream.range(0, info.buckets())
              .mapToObj(bucket -> new TopicPartition(info.topic(), bucket))
              .toList();
      Markers.await(kafka.adminProperties(), buckets);
      consumer.assign(buckets);
      consumer.seekToBeginning(buckets);
      Map<TopicPartition, Long> ends = consumer.endOffsets(buckets);
      while (buckets.stream().anyMatch(b -> consumer.position(b) < ends.get(b))) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          requireOurs(record);
          all.add(record);
        }
      }
    }
    return all;
  }

  private void requireOurs(ConsumerRecord<byte[], byte[]> record) {
    byte[] table = record.headers().lastHeader(TableIdHeader.KEY).value();
    if (!Arrays.equals(table, TableIdHeader.of(info.id()))) {
      throw new AssertionError("Not a record of this table: " + record);
    }
  }

  /** Column sets of the tombstones of a row, in the order of the log. */
  List<Integer> tombstones(long id) {
    return records().stream()
        .filter(record -> record.value() == null)
        .filter(record -> KeyedSchema.of(info).keyReader().key(record.key()).getLong(0) == id)
        .map(record -> ColumnSets.of(record.key()))
        .toList();
  }

  static RowData row(long id) {
    return GenericRowData.of(id, StringData.fromString("text of row " + id), null, null);
  }

  static TypeInformation<RowData> rowTypeInfo() {
    return InternalTypeInfo.of(
        RowType.of(
            new BigIntType(false),
            VarCharType.STRING_TYPE,
            new IntType(),
            VarCharType.STRING_TYPE));
  }

  /** Rows {@code 0, 1, 2, ...} as {@link #row} makes them, with no amount and no note. */
  static List<String> rowsUpTo(long count) {
    return LongStream.range(0, count)
        .mapToObj(id -> id + ", text of row " + id + ", null, null")
        .toList();
  }

  private static ClientConfig client(EmbeddedKafka kafka) {
    return new ClientConfig(kafka.bootstrapServers(), Map.of());
  }

  private static Map<String, String> map(String... keysAndValues) {
    Map<String, String> options = new HashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      options.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return options;
  }
}
