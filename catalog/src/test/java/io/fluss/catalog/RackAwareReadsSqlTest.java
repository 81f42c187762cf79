package io.fluss.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fluss.testkit.kafka.EmbeddedKafka;
import io.fluss.testkit.kafka.SharedKafka;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Three brokers in three racks, each with a replica of every bucket. How many bytes each broker
 * served is told by the brokers, and by the consumers, which count what comes from each node.
 */
@SuppressWarnings("try") // closing an iterator of Flink may throw anything
class RackAwareReadsSqlTest {

  /** A variable that every process has; broker 1 is in the rack it names. */
  private static final String VARIABLE = "PATH";

  private static final List<String> RACKS = List.of("rack-0", System.getenv(VARIABLE), "rack-2");
  private static final int ROWS = 10_000;

  /** Three random UUIDs a row: 48 bytes that no codec removes. */
  private static final double DATA_BYTES = ROWS * 48.0;

  /** Answers to questions about topics, and fetches before the leader sends a reader elsewhere. */
  private static final double FEW_BYTES = DATA_BYTES / 20;

  /** The same of all clients and brokers together. */
  private static final double QUESTIONS = DATA_BYTES / 4;

  private static EmbeddedKafka kafka;

  private final String database = SharedKafka.uniqueDatabase();
  private final TableEnvironment batch = TableEnvironment.create(EnvironmentSettings.inBatchMode());
  private final TableEnvironment streaming =
      TableEnvironment.create(EnvironmentSettings.inStreamingMode());

  @BeforeAll
  static void startBrokers() {
    kafka =
        EmbeddedKafka.builder()
            .brokers(3)
            .racks(RACKS)
            .brokerProperty("default.replication.factor", "3")
            .brokerProperty(
                "replica.selector.class",
                "org.apache.kafka.common.replica.RackAwareReplicaSelector")
            .countBytes()
            .start();
  }

  @AfterAll
  static void stopBrokers() {
    kafka.close();
  }

  @BeforeEach
  void createDatabase() {
    useDatabase(batch);
    useDatabase(streaming);
  }

  private void useDatabase(TableEnvironment flink) {
    flink.executeSql(
        "CREATE CATALOG c WITH ('type' = 'fluss', 'bootstrap.servers' = '%s')"
            .formatted(kafka.bootstrapServers()));
    flink.executeSql("USE CATALOG c");
    flink.executeSql("CREATE DATABASE IF NOT EXISTS " + database);
    flink.executeSql("USE " + database);
  }

  @Test
  void aScanReadsFromTheReplicaInItsRackAndFromNoOther() throws Exception {
    // Given
    Placed table = create("", broker -> broker != 0);
    write(table);

    // When
    try (CloseableIterator<Row> rows = read(table, RACKS.get(table.near()))) {
      take(rows, ROWS);

      // Then
      assertServedBy(table.near(), "read-" + table.topic());
    }
  }

  @Test
  void aScanWithoutARackReadsFromTheLeader() throws Exception {
    // Given
    Placed table = create("", broker -> true);
    write(table);

    // When
    try (CloseableIterator<Row> rows =
        streaming.executeSql("SELECT * FROM " + table.name()).collect()) {
      take(rows, ROWS);

      // Then
      assertServedBy(table.leader(), "read-" + table.topic());
    }
  }

  @Test
  void aRackIsTakenFromTheEnvironmentOfTheTaskManager() throws Exception {
    // Given
    Placed table = create("", broker -> broker != 1);
    write(table);

    // When
    try (CloseableIterator<Row> rows = read(table, "env:" + VARIABLE)) {
      take(rows, ROWS);

      // Then
      assertServedBy(1, "read-" + table.topic());
    }
  }

  /** This process, where the job is planned, has no such variable. */
  @Test
  void theEnvironmentIsTheTaskManagersAndNotTheClients() throws Exception {
    // Given
    Placed table = create("", broker -> broker != 0);
    write(table);
    assertThat(System.getenv()).doesNotContainKey("RACK_OF_TASKS");

    try (FlinkProcess flink =
        FlinkProcess.start(Map.of("RACK_OF_TASKS", RACKS.get(table.near())))) {
      TableEnvironment remote =
          TableEnvironment.create(
              EnvironmentSettings.newInstance()
                  .inStreamingMode()
                  .withConfiguration(flink.clientConfiguration())
                  .build());
      useDatabase(remote);
      Sent before = Sent.now();

      // When
      try (CloseableIterator<Row> rows =
          remote.executeSql(readFrom(table, "env:RACK_OF_TASKS")).collect()) {
        take(rows, ROWS);
      }

      // Then
      assertThat(before.sentSince(table.near())).isGreaterThan(DATA_BYTES);
      assertThat(before.sentSince(table.leader())).isLessThan(QUESTIONS);
    }
  }

  @Test
  void aTableWithPrimaryKeyIsReadFromTheReplicaInTheRack() throws Exception {
    // Given
    Placed table = create(", PRIMARY KEY (id) NOT ENFORCED", broker -> broker != 0);
    write(table);

    // When
    try (CloseableIterator<Row> rows = read(table, RACKS.get(table.near()))) {
      take(rows, ROWS);

      // Then
      assertServedBy(table.near(), "read-" + table.topic());
    }
  }

  @Test
  void aLookupJoinReadsFromTheReplicaInItsRack() throws Exception {
    // Given
    Placed table = create(", PRIMARY KEY (id) NOT ENFORCED", broker -> broker != 0);
    write(table);
    batch.executeSql("CREATE TABLE probes (id BIGINT)");
    batch.executeSql("INSERT INTO probes VALUES (17)").await();

    // When
    String join =
        """
        SELECT p.id, d.text
        FROM (SELECT id, PROCTIME() AS now_is FROM probes) AS p
        JOIN %s /*+ OPTIONS('client.rack' = '%s') */ FOR SYSTEM_TIME AS OF p.now_is AS d
        ON p.id = d.id"""
            .formatted(table.name(), RACKS.get(table.near()));
    try (CloseableIterator<Row> rows = streaming.executeSql(join).collect()) {
      take(rows, 1);

      // Then
      assertServedBy(table.near(), "lookup-" + table.topic());
    }
  }

  /** Broker 0 is the controller and has to stay. */
  @Test
  void readingGoesOnWhenTheNearestReplicaLeavesAndWhenTheLeaderDoes() throws Exception {
    // Given
    Placed table = create("", broker -> broker != 0);
    try (CloseableIterator<Row> rows = read(table, RACKS.get(table.near()))) {
      write(table);
      take(rows, ROWS);

      // When
      kafka.stopBroker(table.near());
      write(table);

      // Then
      take(rows, ROWS);
      kafka.startBroker(table.near());
      awaitReplicas(table, 3);

      // When
      kafka.stopBroker(table.leader());
      write(table);

      // Then
      take(rows, ROWS);
    } finally {
      kafka.startBroker(table.leader());
      awaitReplicas(table, 3);
    }
  }

  /** Broker 0 is the controller and has to stay. */
  @Test
  void aReaderLeavesTheLeaderInItsRackWhenThatFailsAndReturnsWhenItIsBack() throws Exception {
    // Given
    Placed table = create("", broker -> broker != 0);
    int home = table.leader();
    write(table);
    try (CloseableIterator<Row> rows = read(table, RACKS.get(home))) {
      Sent before = Sent.now();
      take(rows, ROWS);
      assertThat(before.sentSince(home)).isGreaterThan(DATA_BYTES);

      // When
      kafka.stopBroker(home);
      try {
        write(table);

        // Then
        take(rows, ROWS);
      } finally {
        kafka.startBroker(home);
        awaitReplicas(table, 3);
      }

      // When: it is back, as a follower, which sends to nobody but the reader
      int leader = leader(table.topic());
      int other = 3 - home - leader;
      assertThat(leader).isNotEqualTo(home);
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(
              () -> {
                Sent start = Sent.now();
                write(table);
                take(rows, ROWS);

                // Then: the leader sent to two followers, and not to the reader
                assertThat(start.sentSince(home)).isGreaterThan(DATA_BYTES);
                assertThat(start.sentSince(leader)).isLessThan(2.5 * start.sentSince(home));
                assertThat(start.sentSince(other)).isLessThan(QUESTIONS);
              });
    }
  }

  @Test
  void brokersSendRowsFromTheRackOfTheReaderAndFromNoOther() throws Exception {
    // Given
    Placed table = create("", broker -> broker != 0);
    write(table);
    Sent before = Sent.now();

    // When
    try (CloseableIterator<Row> rows = read(table, RACKS.get(table.near()))) {
      take(rows, ROWS);
    }

    // Then
    assertThat(before.sentSince(table.near())).isGreaterThan(DATA_BYTES);
    IntStream.of(0, 1, 2)
        .filter(broker -> broker != table.near())
        .forEach(broker -> assertThat(before.sentSince(broker)).isLessThan(QUESTIONS));
  }

  // ------------------------------------------------------------------------------------ help

  /**
   * A table of one bucket.
   *
   * @param near a broker other than the leader, and not 0 where there is a choice
   */
  private record Placed(String name, String topic, int leader, int near) {}

  private interface Brokers {
    boolean have(int broker);
  }

  /**
   * What the brokers had sent at some time, by their own metrics. Followers have all that was
   * written and acknowledged, so that in between they fetch nothing.
   */
  private record Sent(List<Long> bytes) {

    static Sent now() {
      return new Sent(IntStream.of(0, 1, 2).mapToObj(kafka::bytesSent).toList());
    }

    double sentSince(int broker) {
      return kafka.bytesSent(broker) - bytes.get(broker);
    }
  }

  private static int leader(String topic) throws Exception {
    return describe(topic).partitions().get(0).leader().id();
  }

  /** Creates tables until one has its leader where it is wanted. */
  private Placed create(String constraints, Brokers leaders) throws Exception {
    while (true) {
      String name = SharedKafka.uniqueName("t");
      batch.executeSql(
          "CREATE TABLE %s (id BIGINT, text STRING%s) WITH ('table.replication.factor' = '3')"
              .formatted(name, constraints));
      int leader = leader(database + "." + name);
      if (leaders.have(leader)) {
        int near = IntStream.of(2, 1).filter(b -> b != leader).findFirst().orElseThrow();
        return new Placed(name, database + "." + name, leader, near);
      }
    }
  }

  private static TopicDescription describe(String topic) throws Exception {
    try (Admin admin = Admin.create(kafka.adminProperties())) {
      return admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic);
    }
  }

  private static void awaitReplicas(Placed table, int inSync) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> describe(table.topic()).partitions().get(0).isr().size() == inSync);
  }

  private void write(Placed table) throws Exception {
    String digits = "(VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9))";
    batch
        .executeSql(
            """
            INSERT INTO %1$s
            SELECT a.n * 1000 + b.n * 100 + c.n * 10 + d.n, UUID() || UUID() || UUID()
            FROM %2$s AS a (n), %2$s AS b (n), %2$s AS c (n), %2$s AS d (n)"""
                .formatted(table.name(), digits))
        .await();
  }

  private CloseableIterator<Row> read(Placed table, String rack) {
    return streaming.executeSql(readFrom(table, rack)).collect();
  }

  private static String readFrom(Placed table, String rack) {
    return "SELECT * FROM %s /*+ OPTIONS('client.rack' = '%s') */".formatted(table.name(), rack);
  }

  private static void take(CloseableIterator<Row> rows, int count) {
    for (int taken = 0; taken < count; taken++) {
      assertThat(rows.hasNext()).isTrue();
      rows.next();
    }
  }

  private static void assertServedBy(int broker, String clientId) throws JMException {
    Map<Integer, Double> served = bytesByBroker(clientId);
    assertThat(served.get(broker)).as("bytes by broker: " + served).isGreaterThan(DATA_BYTES);
    served.remove(broker);
    assertThat(served.values()).as("bytes by other brokers").allMatch(b -> b < FEW_BYTES);
  }

  /** What consumers with this client id have received from each broker. */
  private static Map<Integer, Double> bytesByBroker(String clientId) throws JMException {
    MBeanServer metrics = ManagementFactory.getPlatformMBeanServer();
    Map<Integer, Double> bytes = new TreeMap<>(Map.of(0, 0.0, 1, 0.0, 2, 0.0));
    for (ObjectName node :
        metrics.queryNames(new ObjectName("kafka.consumer:type=consumer-node-metrics,*"), null)) {
      String id = node.getKeyProperty("node-id").replace("node-", "");
      if (node.getKeyProperty("client-id").contains(clientId) && bytes.containsKey(idOf(id))) {
        bytes.merge(
            idOf(id), (Double) metrics.getAttribute(node, "incoming-byte-total"), Double::sum);
      }
    }
    return bytes;
  }

  /** Bootstrap nodes have negative ids, those of coordinators are very large. */
  private static int idOf(String node) {
    long id = Long.parseLong(node);
    return id > 2 ? -1 : (int) id;
  }
}
