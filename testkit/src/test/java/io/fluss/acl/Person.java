package io.fluss.acl;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluss.admin.OptionChange;
import io.fluss.admin.TableAdmin;
import io.fluss.admin.TableDescriptor;
import io.fluss.admin.TableRules;
import io.fluss.kafka.ClientConfig;
import io.fluss.lookup.LookupSettings;
import io.fluss.lookup.TableLookup;
import io.fluss.options.TableOptions;
import io.fluss.partition.PartitionName;
import io.fluss.read.LogConsumers;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import io.fluss.testkit.lake.MemoryLakeFormat;
import io.fluss.topic.TopicNames;
import io.fluss.upsert.LeaseTimes;
import io.fluss.upsert.RowScope;
import io.fluss.upsert.TableTruncation;
import io.fluss.upsert.UpsertWriter;
import io.fluss.write.LogBatchGatherer;
import io.fluss.write.ProducerSender;
import io.fluss.write.ProducerSettings;
import io.fluss.write.SendListener;
import io.fluss.write.TopicLimits;
import io.fluss.write.WriteTimer;
import io.fluss.write.WriterConfig;
import io.fluss.write.topics.WriterTopics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Somebody who tries things with the tables of a database: by the classes that sources, sinks and
 * catalogs use, with his own login.
 */
final class Person implements AutoCloseable {

  /** What the tables are called, but for the prefix. */
  static final List<String> TABLES =
      List.of(
          "log",
          "pk",
          "part",
          "emptied",
          "moving",
          "moving_part",
          "doomed",
          "doomed_part",
          "fresh",
          "fresh_part");

  /** That each partitioned table has from the start. */
  static final String PARTITION = "a";

  private static final String LAKE = "memory";
  private static final RowData ROW = GenericRowData.of(1L, 7, StringData.fromString(PARTITION));
  private static final List<RowData> ROWS = List.of(ROW);
  private static final byte[] BYTE = new byte[1];

  /** Of a kind that no reader of metadata interprets. */
  private static final byte[] KEY_OF_NOTHING = "nothing".getBytes(StandardCharsets.UTF_8);

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final ClientConfig client;
  private final TableAdmin admin;
  private final TableAdmin superUser;
  private final Path dir;
  private int created;

  Person(ClientConfig client, TableAdmin superUser, Path dir) {
    this.client = client;
    this.admin = TableAdmin.connect(client);
    this.superUser = superUser;
    this.dir = dir;
  }

  static void createTables(TableAdmin admin, String database, String prefix)
      throws InterruptedException {
    TableRules rules = TableRules.standard().withLakes(List.of(new MemoryLakeFormat()));
    admin.createTable(
        TablePath.of(database, prefix + "log"),
        columns()
            .option(TableOptions.DATALAKE_ENABLED.key(), "true")
            .option(TableOptions.DATALAKE_FORMAT.key(), LAKE)
            .build(),
        rules);
    admin.createTable(
        TablePath.of(database, prefix + "pk"), columns().primaryKey(List.of("id")).build());
    TableInfo part =
        admin.createTable(
            TablePath.of(database, prefix + "part"),
            columns()
                .partitionKeys(List.of("day"))
                .option(TableOptions.DATALAKE_ENABLED.key(), "true")
                .option(TableOptions.DATALAKE_FORMAT.key(), LAKE)
                .build(),
            rules);
    admin.createPartition(part, PartitionName.of(PARTITION));
    for (String name : List.of("moving_part", "doomed_part")) {
      TableInfo table =
          admin.createTable(
              TablePath.of(database, prefix + name),
              columns().partitionKeys(List.of("day")).build());
      admin.createPartition(table, PartitionName.of(PARTITION));
    }
    admin.createTable(TablePath.of(database, prefix + "emptied"), columns().build());
    admin.createTable(TablePath.of(database, prefix + "moving"), columns().build());
    admin.createTable(TablePath.of(database, prefix + "doomed"), columns().build());
  }

  private static TableDescriptor.Builder columns() {
    return TableDescriptor.builder()
        .column("id", new BigIntType(false))
        .column("n", new IntType())
        .column("day", new VarCharType(false, 10))
        .buckets(1);
  }

  /** Puts a row into what is read. */
  static void fill(ClientConfig client, TableAdmin admin, String database, String prefix)
      throws InterruptedException {
    append(client, admin.table(TablePath.of(database, prefix + "log")), ROWS);
    append(client, admin.table(TablePath.of(database, prefix + "part")), ROWS);
    upsert(client, admin.table(TablePath.of(database, prefix + "pk")), RowScope.fullRow(), ROW);
  }

  /**
   * Tries it.
   *
   * @return the refusal, if there was one
   */
  Optional<Throwable> attempt(Attempt what, String database, String prefix) {
    try {
      run(what, database, prefix);
      return Optional.empty();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    } catch (ExecutionException e) {
      return refusal(e.getCause());
    } catch (RuntimeException e) {
      return refusal(e);
    }
  }

  private static Optional<Throwable> refusal(Throwable e) {
    if (e instanceof AccessRefusedException || MissingRight.isCauseOf(e)) {
      return Optional.of(e);
    }
    throw new AssertionError("Failed, and not for lack of rights", e);
  }

  private void run(Attempt what, String database, String prefix)
      throws InterruptedException, ExecutionException {
    switch (what) {
      case SEE -> see(TablePath.of(database, prefix + "log"));
      case LOOK_UP -> lookUp(table(database, prefix + "pk"));
      case APPEND -> append(client, table(database, prefix + "log"), ROWS);
      case UPSERT -> upsert(client, table(database, prefix + "pk"), RowScope.fullRow(), ROW);
      case WRITE_TO_NEW_PARTITION ->
          append(
              client,
              table(database, prefix + "part"),
              List.of(GenericRowData.of(1L, 7, StringData.fromString("w" + created++))));
      case ADD_PARTITION ->
          admin.createPartition(
              table(database, prefix + "part"), PartitionName.of("new" + created++));
      case DROP_PARTITION ->
          admin.dropPartition(table(database, prefix + "part"), PartitionName.of(PARTITION));
      case TRUNCATE ->
          TableTruncation.truncate(
              table(database, prefix + "emptied"), client, WriterConfig.defaults());
      case SET_OPTION -> setOption(table(database, prefix + "log"));
      case SET_OPTION_OF_PARTITIONED -> setOption(table(database, prefix + "part"));
      case REGISTER_COLUMN_SET ->
          admin.registerColumnSet(
              table(database, prefix + "pk"), List.of(fieldOf(database, prefix)));
      case TIER -> claim(table(database, prefix + "log"));
      case TIER_PARTITIONED -> claim(table(database, prefix + "part"));
      case CREATE_TABLE ->
          admin.createTable(TablePath.of(database, prefix + "fresh"), columns().build());
      case CREATE_PARTITIONED_TABLE ->
          admin.createTable(
              TablePath.of(database, prefix + "fresh_part"),
              columns().partitionKeys(List.of("day")).build());
      case RENAME_TABLE ->
          admin.renameTable(TablePath.of(database, prefix + "moving"), prefix + "moved");
      case RENAME_PARTITIONED_TABLE ->
          admin.renameTable(TablePath.of(database, prefix + "moving_part"), prefix + "moved_part");
      case DROP_TABLE -> admin.dropTable(TablePath.of(database, prefix + "doomed"));
      case DROP_PARTITIONED_TABLE ->
          admin.dropTable(TablePath.of(database, prefix + "doomed_part"));
      case ALTER_DATABASE -> admin.alterDatabase(database, "changed", Map.of());
      case DROP_DATABASE -> admin.dropDatabaseWithTables(database);
      case CREATE_DATABASE -> admin.createDatabase(database + "_new", null, Map.of());
      case MANAGE_RIGHTS ->
          admin
              .acls()
              .add(
                  Grant.allow(
                      AclResource.database("nowhere"),
                      Principal.user("nobody"),
                      Operation.DESCRIBE));
      case RAW_READ_ROWS -> readRows(table(database, prefix + "log").topic());
      case RAW_READ_ROWS_OF_PARTITION ->
          readRows(table(database, prefix + "part").topic() + "." + PARTITION);
      case RAW_COMMIT_OFFSETS -> commitOffsets(table(database, prefix + "log"));
      case RAW_WRITE_ROWS ->
          send(new ProducerRecord<>(table(database, prefix + "moving").topic(), 0, null, BYTE));
      case RAW_WRITE_IN_TRANSACTION -> writeInTransaction(table(database, prefix + "log"));
      case RAW_WRITE_DEFINITIONS ->
          send(new ProducerRecord<>(TopicNames.metadata(database), 0, KEY_OF_NOTHING, BYTE));
      case RAW_FENCE_DEFINITIONS -> {
        try (KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(transactional(TopicNames.metadata(database)))) {
          producer.initTransactions();
        }
      }
    }
  }

  /** As recorded: what is tried next is Kafka's to refuse. */
  private TableInfo table(String database, String table) {
    return superUser.table(TablePath.of(database, table));
  }

  private int fieldOf(String database, String prefix) {
    return table(database, prefix + "pk").valueFields().get(0).fieldId();
  }

  private void setOption(TableInfo table) {
    admin.alterOptions(
        table,
        new OptionChange(Map.of("table.datalake.freshness", "7 min"), Set.of()),
        TableRules.standard().withLakes(List.of(new MemoryLakeFormat())));
  }

  /** As a tiering job does, which finds no table of which it may not know. */
  private void claim(TableInfo table) {
    boolean found =
        admin.lakes().tables(table.path().database(), LAKE).stream()
            .anyMatch(t -> t.table().id().equals(table.id()));
    assertThat(
            admin
                .lakes()
                .claim(table, LAKE, "somebody", System.currentTimeMillis(), Duration.ofMillis(1)))
        .isPresent();
    assertThat(found).isTrue();
  }

  /** All ways to see a table agree. */
  private void see(TablePath path) {
    try {
      assertThat(admin.findDefinition(path)).isPresent();
    } catch (AccessRefusedException e) {
      if (admin.listDatabases().contains(path.database())) {
        assertThat(admin.listTables(path.database())).doesNotContain(path.table());
        assertThat(admin.tableExists(path)).isFalse();
      }
      throw e;
    }
    assertThat(admin.listDatabases()).contains(path.database());
    assertThat(admin.listTables(path.database())).contains(path.table());
    assertThat(admin.tableExists(path)).isTrue();
    assertThat(admin.table(path).path()).isEqualTo(path);
  }

  private void readRows(String topic) {
    TopicPartition bucket = new TopicPartition(topic, 0);
    try (Consumer<byte[], byte[]> consumer = LogConsumers.open(client, "matrix")) {
      consumer.assign(List.of(bucket));
      consumer.seekToBeginning(List.of(bucket));
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (consumer.poll(Duration.ofMillis(200)).isEmpty()) {
        assertThat(System.nanoTime()).isLessThan(deadline);
      }
    }
  }

  private void commitOffsets(TableInfo table) {
    Map<String, String> properties = new HashMap<>(client.properties());
    properties.put(ConsumerConfig.GROUP_ID_CONFIG, table.topic() + ".readers");
    try (Consumer<byte[], byte[]> consumer =
        LogConsumers.open(new ClientConfig(client.bootstrapServers(), properties), "matrix")) {
      consumer.commitSync(
          Map.of(new TopicPartition(table.topic(), 0), new OffsetAndMetadata(0)), PATIENCE);
    }
  }

  private void lookUp(TableInfo table) throws InterruptedException, ExecutionException {
    try (TableLookup lookup =
        TableLookup.open(new LookupSettings(table, client, dir, 1 << 20, Duration.ZERO))) {
      lookup.whole().whenReady(0).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (java.util.concurrent.TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  private static void append(ClientConfig client, TableInfo table, List<RowData> rows)
      throws InterruptedException {
    WriterConfig config = WriterConfig.defaults();
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

  private static void upsert(ClientConfig client, TableInfo table, RowScope scope, RowData row)
      throws InterruptedException {
    try (UpsertWriter writer =
        UpsertWriter.connect(
            table, client, WriterConfig.defaults(), scope, LeaseTimes.standard())) {
      writer.write(row);
      writer.flush();
    }
  }

  /** Not idempotent: of somebody who may write nowhere, Kafka would refuse that and no topic. */
  private void send(ProducerRecord<byte[], byte[]> record)
      throws InterruptedException, ExecutionException {
    Map<String, Object> settings = settings();
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, false);
    try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(settings)) {
      producer.send(record).get();
    }
  }

  /** As the exactly-once sink does. The transaction is aborted: its record is no batch. */
  private void writeInTransaction(TableInfo table) throws InterruptedException, ExecutionException {
    String id = TopicNames.transactions(table.topic() + ".sink-" + created++);
    KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(transactional(id));
    try {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(table.topic(), 0, null, BYTE)).get();
      producer.abortTransaction();
    } finally {
      // After a refusal it would wait for half a minute.
      producer.close(Duration.ofSeconds(1));
    }
  }

  private Map<String, Object> settings() {
    return new HashMap<>(ProducerSettings.batches(client, 1 << 22, TopicLimits.DEFAULT));
  }

  private Map<String, Object> transactional(String id) {
    Map<String, Object> settings = settings();
    settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, id);
    return settings;
  }

  @Override
  public void close() {
    admin.close();
  }
}
