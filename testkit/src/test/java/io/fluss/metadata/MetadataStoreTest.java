package io.fluss.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.admin.TableAdmin;
import io.fluss.admin.TableDescriptor;
import io.fluss.kafka.ClientConfig;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import io.fluss.table.TableState;
import io.fluss.testkit.kafka.SharedKafka;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.table.types.logical.IntType;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.InterruptException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MetadataStoreTest {

  private final String database = SharedKafka.uniqueDatabase();
  private final ClientConfig config =
      new ClientConfig(SharedKafka.kafka().bootstrapServers(), Map.of());

  private Admin kafka;
  private MetadataStore store;
  private TableAdmin admin;

  @BeforeEach
  void open() {
    kafka = Admin.create(config.toKafka());
    store = new MetadataStore(config, kafka);
    admin = TableAdmin.connect(config);
    admin.createDatabase(database, null, Map.of());
  }

  @AfterEach
  void close() {
    admin.close();
    store.close();
    kafka.close();
  }

  @Test
  void aRecordThatCannotBeReadIsRefusedAndHidesNoOther() {
    // Given
    TablePath good = TablePath.of(database, "good");
    TableInfo table =
        admin.createTable(good, TableDescriptor.builder().column("a", new IntType()).build());
    put("table/corrupt", "{ this is not");
    put("table/newer", "{\"version\": 7, \"shape\": \"unknown\"}");
    put("table/bad name!", TableInfoJson.write(table));
    put("lake/good", "{\"kept\": true}");
    // When, Then
    assertThat(admin.table(good)).isEqualTo(table);
    assertThat(admin.listTables(database)).contains("good", "corrupt", "newer");
    assertThatThrownBy(() -> admin.table(TablePath.of(database, "corrupt")))
        .isInstanceOf(InvalidMetadataException.class)
        .hasMessageContaining("'" + database + ".corrupt' cannot be read");
    assertThatThrownBy(() -> admin.table(TablePath.of(database, "newer")))
        .isInstanceOf(InvalidMetadataException.class)
        .hasMessageContaining("has format version 7, and this version reads 1 only");
    assertThat(store.read(database).orElseThrow().record("lake/good")).contains("{\"kept\": true}");
  }

  @Test
  void tablesWhoseRecordCannotBeReadCanBeDropped() {
    // Given
    TableDescriptor descriptor = TableDescriptor.builder().column("a", new IntType()).build();
    put("table/corrupt", "{ this is not");
    put("table/newer", "{\"version\": 7, \"shape\": \"unknown\"}");
    // When
    admin.dropTable(TablePath.of(database, "corrupt"));
    // Then
    assertThat(admin.listTables(database)).containsExactly("newer");
    assertThat(admin.createTable(TablePath.of(database, "corrupt"), descriptor).state())
        .isEqualTo(TableState.READY);
    // When
    admin.dropDatabaseWithTables(database);
    // Then
    assertThat(admin.findDatabase(database)).isEmpty();
  }

  @Test
  void aDatabaseRecordThatCannotBeReadIsRefused() {
    // Given
    put("database", "{\"version\": 2}");
    // When, Then
    assertThatThrownBy(() -> admin.findDatabase(database))
        .isInstanceOf(InvalidMetadataException.class)
        .hasMessageContaining("has format version 2");
  }

  @Test
  void aReaderSeesWhatAnotherHasWrittenAtOnce() {
    try (MetadataStore other = new MetadataStore(config, kafka)) {
      for (int i = 0; i < 50; i++) {
        // When
        put("k", "\"" + i + "\"");
        // Then
        assertThat(other.read(database).orElseThrow().record("k")).contains("\"" + i + "\"");
      }
    }
  }

  @Test
  void aWriterAbortsTheChangeOfOneThatDied() {
    // Given
    put("k", "\"before\"");
    MetadataWriter dead = new MetadataWriter(database, config);
    dead.takeOver();
    dead.sendWithoutCommit(List.of(new MetadataRecord("k", "\"never\"")));
    dead.abandon();
    // When, Then
    try (MetadataStore impatient = new MetadataStore(config, kafka, Duration.ofMillis(300))) {
      assertThatThrownBy(() -> impatient.read(database))
          .isInstanceOf(MetadataUnavailableException.class)
          .hasMessageContaining("another client has begun a change");
    }
    // When
    put("other", "\"after\"");
    // Then
    assertThat(store.read(database).orElseThrow().record("k")).contains("\"before\"");
  }

  @Test
  void aThreadInterruptedInAChangeLeavesAStoreThatWorks() {
    // Given
    put("k", "\"before\"");
    MetadataChange interrupting =
        image -> {
          Thread.currentThread().interrupt();
          return List.of(new MetadataRecord("k", "\"interrupted\""));
        };
    // When
    assertThatThrownBy(() -> store.change(database, interrupting))
        .isInstanceOf(InterruptException.class);
    assertThat(Thread.interrupted()).isTrue();
    // Then
    put("k", "\"after\"");
    assertThat(store.read(database).orElseThrow().record("k")).contains("\"after\"");
  }

  @Test
  void recordsOfOneChangeAreSeenTogether() throws Exception {
    // Given
    Thread writer =
        new Thread(
            () -> {
              for (int i = 1; i <= 100; i++) {
                String n = String.valueOf(i);
                store.change(
                    database,
                    image -> List.of(new MetadataRecord("a", n), new MetadataRecord("b", n)));
              }
            });
    writer.start();
    // When, Then
    try (MetadataStore reader = new MetadataStore(config, kafka)) {
      while (writer.isAlive()) {
        DatabaseImage image = reader.read(database).orElseThrow();
        assertThat(image.record("a")).isEqualTo(image.record("b"));
      }
    }
    writer.join();
  }

  @Test
  void aDatabaseCreatedAgainIsReadAnew() {
    // Given
    put("k", "\"old\"");
    store.read(database);
    // When
    admin.dropDatabase(database);
    admin.createDatabase(database, null, Map.of());
    // Then
    assertThat(store.read(database).orElseThrow().record("k")).isEmpty();
  }

  @Test
  void aBrokerThatDoesNotKnowADatabaseYetIsNotBelieved() {
    // Given
    put("k", "\"there\"");
    try (Admin lagging = new LaggingAdmin(config, 3);
        MetadataStore askingIt = new MetadataStore(config, lagging)) {
      // When
      Optional<DatabaseImage> found = askingIt.read(database);
      // Then
      assertThat(found.orElseThrow().record("k")).contains("\"there\"");
      assertThat(askingIt.read(database + "_not")).isEmpty();
    }
  }

  private void put(String key, String value) {
    store.change(database, image -> List.of(new MetadataRecord(key, value)));
  }
}
