package io.fluss.acl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fluss.FlussException;
import io.fluss.acl.kafka.ListedGrant;
import io.fluss.admin.TableAdmin;
import io.fluss.admin.TableDescriptor;
import io.fluss.admin.TableNotFoundException;
import io.fluss.kafka.ClientConfig;
import io.fluss.metadata.MetadataRecord;
import io.fluss.metadata.MetadataStore;
import io.fluss.partition.PartitionName;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import io.fluss.testkit.kafka.EmbeddedKafka;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A grant on a table goes with the table, and is never one on another. */
class RenamedTableGrantsTest {

  private static final Principal TIM = Principal.user("tim");

  private static EmbeddedKafka kafka;
  private static TableAdmin admin;
  private static TableAdmin tims;
  private static int databases;

  private String database;
  private TablePath orders;
  private TablePath archive;

  @BeforeAll
  static void start() {
    kafka = EmbeddedKafka.builder().sasl(Map.of("admin", "a", "tim", "t"), "admin").start();
    admin = TableAdmin.connect(config(kafka.adminProperties()));
    tims = TableAdmin.connect(config(kafka.clientProperties("tim")));
  }

  @BeforeEach
  void createDatabase() {
    database = "d" + databases++;
    orders = TablePath.of(database, "orders");
    archive = TablePath.of(database, "archive");
    admin.createDatabase(database, null, Map.of());
  }

  @AfterEach
  void dropGrants() {
    admin.acls().drop(GrantFilter.ANY);
  }

  @AfterAll
  static void stop() {
    tims.close();
    admin.close();
    kafka.close();
  }

  @Test
  void aGrantGoesWithTheRenamedTableAndIsNotOnTheNextOfItsName() {
    // Given
    create(orders);
    admin.acls().add(grant(orders));

    // When
    admin.renameTable(orders, "archive");
    TableInfo next = create(orders);

    // Then
    awaitTimSees("archive");
    assertThat(next.topic()).doesNotStartWith(orders + ".");
    assertThatThrownBy(() -> tims.table(orders)).isInstanceOf(AccessRefusedException.class);
    assertThat(grants()).containsExactly(grant(archive));

    // When
    admin.acls().add(grant(orders));

    // Then
    awaitTimSees("archive", "orders");
    assertThat(grants()).containsExactly(grant(archive), grant(orders));
    assertThat(admin.acls().list(on(orders)).grants()).hasSize(1);

    // When
    assertThat(admin.acls().drop(on(archive))).containsExactly(grant(archive));

    // Then
    awaitTimSees("orders");
  }

  @Test
  void aGrantOnPartitionsDoesNotReachThoseOfTheNextTable() {
    // Given
    TableInfo first = createPartitioned(orders);
    admin.createPartition(first, PartitionName.of("a"));
    admin.acls().add(Grant.allow(AclResource.table(orders), TIM, Operation.DROP));
    admin.renameTable(orders, "archive");

    // When
    TableInfo next = createPartitioned(orders);
    admin.createPartition(next, PartitionName.of("a"));

    // Then
    assertThat(admin.listPartitions(admin.table(archive))).hasSize(1);
    awaitTimSees("archive");
    assertThatThrownBy(() -> tims.dropPartition(next, PartitionName.of("a")))
        .isInstanceOf(AccessRefusedException.class);
    tims.dropPartition(admin.table(archive), PartitionName.of("a"));
  }

  @Test
  void tablesThatHaveChangedNamesKeepTheirGrants() {
    // Given
    create(orders);
    create(archive);
    admin.acls().add(grant(orders));

    // When
    admin.renameTable(orders, "tmp");
    admin.renameTable(archive, "orders");
    admin.renameTable(TablePath.of(database, "tmp"), "archive");

    // Then
    awaitTimSees("archive");
    assertThat(grants()).containsExactly(grant(archive));
    admin.acls().add(grant(orders));
    awaitTimSees("archive", "orders");
    admin.acls().drop(on(archive));
    awaitTimSees("orders");
  }

  @Test
  void whatIsLeftOfADroppedTableIsNotOnTheNextOfItsFirstName() {
    // Given
    create(orders);
    admin.renameTable(orders, "archive");
    admin.acls().add(grant(archive));

    // When
    admin.dropTable(archive);
    TableInfo next = create(orders);

    // Then
    assertThat(next.topic()).isNotEqualTo(orders.toString());
    assertThat(tims.listTables(database)).isEmpty();
    assertThat(admin.acls().list(GrantFilter.ANY).grants())
        .singleElement()
        .satisfies(
            listed -> {
              assertThat(listed.grant()).isEqualTo(grant(orders));
              assertThat(listed.isVoid()).isTrue();
            });

    // When: and so on, with tables that never had a topic of their name
    admin.dropTable(orders);
    create(orders);

    // Then
    assertThat(tims.listTables(database)).isEmpty();
    assertThat(admin.acls().drop(on(orders))).containsExactly(grant(orders));
  }

  @Test
  void whatIsLeftOfADroppedTableThatTookItsNameIsShownAsVoid() {
    // Given
    create(orders);
    admin.renameTable(orders, "archive");
    create(orders);
    Grant deny =
        new Grant(AclResource.table(orders), Permission.DENY, TIM, Operation.READ, Grant.ANY_HOST);
    admin.acls().add(deny);

    // When
    admin.dropTable(orders);
    create(orders);

    // Then
    assertThat(admin.acls().list(GrantFilter.ANY).grants())
        .singleElement()
        .satisfies(
            listed -> {
              assertThat(listed.grant().permission()).isEqualTo(Permission.DENY);
              assertThat(listed.grant().resource()).isNotEqualTo(deny.resource());
              assertThat(listed.isVoid()).isTrue();
            });
    assertThat(admin.acls().drop(on(orders))).isEmpty();
  }

  @Test
  void aGrantOnANameThatIsNotThereIsForTheTableCreatedByIt() {
    // Given
    admin.acls().add(grant(orders));
    create(archive);

    // When
    create(orders);

    // Then
    awaitTimSees("orders");

    // When
    admin.dropTable(orders);
    create(orders);

    // Then
    awaitTimSees("orders");
    assertThat(admin.acls().list(GrantFilter.ANY).grants())
        .extracting(ListedGrant::isVoid)
        .containsExactly(false);
  }

  @Test
  void aNameWhoseTopicIsAnothersCannotBeGrantedBeforehand() {
    // Given
    create(orders);
    admin.renameTable(orders, "archive");

    // When, Then
    assertThatThrownBy(() -> admin.acls().add(grant(orders)))
        .isInstanceOf(FlussException.class)
        .hasMessage(
            "Rights on table '%1$s' cannot be granted or denied: there is no table of that name, and topic '%1$s' is that of table '%2$s', which was renamed. Create the table first, or grant them on the database: 'cluster.%3$s'."
                .formatted(orders, archive, database));

    // When: what the message says
    create(orders);
    admin.acls().add(grant(orders));

    // Then
    awaitTimSees("orders");

    // When
    admin.dropTable(archive);
    admin.dropTable(orders);

    // Then
    assertThatThrownBy(() -> admin.acls().add(grant(orders)))
        .hasMessageContaining("was that of a table that was renamed and dropped. Create the table");
  }

  @Test
  void whatARefusalAdvisesWorksForARenamedTable() {
    // Given
    create(orders);
    admin.renameTable(orders, "archive");
    create(orders);
    for (TablePath table : List.of(orders, archive)) {

      // When, Then
      assertThatThrownBy(() -> tims.dropTable(table)).isInstanceOf(AccessRefusedException.class);
      Grant advised = Grant.allow(AclResource.table(table), TIM, Operation.DROP);
      admin.acls().add(advised);
      await()
          .ignoreException(AccessRefusedException.class)
          .until(
              () -> {
                tims.dropTable(table);
                return true;
              });
    }
  }

  @Test
  void whoIsDeniedOneDatabaseDropsGrantsAllTheSame() {
    // Given
    Grant deny =
        new Grant(AclResource.database(database), Permission.DENY, TIM, Operation.DESCRIBE, "*");
    TablePath other = TablePath.of(database + "_other", "t");
    Principal somebody = Principal.user("somebody");
    Grant hidden = Grant.allow(AclResource.table(orders), somebody, Operation.READ);
    Grant seen = Grant.allow(AclResource.table(other), somebody, Operation.READ);
    create(orders);
    admin.createDatabase(other.database(), null, Map.of());
    create(other);
    admin.acls().add(hidden);
    admin.acls().add(seen);
    admin.acls().add(deny);
    admin.acls().add(Grant.allow(AclResource.cluster(), TIM, Operation.ALL));
    await()
        .ignoreException(AccessRefusedException.class)
        .untilAsserted(
            () -> assertThat(tims.acls().list(GrantFilter.of(seen)).grants()).hasSize(1));
    await()
        .untilAsserted(
            () ->
                assertThatThrownBy(() -> tims.findDatabase(database))
                    .isInstanceOf(AccessRefusedException.class));

    // When, Then
    assertThat(tims.acls().drop(GrantFilter.of(seen))).containsExactly(seen);
    assertThat(tims.acls().drop(on(orders))).containsExactly(hidden);
    assertThat(tims.acls().drop(GrantFilter.of(deny))).containsExactly(deny);
  }

  @Test
  void aTableWhoseRecordCannotBeReadIsDroppedByWhoMayDropTheDatabase() {
    // Given
    create(orders);
    TablePath broken = TablePath.of(database, "broken");
    ClientConfig config = config(kafka.adminProperties());
    try (Admin client = Admin.create(config.toKafka());
        MetadataStore store = new MetadataStore(config, client)) {
      store.change(
          database, seen -> List.of(new MetadataRecord("table/broken", "{\"version\":99}")));
    }
    admin.acls().add(Grant.allow(AclResource.table(orders), TIM, Operation.ALL));
    admin.acls().add(Grant.allow(AclResource.database(database), TIM, Operation.ALTER));
    awaitTimSees("broken", "orders");

    // When, Then
    assertThatThrownBy(() -> tims.dropTable(broken))
        .isInstanceOf(AccessRefusedException.class)
        .hasMessageStartingWith("Table '" + broken + "' cannot be dropped, as its record cannot be")
        .hasMessageContaining("User:tim has no right to DROP on 'cluster." + database + "'.");
    assertThat(admin.tableExists(broken)).isTrue();

    // When
    admin.acls().add(Grant.allow(AclResource.database(database), TIM, Operation.DROP));

    // Then
    await()
        .ignoreException(AccessRefusedException.class)
        .until(
            () -> {
              tims.dropTable(broken);
              return true;
            });
    assertThatThrownBy(() -> admin.table(broken)).isInstanceOf(TableNotFoundException.class);
  }

  private static TableInfo create(TablePath path) {
    return admin.createTable(path, columns().build());
  }

  private static TableInfo createPartitioned(TablePath path) {
    return admin.createTable(path, columns().partitionKeys(List.of("day")).build());
  }

  private static TableDescriptor.Builder columns() {
    return TableDescriptor.builder()
        .column("id", new BigIntType(false))
        .column("day", new VarCharType(false, 10))
        .buckets(1);
  }

  private static Grant grant(TablePath table) {
    return Grant.allow(AclResource.table(table), TIM, Operation.DESCRIBE);
  }

  private static GrantFilter on(TablePath table) {
    return new GrantFilter(AclResource.table(table), null, null, null, null);
  }

  private static List<Grant> grants() {
    return admin.acls().list(GrantFilter.ANY).grants().stream().map(ListedGrant::grant).toList();
  }

  private void awaitTimSees(String... tables) {
    await()
        .ignoreException(AccessRefusedException.class)
        .untilAsserted(() -> assertThat(tims.listTables(database)).containsExactly(tables));
  }

  private static ClientConfig config(Properties properties) {
    return new ClientConfig(
        properties.getProperty("bootstrap.servers"),
        properties.stringPropertyNames().stream()
            .filter(key -> !key.equals("bootstrap.servers"))
            .collect(Collectors.toMap(key -> key, properties::getProperty)));
  }
}
