package io.fluss.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.admin.TableDescriptor;
import io.fluss.testkit.kafka.SharedKafka;
import io.fluss.testkit.keyed.KeyedTableFixture;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.apache.flink.util.CollectionUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code t$changelog} beside each table {@code t}. */
@SuppressWarnings("try") // closing an iterator of Flink may throw anything
class ChangelogTableSqlTest {

  private final KeyedTableFixture people =
      KeyedTableFixture.create(
          SharedKafka.kafka(),
          "people",
          TableDescriptor.builder()
              .column("name", VarCharType.STRING_TYPE)
              .column("id", new BigIntType(false))
              .primaryKey(List.of("id"))
              .build());

  private TableEnvironment flink;

  @BeforeEach
  void openCatalog() {
    flink = open(EnvironmentSettings.inBatchMode());
  }

  private TableEnvironment open(EnvironmentSettings mode) {
    TableEnvironment opened = TableEnvironment.create(mode);
    opened.executeSql(
        "CREATE CATALOG c WITH ('type' = 'fluss', 'bootstrap.servers' = '"
            + SharedKafka.kafka().bootstrapServers()
            + "')");
    opened.executeSql("USE CATALOG c");
    opened.executeSql("USE " + people.table().path().database());
    return opened;
  }

  @AfterEach
  void dropDatabase() {
    flink.executeSql("USE fluss");
    flink.executeSql("DROP DATABASE " + people.table().path().database() + " CASCADE");
    people.close();
  }

  @Test
  void showsTheChangesOfAPrimaryKeyTable() throws Exception {
    // Given
    people.upsert(person(1, "Ann"), person(1, "Anna"));
    people.delete(person(1, "Anna"));

    // Then
    List<Row> changes =
        List.of(
            Row.of("insert", 0L, "Ann", 1L),
            Row.of("update_before", 1L, "Ann", 1L),
            Row.of("update_after", 1L, "Anna", 1L),
            Row.of("delete", 2L, "Anna", 1L));
    String query = "SELECT _change_type, _log_offset, name, id FROM people$changelog";
    assertThat(rows(query)).isEqualTo(changes);
    assertThat(first(4, query)).isEqualTo(changes);
    assertThat(rows("SELECT _commit_timestamp FROM people$changelog")).hasSize(4);
  }

  @Test
  void showsTheRowsOfALogTableAsInserted() throws Exception {
    // Given
    flink.executeSql("CREATE TABLE t (a INT, place ROW<city STRING, zip INT>)");
    flink.executeSql("INSERT INTO t VALUES (1, ROW('Cork', 7)), (2, ROW('Bonn', 8))").await();

    // Then
    List<Row> changes = List.of(Row.of("Cork", "insert", 1), Row.of("Bonn", "insert", 2));
    String query = "SELECT t$changelog.place.city, _change_type, a FROM t$changelog";
    assertThat(rows(query)).containsExactlyInAnyOrderElementsOf(changes);
    assertThat(first(2, query)).containsExactlyInAnyOrderElementsOf(changes);
    assertThat(rows("SELECT * FROM t$changelog /*+ OPTIONS('scan.startup.mode' = 'latest') */"))
        .isEmpty();
  }

  @Test
  void isDescribedAndShown() {
    assertThat(
            rows("DESCRIBE people$changelog").stream()
                .map(r -> r.getField(0) + " " + r.getField(1) + " " + r.getField(2)))
        .containsExactly(
            "_change_type STRING false",
            "_log_offset BIGINT false",
            "_commit_timestamp TIMESTAMP_LTZ(3) false",
            "name STRING true",
            "id BIGINT false");
    assertThat(rows("SHOW CREATE TABLE people$changelog").get(0).toString())
        .contains("`_change_type`")
        .doesNotContain("PRIMARY KEY")
        .doesNotContain("bootstrap");
    assertThat(rows("SHOW TABLES")).containsExactly(Row.of("people"));
  }

  @Test
  void isReadOnlyAndTakesNoName() {
    assertThatThrownBy(
            () ->
                flink.executeSql(
                    "INSERT INTO people$changelog VALUES ('insert', 0, CURRENT_TIMESTAMP, 'x', 1)"))
        .rootCause()
        .hasMessageContaining("Cannot write to 'people$changelog'");
    assertThatThrownBy(() -> flink.executeSql("CREATE TABLE a$changelog (x INT)"))
        .rootCause()
        .hasMessageContaining("'a$changelog' may hold only ASCII letters");
    assertThatThrownBy(() -> flink.executeSql("CREATE TABLE b (_change_type INT)"))
        .rootCause()
        .hasMessageContaining("_change_type");
    assertThatThrownBy(() -> flink.executeSql("SELECT * FROM nobody$changelog"))
        .hasMessageContaining("nobody$changelog");
  }

  private List<Row> rows(String query) {
    return CollectionUtil.iteratorToList(flink.executeSql(query).collect());
  }

  /** In streaming mode. */
  private List<Row> first(int count, String query) throws Exception {
    List<Row> rows = new ArrayList<>();
    try (CloseableIterator<Row> result =
        open(EnvironmentSettings.inStreamingMode()).executeSql(query).collect()) {
      while (rows.size() < count) {
        rows.add(result.next());
      }
    }
    return rows;
  }

  private static GenericRowData person(long id, String name) {
    return GenericRowData.of(StringData.fromString(name), id);
  }
}
