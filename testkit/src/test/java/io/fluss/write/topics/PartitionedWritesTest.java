package io.fluss.write.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.FlussException;
import io.fluss.admin.PartitionChanges;
import io.fluss.admin.TableAdmin;
import io.fluss.admin.TableDescriptor;
import io.fluss.admin.TableNotFoundException;
import io.fluss.admin.TooManyPartitionsException;
import io.fluss.format.keyed.KeyedSchema;
import io.fluss.kafka.ClientConfig;
import io.fluss.partition.Partition;
import io.fluss.partition.PartitionKeys;
import io.fluss.partition.PartitionName;
import io.fluss.read.LogBatch;
import io.fluss.read.LogGoneException;
import io.fluss.read.LogRecordDecoder;
import io.fluss.read.Selection;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import io.fluss.testkit.kafka.SharedKafka;
import io.fluss.topic.TopicConflictException;
import io.fluss.upsert.LeaseTimes;
import io.fluss.upsert.RowScope;
import io.fluss.upsert.TableTruncation;
import io.fluss.upsert.UpsertWriter;
import io.fluss.write.LogBatchGatherer;
import io.fluss.write.ProducerSender;
import io.fluss.write.SendListener;
import io.fluss.write.WriteFailedException;
import io.fluss.write.WriteTimer;
import io.fluss.write.WriterConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.flink.types.RowKind;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Writers of partitioned tables, and what is in the topics after them. */
class PartitionedWritesTest {

  private static final Duration POLL = Duration.ofMillis(200);

  private final ClientConfig client =
      new ClientConfig(SharedKafka.kafka().bootstrapServers(), Map.of());
  private final TablePath path = TablePath.of(SharedKafka.uniqueDatabase(), "events");
  private final TableAdmin admin = TableAdmin.connect(client);

  @AfterEach
  void close() {
    admin.dropDatabaseWithTables(path.database());
    admin.close();
  }

  @Test
  void twoWritersThatCreateTheSamePartitionsLoseAndDoubleNothing() throws Exception {
    // Given
    TableInfo table = create(log().buckets(2));
    int partitions = 200;
    int rowsOfEach = 20_000;
    CyclicBarrier start = new CyclicBarrier(2);
    ExecutorService threads = Executors.newFixedThreadPool(2);

    // When
    List<Future<?>> writers = new ArrayList<>();
    for (int writer = 0; writer < 2; writer++) {
      long first = (long) writer * rowsOfEach;
      writers.add(
          threads.submit(
              () -> {
                start.await();
                write(
                    table,
                    LongStream.range(first, first + rowsOfEach)
                        .mapToObj(id -> row(id, "day-" + id % partitions))
                        .toList());
                return null;
              }));
    }
    for (Future<?> writer : writers) {
      writer.get();
    }
    threads.shutdown();

    // Then
    List<Long> ids = new ArrayList<>();
    Map<PartitionName, List<RowData>> rows = logRows(table);
    rows.forEach(
        (partition, ofPartition) ->
            ofPartition.forEach(
                row -> {
                  assertThat(PartitionName.of(row.getString(1).toString())).isEqualTo(partition);
                  ids.add(row.getLong(0));
                }));
    assertThat(rows).hasSize(partitions);
    assertThat(ids.stream().sorted().toList())
        .isEqualTo(LongStream.range(0, 2L * rowsOfEach).boxed().toList());
  }

  @Test
  void wherePartitionsAreNotCreatedTheFirstRowOfAMissingOneFails() throws Exception {
    // Given
    TableInfo table = create(log());
    admin.createPartition(table, PartitionName.of("there"));
    Map<String, String> off = Map.of("client.writer.dynamic-create-partition.enabled", "false");

    // When
    write(table, WriterConfig.fromOptions(off), List.of(row(1, "there")));

    // Then
    assertThat(logRows(table).get(PartitionName.of("there"))).hasSize(1);
    assertThatThrownBy(
            () -> write(table, WriterConfig.fromOptions(off), List.of(row(2, "2025/06"))))
        .isInstanceOf(FlussException.class)
        .hasMessageContaining("Cannot write to partition dt=2025/06 of table '" + path + "'")
        .hasMessageContaining("'client.writer.dynamic-create-partition.enabled' is 'false'")
        .hasMessageContaining("ADD PARTITION");
    assertThat(admin.listPartitions(table)).hasSize(1);
  }

  @Test
  void tooManyPartitionsFailTheWriter() throws Exception {
    // Given
    TableInfo table = create(log().option("table.max-partitions", "3"));
    List<RowData> rows = IntStream.range(0, 9).mapToObj(i -> row(i, "p" + i)).toList();

    // When // Then
    assertThatThrownBy(() -> write(table, rows)).isInstanceOf(TooManyPartitionsException.class);
  }

  @Test
  void rowsOfExpiredPartitionsAndOfNoTimeFail() throws Exception {
    // Given
    TableInfo table =
        create(
            log()
                .option("table.auto-partition.enabled", "true")
                .option("table.auto-partition.time-zone", "UTC")
                .option("table.auto-partition.num-retention", "2"));

    // When // Then
    assertThatThrownBy(() -> write(table, List.of(row(1, "20250101"))))
        .hasMessageContaining("Cannot write to partition dt=20250101")
        .hasMessageContaining("'20250101' is older than")
        .hasMessageContaining("a larger 'table.auto-partition.num-retention'")
        .hasMessageNotContaining("ADD PARTITION");
    assertThatThrownBy(() -> write(table, List.of(row(1, "yesterday"))))
        .hasMessageContaining("'yesterday' is no time as")
        .hasMessageContaining("ADD PARTITION");
  }

  @Test
  void twoMaintainersCreateAndDropEachPartitionOnce() throws Exception {
    // Given
    TableInfo table =
        create(
            log()
                .option("table.auto-partition.enabled", "true")
                .option("table.auto-partition.time-zone", "UTC")
                .option("table.auto-partition.num-retention", "1"));
    Instant later = Instant.now().plus(Duration.ofDays(30));
    int before = admin.listPartitions(table).size();
    CyclicBarrier start = new CyclicBarrier(2);
    ExecutorService threads = Executors.newFixedThreadPool(2);

    // When
    List<Future<PartitionChanges>> changes = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      changes.add(
          threads.submit(
              () -> {
                try (TableAdmin own = TableAdmin.connect(client)) {
                  start.await();
                  return own.maintainPartitions(table, later);
                }
              }));
    }
    List<Partition> created = new ArrayList<>();
    for (Future<PartitionChanges> change : changes) {
      created.addAll(change.get().created());
    }
    threads.shutdown();

    // Then
    assertThat(before).isEqualTo(2);
    assertThat(created).hasSize(2).doesNotHaveDuplicates();
    assertThat(admin.listPartitions(table)).containsExactlyInAnyOrderElementsOf(created);
  }

  @Test
  void aPartitionThatIsDroppedWhileAWriterUsesItFailsTheWriter() throws Exception {
    // Given
    TableInfo table = create(log());
    try (WriterTopics topics = open(table)) {
      topics.rows().name(topics.rows().number(row(1, "a")));
      topics.rows().name(topics.rows().number(row(1, "b")));
      assertThat(topics.check()).isEmpty();
      topics.rows().name(topics.rows().number(row(1, "a")));

      // When
      admin.dropPartition(table, PartitionName.of("a"));
      TopicChange change = changeSeenBy(topics);

      // Then
      assertThatThrownBy(change::apply)
          .isInstanceOf(WriteFailedException.class)
          .hasMessageContaining("its partition dt=a was dropped while rows were written to it");
    }
  }

  @Test
  void aWriterOfADroppedTableUsesNoPartitionOfTheNextTableOfItsName() throws Exception {
    // Given
    TableInfo old = create(log());
    try (WriterTopics topics = open(old)) {
      admin.dropTable(path);
      TableInfo next = admin.createTable(path, log().build());
      admin.createPartition(next, PartitionName.of("a"));
      admin.listPartitions(next);

      // When // Then
      assertThat(changeSeenBy(topics).failure()).isPresent();
      assertThatThrownBy(() -> topics.rows().name(topics.rows().number(row(1, "a"))))
          .isInstanceOf(WriteFailedException.class)
          .hasMessageContaining("Cannot write to table '" + path + "' (id " + old.id() + ")")
          .hasMessageContaining("it was dropped");
    }
    assertThatThrownBy(() -> write(old, List.of(row(1, "a"))))
        .isInstanceOf(WriteFailedException.class)
        .hasMessageContaining("it was dropped");
  }

  @Test
  void maintenanceOfADroppedTableLeavesTheNextTableOfItsNameAlone() {
    // Given
    TableDescriptor.Builder auto =
        log()
            .option("table.auto-partition.enabled", "true")
            .option("table.auto-partition.time-zone", "UTC");
    TableInfo old = create(auto);
    admin.dropTable(path);
    TableInfo next = admin.createTable(path, auto.build());
    List<Partition> before = admin.listPartitions(next);

    // When // Then
    assertThatThrownBy(
            () -> admin.maintainPartitions(old, Instant.now().plus(Duration.ofDays(3650))))
        .isInstanceOf(TableNotFoundException.class);
    assertThat(admin.listPartitions(next)).isEqualTo(before);
  }

  @Test
  void aTopicThatABrokerCreatedByItselfIsNoPartition() throws Exception {
    // Given
    TableInfo table = create(log().buckets(2));
    try (Admin kafka = Admin.create(SharedKafka.kafka().adminProperties())) {
      kafka
          .createTopics(
              List.of(
                  new NewTopic(table.topic() + ".buckets", Optional.of(1), Optional.empty()),
                  new NewTopic(table.topic() + ".settings", Optional.of(2), Optional.empty())))
          .all()
          .get();
    }

    // When // Then
    for (String partition : List.of("buckets", "settings")) {
      assertThatThrownBy(() -> write(table, List.of(row(1, partition))))
          .isInstanceOf(TopicConflictException.class)
          .hasMessageContaining("Partition dt=" + partition + " of table '" + path + "'")
          .hasMessageContaining("was not created for it")
          .hasMessageContaining("DROP PARTITION")
          .hasMessageContaining("auto.create.topics.enable=false");
    }
    assertThatThrownBy(() -> write(table, List.of(row(1, "buckets"))))
        .hasMessageContaining("1 Kafka partitions where the table has 2 buckets");
    assertThatThrownBy(() -> write(table, List.of(row(1, "settings"))))
        .hasMessageContaining("cleanup.policy");

    // When
    admin.dropPartition(table, PartitionName.of("settings"));
    write(table, List.of(row(1, "settings")));

    // Then
    assertThat(admin.listPartitions(table)).hasSize(2);
  }

  @Test
  void aWriterKnowsWhatTopicsTakeBeforeThereIsOne() throws Exception {
    // Given
    TableInfo table = create(log());

    // When
    int without;
    try (WriterTopics topics = open(table)) {
      without = topics.limits().maxMessageBytes();
    }
    admin.createPartition(table, PartitionName.of("a"));

    // Then
    try (WriterTopics topics = open(table)) {
      assertThat(topics.limits().maxMessageBytes()).isEqualTo(without);
    }
    assertThat(admin.maxMessageBytesOfNewPartitions(table)).hasValue(without);
    assertThat(admin.listPartitions(table)).hasSize(1);
  }

  @Test
  void changesOfRowsGoToTheirPartitionsAndDeletesCreateNone() throws Exception {
    // Given
    TableInfo table = create(keyed());

    // When
    try (UpsertWriter writer = upsert(table)) {
      for (int id = 0; id < 100; id++) {
        writer.write(keyedRow(RowKind.INSERT, id, "p" + id % 10));
      }
      writer.write(keyedRow(RowKind.DELETE, 7, "p7"));
      writer.write(keyedRow(RowKind.DELETE, 7, "elsewhere"));
      writer.flush();
    }

    // Then
    assertThat(admin.listPartitions(table)).hasSize(10);
    Set<String> keys = keys(table);
    assertThat(keys).hasSize(99).doesNotContain("p7/7").contains("p8/8");

    // When
    TableTruncation.truncate(table, client, WriterConfig.defaults());

    // Then
    assertThat(keys(table)).isEmpty();
    assertThat(admin.listPartitions(table)).hasSize(10);
  }

  @Test
  void rowsOfAPartitionThatIsGoneAreNotWaitedForWhenTheyAreDeleted() throws Exception {
    // Given
    TableInfo table = create(keyed());
    Partition there = admin.createPartition(table, PartitionName.of("a"));
    admin.listPartitions(table);
    Partition before = new Partition(there.name(), there.topic(), Uuid.randomUuid().toString());

    // When // Then
    try (UpsertWriter writer = upsert(table)) {
      assertThatThrownBy(() -> writer.deleteRowsBefore(before.of(table), Map.of(0, 100L)))
          .isInstanceOf(LogGoneException.class)
          .hasMessageContaining(before.topicId());
    }
  }

  // ------------------------------------------------------------------------------------- tables

  /** The change a check finds, once the brokers' metadata has followed the controller. */
  private static TopicChange changeSeenBy(WriterTopics topics) {
    return Awaitility.await().until(topics::check, Optional::isPresent).orElseThrow();
  }

  private TableInfo create(TableDescriptor.Builder table) {
    admin.createDatabase(path.database(), null, Map.of());
    return admin.createTable(path, table.build());
  }

  private static TableDescriptor.Builder log() {
    return TableDescriptor.builder()
        .column("id", new BigIntType())
        .column("dt", VarCharType.STRING_TYPE)
        .partitionKeys(List.of("dt"));
  }

  private static TableDescriptor.Builder keyed() {
    return TableDescriptor.builder()
        .column("id", new BigIntType(false))
        .column("dt", new VarCharType(false, VarCharType.MAX_LENGTH))
        .column("amount", new IntType())
        .primaryKey(List.of("dt", "id"))
        .partitionKeys(List.of("dt"))
        .buckets(2);
  }

  private static RowData row(long id, String dt) {
    return GenericRowData.of(id, StringData.fromString(dt));
  }

  private static RowData keyedRow(RowKind kind, long id, String dt) {
    return GenericRowData.ofKind(kind, id, StringData.fromString(dt), 1);
  }

  // ------------------------------------------------------------------------------------ writing

  private WriterTopics open(TableInfo table) throws InterruptedException {
    return WriterTopics.open(table, client, WriterConfig.defaults(), table.rowType());
  }

  private UpsertWriter upsert(TableInfo table) throws InterruptedException {
    return UpsertWriter.connect(
        table, client, WriterConfig.defaults(), RowScope.fullRow(), LeaseTimes.standard());
  }

  private void write(TableInfo table, List<RowData> rows) throws InterruptedException {
    write(table, WriterConfig.defaults(), rows);
  }

  private void write(TableInfo table, WriterConfig config, List<RowData> rows)
      throws InterruptedException {
    try (WriterTopics topics = WriterTopics.open(table, client, config, table.rowType());
        ProducerSender sender =
            new ProducerSender(
                table, client, config.memoryBytes(), topics.limits(), SendListener.none());
        LogBatchGatherer gatherer =
            new LogBatchGatherer(
                table,
                config,
                topics.rows(),
                topics.limits(),
                sender,
                System::currentTimeMillis,
                WriteTimer.never())) {
      for (RowData row : rows) {
        gatherer.write(row);
      }
      gatherer.sealAll();
      sender.flush();
    }
  }

  // ------------------------------------------------------------------------------------ reading

  /** Rows of a log table by partition. */
  private Map<PartitionName, List<RowData>> logRows(TableInfo table) {
    Map<PartitionName, List<RowData>> rows = new HashMap<>();
    for (Partition partition : admin.listPartitions(table)) {
      rows.put(partition.name(), new ArrayList<>());
    }
    for (ConsumerRecord<byte[], byte[]> record : records(table)) {
      Partition partition = partition(table, record);
      LogBatch batch =
          LogRecordDecoder.of(partition.of(table), Selection.all(table.rowType())).decode(record);
      for (int i = 0; i < batch.rows().rowCount(); i++) {
        rows.get(partition.name()).add(batch.rows().row(i));
      }
    }
    return rows;
  }

  /** Keys of the rows there are, as {@code dt/id}. */
  private Set<String> keys(TableInfo table) {
    KeyedSchema schema = KeyedSchema.of(table);
    Map<String, Boolean> rows = new TreeMap<>();
    for (ConsumerRecord<byte[], byte[]> record : records(table)) {
      RowData key = schema.keyReader().key(record.key());
      assertThat(PartitionName.of(key.getString(0).toString()))
          .isEqualTo(partition(table, record).name());
      rows.put(key.getString(0) + "/" + key.getLong(1), record.value() != null);
    }
    return rows.entrySet().stream()
        .filter(Map.Entry::getValue)
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private static Partition partition(TableInfo table, ConsumerRecord<byte[], byte[]> record) {
    PartitionName name = PartitionKeys.of(table).partitionOf(record.topic()).orElseThrow();
    return new Partition(name, record.topic(), "unknown");
  }

  /** All that is in the topics of the table. One consumer: to close one takes half a second. */
  private List<ConsumerRecord<byte[], byte[]>> records(TableInfo table) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            SharedKafka.kafka().adminProperties(),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> buckets =
          admin.listPartitions(table).stream()
              .flatMap(
                  p ->
                      IntStream.range(0, table.buckets())
                          .mapToObj(bucket -> new TopicPartition(p.topic(), bucket)))
              .toList();
      consumer.assign(buckets);
      consumer.seekToBeginning(buckets);
      Map<TopicPartition, Long> ends = consumer.endOffsets(buckets);
      while (buckets.stream().anyMatch(b -> consumer.position(b) < ends.get(b))) {
        consumer.poll(POLL).forEach(records::add);
      }
    }
    return records;
  }
}
