package io.fluss.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fluss.kafka.ClientConfig;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import io.fluss.table.TableState;
import io.fluss.testkit.kafka.SharedKafka;
import io.fluss.topic.TopicConflictException;
import io.fluss.topic.TopicNames;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TableAdminTest {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final String database = SharedKafka.uniqueDatabase();
  private final TablePath orders = TablePath.of(database, "orders");

  private TableAdmin admin;
  private Admin kafka;

  static ClientConfig config() {
    return new ClientConfig(SharedKafka.kafka().bootstrapServers(), Map.of());
  }

  static TableDescriptor.Builder descriptor() {
    return TableDescriptor.builder()
        .column("id", new BigIntType(false))
        .column("item", new VarCharType(VarCharType.MAX_LENGTH));
  }

  @BeforeEach
  void open() {
    admin = TableAdmin.connect(config());
    Properties properties = SharedKafka.kafka().adminProperties();
    kafka = Admin.create(properties);
    admin.createDatabase(database, "all of it", Map.of("owner", "me"));
  }

  @AfterEach
  void close() {
    admin.close();
    kafka.close();
  }

  @Test
  void aTableIsATopicWithTheSettingsOfALog() throws Exception {
    // When
    TableInfo created =
        admin.createTable(orders, descriptor().buckets(3).option("table.log.ttl", "0 ms").build());
    // Then
    assertThat(created.state()).isEqualTo(TableState.READY);
    assertThat(admin.table(orders)).isEqualTo(created);
    assertThat(admin.listTables(database)).containsExactly("orders");
    var topic =
        kafka.describeTopics(List.of(orders.toString())).allTopicNames().get().get("" + orders);
    assertThat(topic.partitions()).hasSize(3);
    assertThat(topic.topicId()).hasToString(created.topicId());
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, orders.toString());
    var config = kafka.describeConfigs(List.of(resource)).all().get().get(resource);
    assertThat(config.get("retention.ms").value()).isEqualTo("-1");
    assertThat(config.get("cleanup.policy").value()).isEqualTo("delete");
    assertThat(config.get("message.timestamp.type").value()).isEqualTo("LogAppendTime");
  }

  @Test
  void aTableDroppedAndCreatedAgainIsAnother() {
    // Given
    TableInfo first = admin.createTable(orders, descriptor().build());
    admin.dropTable(orders);
    assertThat(admin.findTable(orders)).isEmpty();
    // When
    TableInfo second = admin.createTable(orders, descriptor().build());
    // Then
    assertThat(second.id()).isNotEqualTo(first.id());
    assertThat(second.topicId()).isNotEqualTo(first.topicId());
    assertThat(admin.table(orders)).isEqualTo(second);
  }

  @Test
  void aRenamedTableKeepsIdAndTopicAndFreesItsName() {
    // Given
    TableInfo old = admin.createTable(orders, descriptor().build());
    TablePath archive = TablePath.of(database, "archive");
    // When
    admin.renameTable(orders, "archive");
    TableInfo fresh = admin.createTable(orders, descriptor().build());
    // Then
    assertThat(admin.table(archive)).isEqualTo(old.renamed(archive));
    assertThat(fresh.topic()).matches(orders + "__[0-9a-f]{8}");
    assertThat(admin.listTables(database)).containsExactly("archive", "orders");
    assertThatThrownBy(() -> admin.renameTable(orders, "archive"))
        .isInstanceOf(TableExistsException.class);
    assertThatThrownBy(() -> admin.renameTable(TablePath.of(database, "nothing"), "x"))
        .isInstanceOf(TableNotFoundException.class);
  }

  @Test
  void aTopicOfSomeoneElseIsNotTaken() throws Exception {
    // Given
    kafka.createTopics(List.of(new NewTopic(orders.toString(), 1, (short) 1))).all().get();
    // When, Then
    assertThatThrownBy(() -> admin.createTable(orders, descriptor().build()))
        .isInstanceOf(TopicConflictException.class)
        .hasMessageContaining("has a topic '" + orders + "' already");
    assertThat(admin.listTables(database)).isEmpty();
  }

  @Test
  void aTopicThatWouldForgetRecordsIsNotTakenForADatabase() throws Exception {
    // Given
    String name = SharedKafka.uniqueDatabase();
    String topic = TopicNames.metadata(name);
    kafka.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
    // When, Then
    assertThatThrownBy(() -> admin.createDatabase(name, null, Map.of()))
        .isInstanceOf(TopicConflictException.class)
        .hasMessageContaining("topic '" + topic + "' already, with 'cleanup.policy' = 'delete'")
        .hasMessageContaining("Delete the topic if nobody needs it");
  }

  @Test
  void whatKafkaRefusesLeavesNothing() {
    // When, Then
    assertThatThrownBy(
            () ->
                admin.createTable(
                    orders, descriptor().option("table.replication.factor", "7").build()))
        .hasMessageContaining("Kafka refuses to create topic '" + orders + "'")
        .hasMessageContaining("7");
    assertThat(admin.listTables(database)).isEmpty();
  }

  @Test
  void aTopicThatWasDeletedOrReplacedIsReported() throws Exception {
    // Given
    admin.createTable(orders, descriptor().build());
    kafka.deleteTopics(List.of(orders.toString())).all().get();
    // When, Then: brokers know of it a moment after the controller
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThatThrownBy(() -> admin.table(orders))
                    .isInstanceOf(TopicConflictException.class)
                    .hasMessageContaining("has lost its data"));
    // When
    kafka.createTopics(List.of(new NewTopic(orders.toString(), 1, (short) 1))).all().get();
    // Then
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThatThrownBy(() -> admin.table(orders))
                    .hasMessageContaining("another one of that name"));
    // When
    admin.dropTable(orders);
    // Then
    assertThat(topics()).as("a topic that is not ours stays").contains(orders.toString());
  }

  @Test
  void aCreatorWhoWasOvertakenReturnsTheTable() {
    // Given
    DdlListener overtaking =
        step -> {
          if (step == DdlStep.TABLE_RECORDED_AS_CREATING) {
            write(admin.table(orders).topic());
          }
        };
    try (TableAdmin slow = TableAdmin.connect(config(), overtaking)) {
      // When
      TableInfo created = slow.createTable(orders, descriptor().build());
      // Then
      assertThat(created).isEqualTo(admin.table(orders));
    }
  }

  private static void write(String topic) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            config().toKafka(), new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(topic, new byte[] {1}));
      producer.flush();
    }
  }

  @Test
  void databasesHoldTheirTables() {
    // Given
    admin.createTable(orders, descriptor().build());
    // When, Then
    assertThat(admin.listDatabases()).contains(database, TableAdmin.DEFAULT_DATABASE);
    assertThat(admin.findDatabase(database).orElseThrow().comment()).isEqualTo("all of it");
    assertThatThrownBy(() -> admin.createDatabase(database, null, Map.of()))
        .isInstanceOf(DatabaseExistsException.class);
    assertThatThrownBy(() -> admin.dropDatabase(database))
        .isInstanceOf(DatabaseNotEmptyException.class);
    // When
    admin.alterDatabase(database, "changed", Map.of("a", "b"));
    // Then
    assertThat(admin.findDatabase(database).orElseThrow().properties()).isEqualTo(Map.of("a", "b"));
    // When
    admin.dropDatabaseWithTables(database);
    // Then
    assertThat(admin.findDatabase(database)).isEmpty();
    assertThat(topics()).noneMatch(t -> t.contains(database));
    // When
    admin.createDatabase(database, null, Map.of());
    // Then
    assertThat(admin.listTables(database)).isEmpty();
  }

  private java.util.Set<String> topics() {
    try {
      return kafka.listTopics().names().get();
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }
}
