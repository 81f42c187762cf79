package io.fluss.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.FlussException;
import io.fluss.table.ColumnSet;
import io.fluss.table.ColumnSetLease;
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
import java.util.stream.IntStream;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.IntType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ColumnSetRegistrationTest {

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

  @Test
  void aSetIsRegisteredOnce() {
    // Given
    TableInfo table = admin.createTable(orders, descriptor(3).build());
    // When
    ColumnSetRegistration first = admin.registerColumnSet(table, List.of(3, 1));
    ColumnSetRegistration again = admin.registerColumnSet(table, List.of(1, 3, 3));
    ColumnSetRegistration other = admin.registerColumnSet(table, List.of(3));
    // Then
    assertThat(first.isNew()).isTrue();
    assertThat(first.columnSet().id()).isEqualTo(1);
    assertThat(first.columnSet().fieldIds()).containsExactly(1, 3);
    assertThat(again.isNew()).isFalse();
    assertThat(again.columnSet()).isEqualTo(first.columnSet());
    assertThat(other.columnSet().id()).isEqualTo(2);
    assertThat(List.of(first, again))
        .as("a set that was found may be as young as one that was made")
        .allSatisfy(r -> assertThat(r.waitBeforeFirstWrite()).isEqualTo(ColumnSetLease.LEASE));
    assertThat(admin.table(orders)).isEqualTo(other.table());
    assertThat(other.table().columnSets()).containsExactly(first.columnSet(), other.columnSet());
    assertThat(other.table().columnSet(2)).contains(other.columnSet());
    assertThat(other.table().columnSetOf(List.of(3, 1))).contains(first.columnSet());
  }

  @Test
  void clientsThatRegisterAtOnceGetTheSameSets() throws Exception {
    // Given
    int clients = 4;
    TableInfo table = admin.createTable(orders, descriptor(clients).build());
    ExecutorService threads = Executors.newFixedThreadPool(clients);
    // When
    List<Future<List<ColumnSet>>> running = new ArrayList<>();
    for (int c = 0; c < clients; c++) {
      int first = c;
      running.add(threads.submit(() -> registerAll(table, clients, first)));
    }
    List<List<ColumnSet>> found = new ArrayList<>();
    for (Future<List<ColumnSet>> f : running) {
      found.add(f.get(1, TimeUnit.MINUTES));
    }
    threads.shutdown();
    // Then
    List<ColumnSet> sets = admin.table(orders).columnSets();
    assertThat(sets).extracting(ColumnSet::id).containsExactly(1, 2, 3, 4);
    assertThat(sets).extracting(ColumnSet::fieldIds).doesNotHaveDuplicates();
    assertThat(found).allSatisfy(all -> assertThat(all).containsExactlyInAnyOrderElementsOf(sets));
  }

  /** One set per column; each client begins with another one. */
  private static List<ColumnSet> registerAll(TableInfo table, int columns, int first) {
    List<ColumnSet> sets = new ArrayList<>();
    try (TableAdmin client = TableAdmin.connect(TableAdminTest.config())) {
      for (int i = 0; i < columns; i++) {
        int fieldId = 1 + (first + i) % columns;
        sets.add(client.registerColumnSet(table, List.of(fieldId)).columnSet());
      }
    }
    return sets;
  }

  @Test
  void aTableThatWasRenamedIsFoundAndOneThatIsGoneIsNot() {
    // Given
    TableInfo table = admin.createTable(orders, descriptor(1).build());
    admin.renameTable(orders, "archive");
    admin.createTable(orders, descriptor(1).build());
    // When
    ColumnSetRegistration registration = admin.registerColumnSet(table, List.of(1));
    // Then
    TablePath archive = TablePath.of(database, "archive");
    assertThat(registration.table().path()).isEqualTo(archive);
    assertThat(admin.refresh(table)).contains(registration.table());
    assertThat(admin.table(orders).columnSets()).isEmpty();
    // When
    admin.dropTable(archive);
    // Then
    assertThat(admin.refresh(table)).isEmpty();
    assertThatThrownBy(() -> admin.registerColumnSet(table, List.of(1)))
        .isInstanceOf(TableNotFoundException.class);
  }

  @Test
  void columnsHaveToBeStoredAndNotOfTheKey() {
    // Given
    TableInfo table = admin.createTable(orders, descriptor(2).build());
    // When, Then
    assertThatThrownBy(() -> admin.registerColumnSet(table, List.of(0, 1, 9)))
        .isInstanceOf(FlussException.class)
        .hasMessage(
            "Columns (id, c1, unknown field 9) of table '"
                + orders
                + "' cannot be updated without the others: a partial update has one or more"
                + " stored columns beside the primary key. Those are: c1, c2.");
    assertThatThrownBy(() -> admin.registerColumnSet(table, List.of()))
        .hasMessageContaining("Those are: c1, c2.");
    assertThat(admin.table(orders)).isEqualTo(table);
  }

  @Test
  void tablesThatKnowNoPartsOfRowsRefuse() {
    // Given
    TableInfo log = admin.createTable(orders, descriptor(1).primaryKey(List.of()).build());
    TableInfo firstRow =
        admin.createTable(
            TablePath.of(database, "first"),
            descriptor(1).option("table.merge-engine", "first_row").build());
    // When, Then
    assertThatThrownBy(() -> admin.registerColumnSet(log, List.of(1)))
        .hasMessageContaining("it is a log table");
    assertThatThrownBy(() -> admin.registerColumnSet(firstRow, List.of(1)))
        .hasMessageContaining("'table.merge-engine' = 'first_row' keeps whole rows");
  }

  @Test
  void thereAreAsManySetsAsIdsInAByte() {
    // Given
    int most = ColumnSet.MAX_ID;
    TableInfo table = admin.createTable(orders, descriptor(most + 1).build());
    IntStream.rangeClosed(1, most).forEach(f -> admin.registerColumnSet(table, List.of(f)));
    // When, Then
    assertThatThrownBy(() -> admin.registerColumnSet(table, List.of(most + 1)))
        .hasMessageContaining("Columns (c128) of table '" + orders + "'")
        .hasMessageContaining("it has 127 column sets, and there can be no more");
    assertThat(admin.registerColumnSet(table, List.of(5)).columnSet().id()).isEqualTo(5);
  }

  /** A table with the key {@code id} (field 0) and columns c1, c2 ... (fields 1, 2 ...). */
  private static TableDescriptor.Builder descriptor(int columns) {
    TableDescriptor.Builder descriptor =
        TableDescriptor.builder().column("id", new BigIntType()).primaryKey(List.of("id"));
    IntStream.rangeClosed(1, columns).forEach(i -> descriptor.column("c" + i, new IntType()));
    return descriptor;
  }
}
