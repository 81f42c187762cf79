package io.fluss.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fluss.FlussException;
import io.fluss.partition.Partition;
import io.fluss.partition.PartitionName;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import io.fluss.testkit.kafka.SharedKafka;
import io.fluss.topic.TopicConflictException;
import io.fluss.topic.TopicNames;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PartitionAdminTest {

  private static final Instant NOW = Instant.parse("2025-06-17T12:00:00Z");

  private final String database = SharedKafka.uniqueDatabase();
  private final TablePath orders = TablePath.of(database, "orders");

  private TableAdmin admin;
  private Admin kafka;

  private static TableDescriptor.Builder descriptor() {
    return TableAdminTest.descriptor()
        .column("dt", new VarCharType(VarCharType.MAX_LENGTH))
        .partitionKeys(List.of("dt"))
        .buckets(2);
  }

  private static TableDescriptor.Builder automatic() {
    return descriptor()
        .option("table.auto-partition.enabled", "true")
        .option("table.auto-partition.time-zone", "UTC")
        .option("table.auto-partition.num-retention", "1");
  }

  @BeforeEach
  void open() {
    admin = TableAdmin.connect(TableAdminTest.config());
    kafka = Admin.create(SharedKafka.kafka().adminProperties());
    admin.createDatabase(database, null, Map.of());
  }

  @AfterEach
  void close() {
    admin.dropDatabaseWithTables(database);
    admin.close();
    kafka.close();
  }

  @Test
  void aPartitionIsATopicWithTheSettingsOfItsTable() throws Exception {
    // Given
    TableInfo table =
        admin.createTable(orders, descriptor().option("table.log.ttl", "1 d").build());
    assertThat(topics()).containsExactly(TopicNames.metadata(database));
    // When
    Partition created = admin.createPartition(table, PartitionName.of("a.b"));
    // Then
    assertThat(admin.table(orders)).isEqualTo(table);
    assertThat(created.topic()).isEqualTo(orders + ".a_2eb");
    assertThat(admin.listPartitions(table)).containsExactly(created);
    var topic =
        kafka.describeTopics(List.of(created.topic())).allTopicNames().get().get(created.topic());
    assertThat(topic.partitions()).hasSize(2);
    assertThat(topic.topicId()).hasToString(created.topicId());
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, created.topic());
    assertThat(
            kafka.describeConfigs(List.of(resource)).all().get().get(resource).get("retention.ms"))
        .returns("86400000", c -> c.value());
    assertThatThrownBy(() -> admin.createPartition(table, PartitionName.of("a.b")))
        .isInstanceOf(PartitionExistsException.class)
        .hasMessageContaining("dt=a.b");
    // When
    admin.dropPartition(table, PartitionName.of("a.b"));
    // Then
    assertThat(admin.listPartitions(table)).isEmpty();
    assertThatThrownBy(() -> admin.dropPartition(table, PartitionName.of("a.b")))
        .isInstanceOf(PartitionNotFoundException.class);
    // When
    Partition again = admin.createPartition(table, PartitionName.of("a.b"));
    // Then
    assertThat(again.topicId()).isNotEqualTo(created.topicId());
  }

  @Test
  void ofSeveralCreatorsAtOnceEachPartitionHasOne() throws Exception {
    // Given
    TableInfo table = admin.createTable(orders, descriptor().build());
    List<PartitionName> names =
        IntStream.range(0, 50).mapToObj(i -> PartitionName.of("p" + i)).toList();
    int clients = 4;
    CyclicBarrier start = new CyclicBarrier(clients);
    ExecutorService pool = Executors.newFixedThreadPool(clients);
    List<Future<Map<PartitionName, Partition>>> answers = new ArrayList<>();
    // When
    for (int i = 0; i < clients; i++) {
      answers.add(
          pool.submit(
              () -> {
                try (TableAdmin own = TableAdmin.connect(TableAdminTest.config())) {
                  start.await();
                  return own.createPartitions(table, names);
                }
              }));
    }
    // Then
    for (Future<Map<PartitionName, Partition>> answer : answers) {
      assertThat(answer.get()).isEqualTo(answers.get(0).get()).hasSize(names.size());
    }
    pool.shutdown();
    await().untilAsserted(() -> assertThat(topics()).hasSize(names.size() + 1));
  }

  @Test
  void droppingATableDropsItsPartitionsAndNobodyElsesTopics() throws Exception {
    // Given
    TableInfo table = admin.createTable(orders, descriptor().build());
    admin.createPartitions(table, List.of(PartitionName.of("a"), PartitionName.of("b")));
    String foreign = orders + ".a.b";
    kafka.createTopics(List.of(new NewTopic(foreign, 1, (short) 1))).all().get();
    // When
    admin.dropTable(orders);
    // Then
    assertThat(admin.findTable(orders)).isEmpty();
    await()
        .untilAsserted(
            () ->
                assertThat(topics())
                    .containsExactlyInAnyOrder(foreign, TopicNames.metadata(database)));
    // When
    TableInfo fresh = admin.createTable(orders, descriptor().build());
    // Then
    assertThat(admin.listPartitions(fresh)).isEmpty();
    kafka.deleteTopics(List.of(foreign)).all().get();
  }

  @Test
  void aDroppedTableGetsNoPartitions() throws Exception {
    // Given
    TableInfo dropped = admin.createTable(orders, descriptor().build());
    admin.dropTable(orders);
    // When // Then
    assertThatThrownBy(() -> admin.createPartition(dropped, PartitionName.of("a")))
        .isInstanceOf(TableNotFoundException.class);
    await()
        .untilAsserted(() -> assertThat(topics()).containsExactly(TopicNames.metadata(database)));
    // Given
    TableInfo fresh = admin.createTable(orders, descriptor().build());
    // When // Then
    assertThatThrownBy(() -> admin.createPartition(dropped, PartitionName.of("a")))
        .isInstanceOf(TableNotFoundException.class);
    await().untilAsserted(() -> assertThat(admin.listPartitions(fresh)).isEmpty());
  }

  @Test
  void topicsOfSomeoneElseAreNotTakenForPartitions() throws Exception {
    // Given
    kafka.createTopics(List.of(new NewTopic(orders + ".x", 1, (short) 1))).all().get();
    // When // Then
    assertThatThrownBy(() -> admin.createTable(orders, descriptor().build()))
        .isInstanceOf(TopicConflictException.class)
        .hasMessageContaining("belong to no table: [" + orders + ".x]");
    assertThat(admin.listTables(database)).isEmpty();
    // Given
    kafka.deleteTopics(List.of(orders + ".x")).all().get();
    TableInfo table = admin.createTable(orders, descriptor().build());
    kafka.createTopics(List.of(new NewTopic(orders + ".y", 1, (short) 1))).all().get();
    // When // Then
    assertThatThrownBy(
            () -> {
              admin.createPartitions(table, List.of(PartitionName.of("y")));
              admin.createPartition(table, PartitionName.of("y"));
            })
        .isInstanceOf(FlussException.class);
    kafka.deleteTopics(List.of(orders + ".y")).all().get();
  }

  @Test
  void aTableHasNoMorePartitionsThanItMay() throws Exception {
    // Given
    TableInfo table =
        admin.createTable(orders, descriptor().option("table.max-partitions", "3").build());
    admin.createPartitions(table, List.of(PartitionName.of("a"), PartitionName.of("b")));
    // When // Then
    assertThatThrownBy(
            () ->
                admin.createPartitions(
                    table,
                    List.of(PartitionName.of("b"), PartitionName.of("c"), PartitionName.of("d"))))
        .isInstanceOf(TooManyPartitionsException.class)
        .hasMessageContaining("Partition dt=c of table '" + orders + "' cannot be created, nor can")
        .hasMessageContaining("has 2 partitions, and 'table.max-partitions' allows 3");
    assertThat(admin.listPartitions(table)).hasSize(2);
  }

  @Test
  void partitionsComeAndGoByTheClock() {
    // When
    TableInfo table = admin.createTable(orders, automatic().build());
    // Then
    assertThat(admin.listPartitions(table)).as("created with the table").hasSize(2);
    // Given
    admin.createPartitions(
        table,
        Set.of(PartitionName.of("20250615"), PartitionName.of("20250616"), PartitionName.of("no")));
    // When
    PartitionChanges changes = admin.maintainPartitions(table, NOW);
    // Then
    assertThat(changes.created().stream().map(p -> p.name().values().get(0)))
        .containsExactlyInAnyOrder("20250617", "20250618");
    assertThat(changes.dropped().stream().map(p -> p.name().values().get(0)))
        .containsExactly("20250615");
    assertThat(admin.listPartitions(table).stream().map(p -> p.name().values().get(0)))
        .contains("20250616", "20250617", "20250618", "no")
        .doesNotContain("20250615");
    // When // Then
    assertThat(admin.maintainPartitions(table, NOW)).isEqualTo(PartitionChanges.NONE);
  }

  @Test
  void aTableKeepsTheTimeZoneOfItsCreator() {
    // When
    TableInfo table =
        admin.createTable(
            orders, descriptor().option("table.auto-partition.enabled", "true").build());
    // Then
    assertThat(table.options())
        .containsEntry("table.auto-partition.time-zone", ZoneId.systemDefault().getId());
  }

  private Set<String> topics() throws Exception {
    Set<String> topics = new TreeSet<>(kafka.listTopics().names().get());
    topics.removeIf(t -> !t.startsWith(database) && !t.equals(TopicNames.metadata(database)));
    return topics;
  }
}
