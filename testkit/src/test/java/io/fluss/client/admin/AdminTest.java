package io.fluss.client.admin;

import static io.fluss.client.ClientTables.order;
import static io.fluss.client.ClientTables.orders;
import static io.fluss.client.ClientTables.ordersByDay;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.FlussException;
import io.fluss.acl.AclResource;
import io.fluss.acl.Grant;
import io.fluss.acl.GrantFilter;
import io.fluss.acl.Operation;
import io.fluss.acl.Principal;
import io.fluss.admin.DatabaseExistsException;
import io.fluss.admin.DatabaseNotEmptyException;
import io.fluss.admin.InvalidTableException;
import io.fluss.admin.OptionChange;
import io.fluss.admin.PartitionExistsException;
import io.fluss.admin.PartitionNotFoundException;
import io.fluss.admin.TableAlteration;
import io.fluss.admin.TableExistsException;
import io.fluss.admin.TableNotFoundException;
import io.fluss.client.ClientTables;
import io.fluss.client.Connection;
import io.fluss.client.ConnectionFactory;
import io.fluss.client.write.AppendWriter;
import io.fluss.metadata.DatabaseNotFoundException;
import io.fluss.partition.Partition;
import io.fluss.partition.PartitionName;
import io.fluss.table.TablePath;
import io.fluss.testkit.kafka.EmbeddedKafka;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.VarCharType;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdminTest {

  private final ClientTables tables = ClientTables.open();
  private final Admin admin = tables.connection().getAdmin();

  @AfterEach
  void close() {
    tables.close();
  }

  private static void assertFails(
      CompletableFuture<?> call, Class<? extends FlussException> failure) {
    assertThatThrownBy(call::get).hasCauseInstanceOf(failure);
  }

  @Test
  void databasesComeAndGo() {
    // Given
    String name = tables.database() + "_2";
    // When
    admin.createDatabase(name, new DatabaseDescriptor("mine", Map.of("k", "v")), false).join();
    // Then
    assertThat(admin.databaseExists(name).join()).isTrue();
    assertThat(admin.listDatabases().join()).contains(name, tables.database());
    assertThat(admin.getDatabaseInfo(name).join().comment()).isEqualTo("mine");
    assertFails(
        admin.createDatabase(name, DatabaseDescriptor.EMPTY, false), DatabaseExistsException.class);
    admin.createDatabase(name, DatabaseDescriptor.EMPTY, true).join();
    // When
    admin.alterDatabase(name, new DatabaseDescriptor("yours", Map.of()), false).join();
    admin.createTable(TablePath.of(name, "t"), orders().build(), false).join();
    // Then
    assertThat(admin.getDatabaseInfo(name).join().comment()).isEqualTo("yours");
    assertFails(admin.dropDatabase(name, false, false), DatabaseNotEmptyException.class);
    // When
    admin.dropDatabase(name, false, true).join();
    // Then
    assertThat(admin.databaseExists(name).join()).isFalse();
    assertFails(admin.dropDatabase(name, false, true), DatabaseNotFoundException.class);
    admin.dropDatabase(name, true, true).join();
    assertFails(admin.getDatabaseInfo(name), DatabaseNotFoundException.class);
    assertFails(admin.listTables(name), DatabaseNotFoundException.class);
  }

  @Test
  void tablesComeChangeAndGo() {
    // Given
    TablePath path = tables.path("t");
    // When
    admin.createTable(path, orders().buckets(2).build(), false).join();
    // Then
    assertThat(admin.tableExists(path).join()).isTrue();
    assertThat(admin.getTableInfo(path).join().buckets()).isEqualTo(2);
    assertThat(admin.getTableSchema(path).join().rowType().getFieldNames())
        .containsExactly("id", "item", "amount");
    assertThat(admin.getTableSchema(path, 1).join()).isEqualTo(admin.getTableSchema(path).join());
    assertThatThrownBy(() -> admin.getTableSchema(path, 2).join())
        .hasMessageContaining("no schema version 2; the newest is 1");
    assertFails(admin.createTable(path, orders().build(), false), TableExistsException.class);
    admin.createTable(path, orders().build(), true).join();
    assertThatThrownBy(
            () ->
                admin
                    .createTable(
                        tables.path("bad"),
                        orders().option("nonsense", "1").primaryKey(List.of("none")).build(),
                        false)
                    .join())
        .hasCauseInstanceOf(InvalidTableException.class)
        .hasMessageContaining("nonsense")
        .hasMessageContaining("none");
    // When
    admin
        .alterTable(
            path,
            TableAlteration.of(
                new OptionChange(Map.of("client.writer.batch-size", "1 mb"), Set.of())),
            false)
        .join();
    // Then
    assertThat(admin.getTableInfo(path).join().options())
        .containsEntry("client.writer.batch-size", "1 mb");
    assertThatThrownBy(
            () ->
                admin
                    .alterTable(
                        path,
                        TableAlteration.of(new OptionChange(Map.of("bucket.key", "id"), Set.of())),
                        false)
                    .join())
        .hasMessageContaining("'bucket.key'");
    // When
    admin.renameTable(path, "u").join();
    // Then
    assertThat(admin.listTables(tables.database()).join()).containsExactly("u");
    assertFails(admin.getTableInfo(path), TableNotFoundException.class);
    // When
    admin.dropTable(tables.path("u"), false).join();
    // Then
    assertFails(admin.dropTable(tables.path("u"), false), TableNotFoundException.class);
    admin.dropTable(tables.path("u"), true).join();
  }

  @Test
  void partitionsAreListedByPartOfTheirValues() {
    // Given
    TablePath path = tables.path("t");
    admin
        .createTable(
            path,
            orders()
                .column("dt", new VarCharType(false, 10))
                .column("region", new VarCharType(false, 10))
                .partitionKeys(List.of("dt", "region"))
                .buckets(1)
                .build(),
            false)
        .join();
    // When
    for (String region : List.of("eu", "us")) {
      admin.createPartition(path, Map.of("dt", "mon", "region", region), false).join();
    }
    admin.createPartition(path, Map.of("dt", "tue", "region", "eu"), false).join();
    // Then
    Awaitility.await()
        .untilAsserted(() -> assertThat(admin.listPartitionInfos(path).join()).hasSize(3));
    assertThat(admin.listPartitionInfos(path, Map.of("region", "eu")).join())
        .extracting(Partition::name)
        .containsExactly(PartitionName.of("mon", "eu"), PartitionName.of("tue", "eu"));
    assertThatThrownBy(() -> admin.listPartitionInfos(path, Map.of("id", "1")).join())
        .hasMessageContaining("'id' is not a partition key");
    assertThatThrownBy(() -> admin.createPartition(path, Map.of("dt", "x"), false).join())
        .hasMessageContaining("no value for 'region'");
    Map<String, String> first = Map.of("dt", "mon", "region", "eu");
    assertFails(admin.createPartition(path, first, false), PartitionExistsException.class);
    admin.createPartition(path, first, true).join();
    // When
    admin.dropPartition(path, first, false).join();
    // Then
    assertFails(admin.dropPartition(path, first, false), PartitionNotFoundException.class);
    admin.dropPartition(path, first, true).join();
    admin.createTable(tables.path("plain"), orders().build(), false).join();
    assertThatThrownBy(() -> admin.listPartitionInfos(tables.path("plain")).join())
        .hasMessageContaining("no partition keys");
  }

  @Test
  void offsetsAreThoseOfTheRows() {
    // Given
    var table = tables.create("t", orders().buckets(2).bucketKey("id"));
    var days = tables.create("days", ordersByDay().buckets(1));
    long end;
    int bucket;
    long before = System.currentTimeMillis();
    try (AppendWriter writer = table.newAppend().createWriter();
        AppendWriter toDays = days.newAppend().createWriter()) {
      var first = writer.append(order(1, "a", 1)).join();
      bucket = first.getBucket().bucket();
      end = first.getLogEndOffset();
      toDays.append(order(1, "a", 1, "mon")).join();
    }
    // When, Then
    TablePath path = tables.path("t");
    assertThat(admin.listOffsets(path, List.of(0, 1), OffsetSpec.earliest()).join())
        .containsExactlyInAnyOrderEntriesOf(Map.of(0, 0L, 1, 0L));
    assertThat(admin.listOffsets(path, List.of(0, 1), OffsetSpec.latest()).join())
        .containsExactlyInAnyOrderEntriesOf(Map.of(bucket, end, 1 - bucket, 0L));
    assertThat(admin.listOffsets(path, List.of(bucket), OffsetSpec.timestamp(before - 1000)).join())
        .containsEntry(bucket, 0L);
    assertThat(
            admin
                .listOffsets(path, List.of(bucket), OffsetSpec.timestamp(before + 1_000_000))
                .join())
        .containsEntry(bucket, end);
    assertThat(
            admin
                .listOffsets(
                    tables.path("days"), PartitionName.of("mon"), List.of(0), OffsetSpec.latest())
                .join())
        .containsEntry(0, 1L);
    assertThatThrownBy(() -> admin.listOffsets(path, List.of(2), OffsetSpec.latest()).join())
        .hasMessageContaining("has no bucket 2: its buckets are 0 to 1");
    assertFails(
        admin.listOffsets(
            tables.path("days"), PartitionName.of("sun"), List.of(0), OffsetSpec.latest()),
        PartitionNotFoundException.class);
    assertThat(admin.getLatestLakeSnapshot(path).join()).isEmpty();
    assertThat(admin.getLakeLag(path).join().buckets()).hasSize(2);
  }

  @Test
  void theClusterTellsItsBrokersAndThatItHasNoAuthorizer() {
    assertThat(admin.getServerNodes().join()).hasSize(1).allMatch(n -> n.port() > 0);
    assertThatThrownBy(() -> admin.listAcls(GrantFilter.ANY).join())
        .hasMessageContaining("no authorizer");
  }

  @Test
  void grantsAndRacksAreThoseOfTheCluster() throws Exception {
    try (EmbeddedKafka kafka =
            EmbeddedKafka.builder()
                .sasl(Map.of("admin", "secret"), "admin")
                .brokers(2)
                .racks(List.of("a", "b"))
                .start();
        Connection connection = ConnectionFactory.createConnection(options(kafka))) {
      // Given
      Admin secured = connection.getAdmin();
      Grant read =
          Grant.allow(AclResource.database("shop"), Principal.parse("User:ann"), Operation.READ);
      // When
      secured.createAcls(List.of(read)).all().get();
      // Then
      assertThat(secured.listAcls(GrantFilter.ANY).get()).containsExactly(read);
      assertThat(secured.dropAcls(List.of(GrantFilter.of(read))).all().get()).containsExactly(read);
      assertThat(secured.listAcls(GrantFilter.ANY).get()).isEmpty();
      assertThat(secured.getServerNodes().get())
          .extracting(ServerNode::rack)
          .containsExactly("a", "b");
    }
  }

  private static Map<String, String> options(EmbeddedKafka kafka) {
    Map<String, String> options = new HashMap<>();
    options.put("bootstrap.servers", kafka.bootstrapServers());
    kafka
        .clientProperties("admin")
        .forEach((key, value) -> options.put("properties." + key, String.valueOf(value)));
    return options;
  }

  @Test
  void aTableWhoseTypesCannotBeStoredNamesTheColumn() {
    assertThatThrownBy(
            () ->
                admin
                    .createTable(
                        tables.path("t"),
                        orders()
                            .column(
                                "m", new MapType(VarCharType.STRING_TYPE, VarCharType.STRING_TYPE))
                            .primaryKey(List.of("m"))
                            .build(),
                        false)
                    .join())
        .hasCauseInstanceOf(InvalidTableException.class)
        .hasMessageContaining("'m'");
  }
}
