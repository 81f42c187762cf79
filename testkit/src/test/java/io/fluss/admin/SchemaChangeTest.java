package io.fluss.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.metadata.SchemasSince;
import io.fluss.table.SchemaVersion;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import io.fluss.testkit.kafka.SharedKafka;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.IntType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Changes of columns, as they are recorded in Kafka. */
class SchemaChangeTest {

  private final String database = SharedKafka.uniqueDatabase();
  private final TablePath orders = TablePath.of(database, "orders");

  private TableAdmin admin;

  @BeforeEach
  void open() {
    admin = TableAdmin.connect(TableAdminTest.config());
    admin.createDatabase(database, null, Map.of());
  }

  @AfterEach
  void close() {
    admin.close();
  }

  private TableInfo create() {
    return admin.createTable(orders, TableDescriptor.builder().column("id", new IntType()).build());
  }

  private static TableInfo alter(TableAdmin client, TableInfo table, SchemaChange... changes) {
    return client.alterTable(table, TableAlteration.of(changes), TableRules.standard());
  }

  @Test
  void aJobThatWasPlannedBeforeFindsTheVersionsThatCameLater() {
    // Given
    TableInfo planned = create();
    SchemasSince schemas = new SchemasSince(planned, TableAdminTest.config());

    // When
    TableInfo second = alter(admin, planned, SchemaChange.changeType("id", new BigIntType()));
    admin.renameTable(orders, "archive");
    TableInfo third = alter(admin, planned, SchemaChange.add("more", new IntType()));

    // Then
    assertThat(schemas.find(1)).contains(planned.currentSchema());
    assertThat(schemas.find(3)).contains(third.currentSchema());
    assertThat(schemas.find(2)).contains(second.currentSchema());
    assertThat(schemas.find(4)).isEmpty();
    assertThat(third.path()).isEqualTo(TablePath.of(database, "archive"));
    assertThat(admin.table(third.path())).isEqualTo(third);
  }

  @Test
  void clientsThatChangeColumnsAtOnceLoseNoChange() throws Exception {
    // Given
    int clients = 4;
    TableInfo table = create();
    ExecutorService threads = Executors.newFixedThreadPool(clients);

    // When
    List<Future<?>> running = new ArrayList<>();
    for (int c = 0; c < clients; c++) {
      int first = 10 * c;
      running.add(threads.submit(() -> addThree(table, first)));
    }
    for (Future<?> f : running) {
      f.get(1, TimeUnit.MINUTES);
    }
    threads.shutdown();

    // Then
    TableInfo now = admin.table(orders);
    assertThat(now.schemaVersion()).isEqualTo(1 + 3 * clients);
    assertThat(now.currentSchema().fields())
        .extracting(SchemaVersion.Field::fieldId)
        .hasSize(1 + 3 * clients)
        .doesNotHaveDuplicates();
    assertThat(now.pastSchemas())
        .extracting(SchemaVersion::version)
        .hasSize(3 * clients)
        .isSorted();
  }

  private static void addThree(TableInfo table, int first) {
    try (TableAdmin client = TableAdmin.connect(TableAdminTest.config())) {
      for (int i = first; i < first + 3; i++) {
        alter(client, table, SchemaChange.add("c" + i, new IntType()));
      }
    }
  }

  @Test
  void whatIsRefusedIsNotRecorded() {
    // Given
    TableInfo table = create();

    // When, Then
    assertThatThrownBy(
            () ->
                alter(
                    admin,
                    table,
                    SchemaChange.add("good", new IntType()),
                    SchemaChange.drop("none")))
        .isInstanceOf(InvalidTableException.class)
        .hasMessageContaining("Column 'none' cannot be dropped: the table has no such column");
    assertThat(admin.table(orders)).isEqualTo(table);
  }
}
