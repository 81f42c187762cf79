package io.fluss.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluss.options.DeleteBehavior;
import io.fluss.options.MergeEngine;
import io.fluss.table.SchemaVersion;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import java.util.List;
import java.util.UUID;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.TimestampType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrimaryKeyRulesTest {

  private static final String ENGINE = "table.merge-engine";
  private static final String VERSION = "table.merge-engine.versioned.ver-column";
  private static final String DELETES = "table.delete.behavior";

  @Test
  void theKeyIsNotNullAndDecidesTheBucket() {
    // Given
    TableDescriptor descriptor = columns().primaryKey(List.of("shop", "id")).build();
    // When
    TableInfo table = recorded(descriptor);
    // Then
    assertThat(problems(descriptor)).isEmpty();
    assertThat(table.hasPrimaryKey()).isTrue();
    assertThat(table.rowType().getTypeAt(0)).isEqualTo(new BigIntType(false));
    assertThat(table.rowType().getTypeAt(2).isNullable()).isFalse();
    assertThat(table.rowType().getTypeAt(1).isNullable()).isTrue();
    assertThat(table.bucketKey()).containsExactly("shop", "id");
    assertThat(table.columnSets()).isEmpty();
    assertThat(table.mergeEngine()).isEqualTo(MergeEngine.LAST_ROW);
    assertThat(table.deleteBehavior()).isEqualTo(DeleteBehavior.ALLOW);
    assertThat(table.versionColumn()).isEmpty();
  }

  @Test
  void keyAndOtherColumnsAreFoundInTheRow() {
    // When
    TableInfo table = recorded(columns().primaryKey(List.of("shop", "id")).build());
    // Then
    assertThat(table.keyPositions()).containsExactly(2, 0);
    assertThat(table.valuePositions()).containsExactly(1, 3, 4, 5);
    assertThat(table.keyFields())
        .extracting(SchemaVersion.Field::name)
        .containsExactly("shop", "id");
    assertThat(table.valueFields())
        .extracting(SchemaVersion.Field::name)
        .containsExactly("version", "tags", "at", "seen");
    SchemaVersion past =
        new SchemaVersion(
            1,
            List.of(
                new SchemaVersion.Field(9, "gone", new IntType()),
                new SchemaVersion.Field(0, "number", new BigIntType(false))));
    assertThat(table.valueFields(past))
        .as("a column of the key by another name")
        .containsExactly(past.fields().get(0));
  }

  @Test
  void aPartOfTheKeyMayDecideTheBucket() {
    // Given
    TableDescriptor descriptor =
        columns().primaryKey(List.of("shop", "id")).bucketKey("id").build();
    // When, Then
    assertThat(problems(descriptor)).isEmpty();
    assertThat(recorded(descriptor).bucketKey()).containsExactly("id");
  }

  @Test
  void aTableMayHaveNothingButItsKey() {
    // Given
    TableDescriptor descriptor =
        TableDescriptor.builder().column("id", new BigIntType()).primaryKey(List.of("id")).build();
    // When, Then
    assertThat(problems(descriptor)).isEmpty();
    assertThat(recorded(descriptor).valueFields()).isEmpty();
  }

  @Test
  void allProblemsOfAKeyAreNamed() {
    // Given
    TableDescriptor descriptor =
        columns()
            .computed("twice", "`id` * 2", new BigIntType(), null)
            .primaryKey(List.of("id", "id", "nope", "twice", "tags"))
            .bucketKey("id", "version")
            .build();
    // When, Then
    assertThat(problems(descriptor))
        .containsExactly(
            "The primary key names column 'id' more than once.",
            "The primary key names column 'nope', which is not a stored column of the table."
                + " Stored columns: id, version, shop, tags, at, seen.",
            "The primary key names column 'twice', which is not a stored column of the table."
                + " Stored columns: id, version, shop, tags, at, seen.",
            "The primary key names column 'tags' of type ARRAY<INT>; only columns that are not"
                + " nested can be of the primary key.",
            "Option 'bucket.key' names column 'version', which is not of the primary key (id, id,"
                + " nope, twice, tags). All records of a row have to be in one bucket, so its"
                + " columns decide the bucket. Leave the option out to use all of them.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"version", "id", "at", "seen"})
  void numbersAndTimestampsAreVersions(String column) {
    // Given
    TableDescriptor descriptor =
        columns()
            .primaryKey(List.of("shop"))
            .option(ENGINE, "versioned")
            .option(VERSION, column)
            .build();
    // When
    TableInfo table = recorded(descriptor);
    // Then
    assertThat(problems(descriptor)).isEmpty();
    assertThat(table.mergeEngine()).isEqualTo(MergeEngine.VERSIONED);
    assertThat(table.versionColumn()).contains(column);
    assertThat(table.deleteBehavior()).isEqualTo(DeleteBehavior.IGNORE);
  }

  @Test
  void aVersionIsAStoredColumnBesideTheKey() {
    assertThat(problems(keyed().option(ENGINE, "versioned")))
        .containsExactly(
            "'table.merge-engine' = 'versioned' needs 'table.merge-engine.versioned.ver-column',"
                + " the column that says which row of a key is the newest.");
    assertThat(problems(keyed().option(ENGINE, "versioned").option(VERSION, "nope")))
        .singleElement()
        .asString()
        .contains("names column 'nope', which is not a stored column");
    assertThat(problems(keyed().option(ENGINE, "versioned").option(VERSION, "id")))
        .singleElement()
        .asString()
        .contains("names column 'id', which is of the primary key");
    assertThat(problems(keyed().option(ENGINE, "versioned").option(VERSION, "shop")))
        .singleElement()
        .asString()
        .contains("'shop' of type STRING. A version is of type INT, BIGINT");
    assertThat(problems(keyed().option(ENGINE, "first_row").option(VERSION, "version")))
        .singleElement()
        .asString()
        .contains("has an effect only with 'table.merge-engine' = 'versioned'");
  }

  @Test
  void whatCannotDeleteRefusesToAllowIt() {
    assertThat(problems(keyed().option(ENGINE, "first_row").option(DELETES, "allow")))
        .containsExactly(
            "'table.delete.behavior' = 'allow' is not possible with 'table.merge-engine' ="
                + " 'first_row', which cannot delete. Use 'ignore' or 'disable'.");
    assertThat(problems(keyed().option(ENGINE, "first_row").option(DELETES, "disable"))).isEmpty();
    assertThat(problems(keyed().option(DELETES, "allow"))).isEmpty();
  }

  @Test
  void aValueThatCannotBeReadIsOneProblem() {
    assertThat(problems(keyed().option(ENGINE, "newest").option(VERSION, "version")))
        .singleElement()
        .asString()
        .contains("'table.merge-engine' has the value 'newest'");
  }

  @Test
  void optionsOfTheKeyNeedOne() {
    assertThat(
            problems(
                columns()
                    .option(ENGINE, "versioned")
                    .option(VERSION, "version")
                    .option(DELETES, "allow")))
        .hasSize(3)
        .allSatisfy(p -> assertThat(p).contains("is for tables with a primary key"))
        .first()
        .asString()
        .startsWith("Option 'table.merge-engine' is for");
  }

  private static TableDescriptor.Builder columns() {
    return TableDescriptor.builder()
        .column("id", new BigIntType())
        .column("version", new IntType())
        .column("shop", VarCharType.STRING_TYPE)
        .column("tags", new ArrayType(new IntType()))
        .column("at", new TimestampType(6))
        .column("seen", new LocalZonedTimestampType(3));
  }

  private static TableDescriptor.Builder keyed() {
    return columns().primaryKey(List.of("id"));
  }

  private static List<String> problems(TableDescriptor.Builder descriptor) {
    return problems(descriptor.build());
  }

  private static List<String> problems(TableDescriptor descriptor) {
    return TableRules.standard().problems("shop", "orders", descriptor);
  }

  private static TableInfo recorded(TableDescriptor descriptor) {
    return descriptor.toTableInfo(TablePath.of("shop", "orders"), new UUID(1, 2), "shop.orders");
  }
}
