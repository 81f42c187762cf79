package io.fluss.sink;

import io.fluss.format.arrow.ArrowBatchDecoder;
import io.fluss.format.arrow.ArrowRows;
import io.fluss.format.arrow.ZstdMessage;
import io.fluss.format.batch.BatchHeader;
import io.fluss.metadata.TableInfoJson;
import io.fluss.table.BucketFunction;
import io.fluss.table.Column;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import io.fluss.table.TableState;
import io.fluss.testkit.kafka.EmbeddedKafka;
import io.fluss.testkit.kafka.SharedKafka;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.function.ObjLongConsumer;
import java.util.stream.IntStream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.TableDescriptor;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;

/**
 * A log table of (id BIGINT, text STRING) with its topic, and a reader of it that shares nothing
 * with the sink but the codec.
 */
record TestTable(EmbeddedKafka kafka, TableInfo info) {

  private static final Duration POLL = Duration.ofMillis(200);

  /** A table with its topic on the shared broker. */
  static TestTable create(int buckets, List<String> bucketKey) {
    return create(SharedKafka.kafka(), buckets, bucketKey);
  }

  static TestTable create(EmbeddedKafka kafka, int buckets, List<String> bucketKey) {
    TablePath path = TablePath.of(SharedKafka.uniqueDatabase(), "events");
    TableInfo info = info(path, buckets, bucketKey);
    return new TestTable(kafka, info.ready(createTopic(kafka, info.topic(), buckets)));
  }

  private static String createTopic(EmbeddedKafka kafka, String topic, int buckets) {
    try (Admin admin = Admin.create(kafka.adminProperties())) {
      return admin
          .createTopics(List.of(new NewTopic(topic, Optional.of(buckets), Optional.empty())))
          .topicId(topic)
          .get()
          .toString();
    } catch (Exception e) {
      throw new IllegalStateException("Cannot create topic " + topic, e);
    }
  }

  static TableInfo info(TablePath path, int buckets, List<String> bucketKey) {
    return new TableInfo(
        UUID.randomUUID(),
        path,
        TableState.READY,
        path.toString(),
        null,
        1,
        List.of(
            new Column.Physical(0, "id", new BigIntType(), null),
            new Column.Physical(1, "text", VarCharType.STRING_TYPE, null)),
        List.of(),
        List.of(),
        2,
        List.of(),
        List.of(),
        List.of(),
        bucketKey,
        buckets,
        BucketFunction.MURMUR3,
        Map.of(),
        null,
        0);
  }

  static RowData row(long id) {
    return GenericRowData.of(id, StringData.fromString("text of row " + id));
  }

  static TypeInformation<RowData> rowTypeInfo() {
    return InternalTypeInfo.of(info(TablePath.of("a", "b"), 1, List.of()).rowType());
  }

  /** The options a statement would have, with these in addition. */
  Map<String, String> options(String... keysAndValues) {
    Map<String, String> options = new HashMap<>();
    options.put("bootstrap.servers", kafka.bootstrapServers());
    for (int i = 0; i < keysAndValues.length; i += 2) {
      options.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return options;
  }

  TableSinkConfig config(String... keysAndValues) {
    return TableSinkConfig.of(info, options(keysAndValues));
  }

  /** Makes the table known to the environment as {@code events}, and its database the current. */
  void register(TableEnvironment sql) {
    sql.executeSql("CREATE DATABASE " + info.path().database());
    sql.useDatabase(info.path().database());
    sql.createTemporaryTable(
        "events",
        TableDescriptor.forConnector(FoldedTableFactory.IDENTIFIER)
            .schema(
                Schema.newBuilder()
                    .column("id", DataTypes.BIGINT())
                    .column("text", DataTypes.STRING())
                    .build())
            .option("bootstrap.servers", kafka.bootstrapServers())
            .option(TableInfoJson.OPTION, TableInfoJson.write(info))
            .build());
  }

  void deleteTopic() throws Exception {
    try (Admin admin = Admin.create(kafka.adminProperties())) {
      admin.deleteTopics(List.of(info.topic())).all().get();
    }
  }

  /** Drops the table and creates another of the same name with as many buckets. */
  TestTable createAgain(int buckets) throws Exception {
    deleteTopic();
    String topicId =
        Awaitility.await()
            .ignoreExceptions() // brokers forget the old topic after a moment
            .until(() -> createTopic(kafka, info.topic(), buckets), id -> true);
    return new TestTable(kafka, info(info.path(), buckets, info.bucketKey()).ready(topicId));
  }

  /**
   * Ids of the rows a read-committed reader sees once nothing is in the middle of a transaction, in
   * bucket order: for when the writing job has ended. A commit returns before its markers are in
   * the log, and until then its rows are not seen.
   */
  List<Long> idsOfEndedJobs() {
    awaitMarkers();
    return committedIds();
  }

  /** Until no transaction is open in the table. */
  void awaitMarkers() {
    Markers.await(kafka.adminProperties(), topicPartitions());
  }

  private List<TopicPartition> topicPartitions() {
    return IntStream.range(0, info.buckets())
        .mapToObj(bucket -> new TopicPartition(info.topic(), bucket))
        .toList();
  }

  /** Ids of the rows a read-committed reader sees now, in bucket order. */
  List<Long> committedIds() {
    List<Long> ids = new ArrayList<>();
    read("read_committed", (row, bucket) -> ids.add(row.getLong(0)));
    return ids;
  }

  /** Ids by bucket. */
  Map<Long, List<Long>> idsByBucket() {
    Map<Long, List<Long>> ids = new HashMap<>();
    read(
        "read_committed",
        (row, bucket) -> ids.computeIfAbsent(bucket, b -> new ArrayList<>()).add(row.getLong(0)));
    return ids;
  }

  private void read(String isolation, ObjLongConsumer<RowData> rows) {
    Properties properties = kafka.adminProperties();
    properties.setProperty("isolation.level", isolation);
    ArrowBatchDecoder decoder = ArrowBatchDecoder.of(info.rowType());
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> buckets = topicPartitions();
      consumer.assign(buckets);
      consumer.seekToBeginning(buckets);
      Map<TopicPartition, Long> ends = consumer.endOffsets(buckets);
      while (buckets.stream().anyMatch(b -> consumer.position(b) < ends.get(b))) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          decode(decoder, record, rows);
        }
      }
    }
  }

  private static void decode(
      ArrowBatchDecoder decoder,
      ConsumerRecord<byte[], byte[]> record,
      ObjLongConsumer<RowData> rows) {
    BatchHeader header = BatchHeader.parse(record.headers().lastHeader(BatchHeader.KEY).value());
    byte[] message =
        switch (header.bodyKind()) {
          case ARROW -> record.value();
          case ARROW_ZSTD -> ZstdMessage.decompress(record.value());
        };
    ArrowRows batch = decoder.decode(message);
    if (record.key() != null || header.rowCount() != batch.rowCount()) {
      throw new AssertionError("Not a record of ours: " + record);
    }
    for (int i = 0; i < batch.rowCount(); i++) {
      rows.accept(batch.row(i), record.partition());
    }
  }
}
