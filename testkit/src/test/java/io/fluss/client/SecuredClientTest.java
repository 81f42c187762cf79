package io.fluss.client;

import static io.fluss.client.ClientTables.order;
import static io.fluss.client.ClientTables.orders;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fluss.acl.AccessRefusedException;
import io.fluss.acl.AclResource;
import io.fluss.acl.Grant;
import io.fluss.acl.Operation;
import io.fluss.acl.Principal;
import io.fluss.admin.TableAdmin;
import io.fluss.admin.TableRules;
import io.fluss.client.lookup.Lookuper;
import io.fluss.client.scan.BatchScanner;
import io.fluss.client.table.Table;
import io.fluss.client.write.AppendWriter;
import io.fluss.client.write.UpsertWriter;
import io.fluss.kafka.ClientConfig;
import io.fluss.lake.LakeAppender;
import io.fluss.lake.LakeBucket;
import io.fluss.lake.LakeOffsets;
import io.fluss.lake.LakeStorage;
import io.fluss.lake.TopicOffsets;
import io.fluss.read.BatchRows;
import io.fluss.read.LogBatch;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import io.fluss.testkit.kafka.EmbeddedKafka;
import io.fluss.testkit.kafka.SharedKafka;
import io.fluss.testkit.lake.MemoryLakeFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The Java client at brokers that ask who it is and what it may. */
class SecuredClientTest {

  private static final String SHOP = "shop";
  private static final String LAKE = SharedKafka.uniqueName("lake");

  private static EmbeddedKafka kafka;
  private static TableAdmin admin;

  @BeforeAll
  static void start() {
    kafka =
        EmbeddedKafka.builder()
            .sasl(Map.of("admin", "a", "tim", "tims", "eve", "eves"), "admin")
            .scram()
            .start();
    Map<String, String> properties =
        kafka.adminProperties().stringPropertyNames().stream()
            .collect(Collectors.toMap(k -> k, kafka.adminProperties()::getProperty));
    String servers = properties.remove("bootstrap.servers");
    admin = TableAdmin.connect(new ClientConfig(servers, properties));
    admin.createDatabase(SHOP, null, Map.of());
  }

  @AfterAll
  static void stop() {
    admin.close();
    kafka.close();
  }

  @Test
  void aWrongPasswordIsToldWithinSecondsWithUserAndMechanism() {
    // Given
    Map<String, String> options = login("tim", "hunter2");
    long start = System.nanoTime();
    try (Connection connection = ConnectionFactory.createConnection(options)) {

      // When, Then
      assertThatThrownBy(() -> connection.getTable(TablePath.of(SHOP, "t")))
          .hasMessageContaining("Kafka at '" + kafka.bootstrapServers() + "' refuses the login of")
          .hasMessageContaining("user 'tim' (SASL_PLAINTEXT, mechanism SCRAM-SHA-256)")
          .hasMessageNotContaining("hunter2");
      assertThatThrownBy(() -> connection.getAdmin().listDatabases().join())
          .hasMessageContaining("user 'tim' (SASL_PLAINTEXT, mechanism SCRAM-SHA-256)");
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
  }

  @Test
  void aMissingLoginIsToldWithinSeconds() {
    // Given
    long start = System.nanoTime();
    try (Connection connection =
        ConnectionFactory.createConnection(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {

      // When, Then
      assertThatThrownBy(() -> connection.getTable(TablePath.of(SHOP, "t")))
          .hasMessageContaining("asks for a login by SASL (mechanisms PLAIN, SCRAM-SHA-256,");
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
  }

  @Test
  void whoLogsInWritesReadsAndLooksUpRows() throws Exception {
    // Given
    TablePath log = TablePath.of(SHOP, "log");
    TablePath keyed = TablePath.of(SHOP, "keyed");
    admin.createTable(log, orders().buckets(1).build());
    admin.createTable(keyed, orders().primaryKey(List.of("id")).buckets(1).build());
    for (TablePath table : List.of(log, keyed)) {
      for (Operation operation : List.of(Operation.READ, Operation.WRITE)) {
        grant(table, "tim", operation);
      }
    }
    try (Connection connection = ConnectionFactory.createConnection(login("tim", "tims"))) {

      // When
      Table appended = awaitTable(connection, log);
      try (AppendWriter writer = appended.newAppend().createWriter()) {
        writer.append(order(1, "a", 1));
      }
      Table upserted = awaitTable(connection, keyed);
      try (UpsertWriter writer = upserted.newUpsert().createWriter()) {
        writer.upsert(order(2, "b", 2));
      }

      // Then
      assertThat(ids(appended)).containsExactly(1L);
      assertThat(ids(upserted)).containsExactly(2L);
      try (Lookuper lookuper = upserted.newLookup().createLookuper()) {
        assertThat(lookuper.lookup(GenericRowData.of(2L)).get().getRowList()).hasSize(1);
      }
    }
  }

  @Test
  void rowsThatOnlyTheLakeHasAreReadByWhoMayReadTheTable() throws Exception {
    // Given
    TablePath path = TablePath.of(SHOP, "tiered");
    TableInfo table =
        admin.createTable(
            path,
            orders()
                .buckets(1)
                .option("table.datalake.enabled", "true")
                .option("table.datalake.format", "memory")
                .build(),
            TableRules.standard().withLakes(List.of(new MemoryLakeFormat())));
    putIntoLake(table, order(7, "lake", 7));
    grant(path, "eve", Operation.DESCRIBE);
    grant(path, "tim", Operation.READ);

    // When, Then
    try (Connection eves = ConnectionFactory.createConnection(login("eve", "eves"))) {
      Table seen = awaitTable(eves, path);
      assertThatThrownBy(() -> ids(seen))
          .isInstanceOf(AccessRefusedException.class)
          .hasMessageContaining("User:eve has no right to READ on 'cluster." + path + "'");
    }
    try (Connection tims = ConnectionFactory.createConnection(login("tim", "tims"))) {
      assertThat(ids(awaitTable(tims, path))).containsExactly(7L);
    }
  }

  private static void grant(TablePath table, String user, Operation operation) {
    admin.acls().add(Grant.allow(AclResource.table(table), Principal.user(user), operation));
  }

  /** Its log is empty, and was when this was tiered. */
  private static void putIntoLake(TableInfo table, RowData row) {
    try (LakeStorage lake = new MemoryLakeFormat().open(Map.of(MemoryLakeFormat.NAME, LAKE))) {
      lake.createTable(table);
      byte[] written;
      try (LakeAppender appender = lake.appender(table, new LakeBucket(null, 0))) {
        appender.append(LogBatch.ofRecord(0, 0, 1000, 1, new One(row)));
        written = appender.finish();
      }
      lake.committer(table)
          .commit(
              List.of(written),
              LakeOffsets.NONE,
              new LakeOffsets(
                  List.of(
                      new TopicOffsets(
                          null, table.topicId(), List.of(0L), System.currentTimeMillis()))));
    }
  }

  private record One(RowData row) implements BatchRows {

    @Override
    public int rowCount() {
      return 1;
    }

    @Override
    public RowData row(int index) {
      return row;
    }
  }

  private static Map<String, String> login(String user, String password) {
    Map<String, String> options = new HashMap<>();
    options.put("bootstrap.servers", kafka.bootstrapServers());
    options.put("client.security.protocol", "SASL");
    options.put("client.security.sasl.mechanism", "SCRAM-SHA-256");
    options.put("client.security.sasl.username", user);
    options.put("client.security.sasl.password", password);
    options.put("datalake.memory.name", LAKE);
    return options;
  }

  /** Brokers learn of a grant within moments. */
  private static Table awaitTable(Connection connection, TablePath path) {
    return await()
        .ignoreException(AccessRefusedException.class)
        .until(() -> connection.getTable(path), t -> true);
  }

  private static List<Long> ids(Table table) throws Exception {
    List<Long> ids = new ArrayList<>();
    try (BatchScanner scanner = table.newScan().createBatchScanner()) {
      for (CloseableIterator<RowData> batch = scanner.pollBatch(Duration.ofSeconds(10));
          batch != null;
          batch = scanner.pollBatch(Duration.ofSeconds(10))) {
        batch.forEachRemaining(row -> ids.add(row.getLong(0)));
      }
    }
    return ids;
  }
}
