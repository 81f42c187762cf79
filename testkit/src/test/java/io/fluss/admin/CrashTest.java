package io.fluss.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import io.fluss.table.TableState;
import io.fluss.testkit.kafka.SharedKafka;
import io.fluss.topic.TopicNames;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** A client ends after a step of DDL; the next one finds nothing, or something it can use. */
class CrashTest {

  private final String database = SharedKafka.uniqueDatabase();
  private final TablePath orders = TablePath.of(database, "orders");

  private TableAdmin next;

  @BeforeEach
  void open() {
    next = TableAdmin.connect(TableAdminTest.config());
  }

  @AfterEach
  void close() {
    next.close();
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.MATCH_ANY,
      names = "TABLE_(RECORDED_AS_CREATING|TOPIC_CREATED|RECORDED_AS_READY)")
  void aTableWhoseCreatorDiedIsUsable(DdlStep last) {
    // Given
    next.createDatabase(database, null, Map.of());
    crashAfter(last, admin -> admin.createTable(orders, TableAdminTest.descriptor().build()));
    // When
    TableInfo found = next.table(orders);
    // Then
    assertThat(found.state()).isEqualTo(TableState.READY);
    assertThat(next.listTables(database)).containsExactly("orders");
    assertThatThrownBy(() -> next.createTable(orders, TableAdminTest.descriptor().build()))
        .isInstanceOf(TableExistsException.class);
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.MATCH_ANY, names = "TABLE_(RECORDED_AS_CREATING|TOPIC_CREATED)")
  void aTableWhoseCreatorDiedCanBeDropped(DdlStep last) {
    // Given
    next.createDatabase(database, null, Map.of());
    crashAfter(last, admin -> admin.createTable(orders, TableAdminTest.descriptor().build()));
    // When
    next.dropTable(orders);
    // Then
    assertThat(next.findTable(orders)).isEmpty();
    assertThat(topicsOf(database)).containsExactly(TopicNames.metadata(database));
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.MATCH_ANY,
      names = "TABLE_(RECORDED_AS_DROPPING|TOPIC_DELETED|RECORD_REMOVED)")
  void aTableWhoseDropperDiedIsGone(DdlStep last) {
    // Given
    next.createDatabase(database, null, Map.of());
    TableInfo old = next.createTable(orders, TableAdminTest.descriptor().build());
    crashAfter(last, admin -> admin.dropTable(orders));
    assertThat(next.findTable(orders)).isEmpty();
    assertThat(next.tableExists(orders)).isFalse();
    assertThat(next.listTables(database)).isEmpty();
    // When
    TableInfo fresh = next.createTable(orders, TableAdminTest.descriptor().build());
    // Then
    assertThat(fresh.id()).isNotEqualTo(old.id());
    assertThat(fresh.topicId()).isNotEqualTo(old.topicId());
    assertThat(next.table(orders)).isEqualTo(fresh);
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.MATCH_ANY, names = "TABLE_(RECORDED_AS_DROPPING|TOPIC_DELETED)")
  void droppingAgainFinishesADrop(DdlStep last) {
    // Given
    next.createDatabase(database, null, Map.of());
    next.createTable(orders, TableAdminTest.descriptor().build());
    crashAfter(last, admin -> admin.dropTable(orders));
    // When
    next.dropTable(orders);
    // Then
    assertThatThrownBy(() -> next.dropTable(orders)).isInstanceOf(TableNotFoundException.class);
    assertThat(topicsOf(database)).containsExactly(TopicNames.metadata(database));
    next.dropDatabase(database);
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.MATCH_ANY, names = "DATABASE_(TOPIC_CREATED|RECORDED)")
  void aDatabaseWhoseCreatorDiedCanBeUsed(DdlStep last) {
    // Given
    crashAfter(last, admin -> admin.createDatabase(database, "mine", Map.of()));
    // When
    try {
      next.createDatabase(database, "mine", Map.of());
    } catch (DatabaseExistsException e) {
      assertThat(last).isEqualTo(DdlStep.DATABASE_RECORDED);
    }
    // Then
    assertThat(next.findDatabase(database).orElseThrow().comment()).isEqualTo("mine");
    next.createTable(orders, TableAdminTest.descriptor().build());
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.MATCH_ANY,
      names = "DATABASE_(RECORDED_AS_DROPPING|TABLES_DELETED|TOPIC_DELETED)")
  void aDatabaseWhoseDropperDiedIsDroppedByTheNext(DdlStep last) {
    // Given
    next.createDatabase(database, null, Map.of());
    next.createTable(orders, TableAdminTest.descriptor().build());
    crashAfter(last, admin -> admin.dropDatabaseWithTables(database));
    if (last != DdlStep.DATABASE_TOPIC_DELETED) {
      assertThatThrownBy(
              () ->
                  next.createTable(
                      TablePath.of(database, "late"), TableAdminTest.descriptor().build()))
          .hasMessageContaining("is being dropped");
      // When
      next.dropDatabaseWithTables(database);
    }
    // Then
    assertThat(topicsOf(database)).isEmpty();
    next.createDatabase(database, null, Map.of());
    assertThat(next.listTables(database)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.MATCH_ANY, names = "DATABASE_(RECORDED_AS_DROPPING|TABLES_DELETED)")
  void creatingADatabaseFinishesTheDropBeforeIt(DdlStep last) {
    // Given
    next.createDatabase(database, null, Map.of());
    next.createTable(orders, TableAdminTest.descriptor().build());
    crashAfter(last, admin -> admin.dropDatabaseWithTables(database));
    // When
    next.createDatabase(database, "new", Map.of());
    // Then
    assertThat(next.listTables(database)).isEmpty();
    assertThat(topicsOf(database)).containsExactly(TopicNames.metadata(database));
  }

  private static void crashAfter(DdlStep last, Action action) {
    DdlListener crash =
        step -> {
          if (step == last) {
            throw new Crash();
          }
        };
    try (TableAdmin dying = TableAdmin.connect(TableAdminTest.config(), crash)) {
      assertThatThrownBy(() -> action.on(dying)).isInstanceOf(Crash.class);
    }
  }

  private static Set<String> topicsOf(String database) {
    try (Admin kafka = Admin.create(SharedKafka.kafka().adminProperties())) {
      Set<String> topics = kafka.listTopics().names().get();
      topics.removeIf(
          t -> !t.startsWith(database + ".") && !t.equals(TopicNames.metadata(database)));
      return topics;
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  private interface Action {

    void on(TableAdmin admin);
  }

  /** The end of a process. */
  private static final class Crash extends Error {

    private static final long serialVersionUID = 1L;
  }
}
