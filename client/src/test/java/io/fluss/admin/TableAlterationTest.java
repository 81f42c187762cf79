package io.fluss.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.metadata.TableInfoJson;
import io.fluss.table.Column;
import io.fluss.table.ColumnSet;
import io.fluss.table.SchemaVersion;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import io.fluss.table.Watermark;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.DoubleType;
import org.apache.flink.table.types.logical.FloatType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.TimestampType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.api.Test;

/** What ALTER TABLE may do, and what becomes of the record. */
class TableAlterationTest {

  private static final TablePath PATH = TablePath.of("shop", "orders");

  @Test
  void columnsKeepTheirIdsAndPastSchemasAreKept() {
    // Given
    TableInfo table =
        table(
            TableDescriptor.builder()
                .column("id", new BigIntType(false))
                .column("price", new FloatType(false))
                .column("note", new VarCharType(10)));

    // When
    TableInfo altered =
        altered(
            table,
            new SchemaChange.Add(
                new Column.Physical(-1, "tags", new ArrayType(new IntType()), "labels"),
                SchemaChange.Position.after("id")),
            SchemaChange.rename("note", "remark"),
            SchemaChange.changeType("price", new DoubleType()),
            new SchemaChange.Move("remark", SchemaChange.Position.first()),
            new SchemaChange.ChangeComment("id", "number"));
    TableInfo dropped = altered(altered, SchemaChange.drop("tags"));
    TableInfo again = altered(dropped, SchemaChange.add("tags", new IntType()));

    // Then
    assertThat(altered.schemaVersion()).isEqualTo(2);
    assertThat(altered.columns())
        .containsExactly(
            new Column.Physical(2, "remark", new VarCharType(10), null),
            new Column.Physical(0, "id", new BigIntType(false), "number"),
            new Column.Physical(3, "tags", new ArrayType(new IntType()), "labels"),
            new Column.Physical(1, "price", new DoubleType(), null));
    assertThat(altered.pastSchemas()).containsExactly(table.currentSchema());
    assertThat(again.schemaVersion()).isEqualTo(4);
    assertThat(again.currentSchema().fields())
        .endsWith(new SchemaVersion.Field(4, "tags", new IntType()));
    assertThat(TableInfoJson.read(PATH, TableInfoJson.write(again))).isEqualTo(again);
  }

  @Test
  void whatIsNotStoredMakesNoSchemaVersion() {
    // Given
    TableInfo table =
        table(
            TableDescriptor.builder()
                .column("id", new BigIntType())
                .column("at", new TimestampType(3)));
    Watermark watermark = new Watermark("at", "`at` - INTERVAL '1' SECOND", "TIMESTAMP(3)");

    // When
    TableInfo altered =
        altered(
            table,
            new SchemaChange.ChangeComment("id", "number"),
            new SchemaChange.Add(
                new Column.Computed("twice", "`id` * 2", new BigIntType(), null),
                SchemaChange.Position.last()),
            new SchemaChange.SetWatermark(watermark));

    // Then
    assertThat(altered.schemaVersion()).isEqualTo(1);
    assertThat(altered.pastSchemas()).isEmpty();
    assertThat(altered.columns()).hasSize(3);
    assertThat(altered.watermarks()).containsExactly(watermark);
    assertThat(altered(altered, new SchemaChange.DropWatermark()).watermarks()).isEmpty();
  }

  @Test
  void whatCannotBeSafeIsRefusedWithAllReasons() {
    // Given
    TableInfo table =
        table(
            TableDescriptor.builder()
                .column("id", new BigIntType(false))
                .column("day", new IntType(false))
                .column("version", new IntType())
                .column("price", new DecimalType(9, 2))
                .column("must", new IntType(false))
                .computed("twice", "`price` * 2", new DecimalType(12, 2), null)
                .primaryKey(List.of("id", "day"))
                .partitionKeys(List.of("day"))
                .option("table.merge-engine", "versioned")
                .option("table.merge-engine.versioned.ver-column", "version"));

    // When, Then
    refused(
        table,
        List.of(
            "Column 'id' cannot be dropped: it is of the primary key.",
            "Column 'day' cannot be renamed to 'd': it is of the primary key.",
            "Column 'day' cannot be renamed to 'd': the table is partitioned by it.",
            "Column 'id' cannot become DECIMAL(20, 0) NOT NULL: it decides where a row is, and rows"
                + " that are there would be looked for elsewhere.",
            "Column 'version' cannot be dropped: 'table.merge-engine.versioned.ver-column' names"
                + " it.",
            "Column 'version' cannot become BIGINT: 'table.merge-engine.versioned.ver-column' names"
                + " it.",
            "Column 'price' cannot be dropped: computed column 'twice' uses it.",
            "Column 'price' cannot become DECIMAL(9, 3): it is DECIMAL(9, 2), and not each value of"
                + " that is one of the new type.",
            "Column 'price' cannot become DECIMAL(12, 2) NOT NULL: it may be null, and rows that"
                + " are there may have no value.",
            "Column 'extra' cannot be added as INT NOT NULL: rows that are there, and those of jobs"
                + " that run, have no value for it.",
            "Column 'must' cannot be added: the table has one already.",
            "Column 'nmae' cannot be renamed to 'name': the table has no such column. Its columns:"
                + " id, day, version, price, must, twice."),
        SchemaChange.drop("id"),
        SchemaChange.rename("day", "d"),
        SchemaChange.changeType("id", new DecimalType(20, 0)),
        SchemaChange.drop("version"),
        SchemaChange.changeType("version", new BigIntType()),
        SchemaChange.drop("price"),
        SchemaChange.changeType("price", new DecimalType(9, 3)),
        SchemaChange.changeType("price", new DecimalType(false, 12, 2)),
        SchemaChange.add("extra", new IntType(false)),
        SchemaChange.add("must", new IntType()),
        SchemaChange.rename("nmae", "name"));
  }

  @Test
  void columnsThatJobsUpdateAloneCanBeRenamedAndWidenedButNotDropped() {
    // Given
    TableInfo table =
        table(
                TableDescriptor.builder()
                    .column("id", new BigIntType(false))
                    .column("a", new IntType())
                    .column("b", new IntType())
                    .primaryKey(List.of("id")))
            .withColumnSet(new ColumnSet(1, List.of(1)));

    // When
    TableInfo altered =
        altered(
            table,
            SchemaChange.rename("a", "aa"),
            SchemaChange.changeType("aa", new BigIntType()),
            SchemaChange.drop("b"));

    // Then
    assertThat(altered.currentSchema().fields())
        .containsExactly(
            new SchemaVersion.Field(0, "id", new BigIntType(false)),
            new SchemaVersion.Field(1, "aa", new BigIntType()));
    refused(
        altered,
        List.of(
            "Column 'aa' cannot be dropped: jobs have updated it without the other columns, and may"
                + " still do so."),
        SchemaChange.drop("aa"));
  }

  @Test
  void theTableWithTheChangeHasToBeOneThatCouldBeCreated() {
    // Given
    TableInfo table =
        table(
            TableDescriptor.builder()
                .column("id", new BigIntType())
                .option("table.statistics.columns", "id"));

    // When, Then
    refused(
        table,
        List.of("Column name '__offset' is kept for internal use. Choose another name."),
        SchemaChange.add("__offset", new IntType()));
    refused(
        table,
        List.of("Column 'id' cannot be dropped: 'table.statistics.columns' names it."),
        SchemaChange.drop("id"));
    assertThat(
            new TableAlteration(
                    List.of(SchemaChange.rename("id", "number")),
                    new OptionChange(Map.of("table.statistics.columns", "number"), Set.of()))
                .applyTo(table, TableRules.standard())
                .currentSchema()
                .fields())
        .containsExactly(new SchemaVersion.Field(0, "number", new BigIntType()));
  }

  @Test
  void optionsChangeAsFarAsWhatIsThereAllowsIt() {
    // Given
    TableInfo log = table(TableDescriptor.builder().column("id", new BigIntType()));
    TableInfo keyed =
        table(
            TableDescriptor.builder()
                .column("id", new BigIntType(false))
                .primaryKey(List.of("id"))
                .option("table.delete.behavior", "ignore"));

    // When
    TableInfo changed =
        set(
            log,
            Map.of(
                "table.log.ttl", "3 d",
                "table.log.arrow.compression.type", "none",
                "table.statistics.columns", "*"));

    // Then
    assertThat(changed.options()).hasSize(3);
    assertThat(set(keyed, Map.of("table.delete.behavior", "disable")).options())
        .containsEntry("table.delete.behavior", "disable");
    assertThatThrownBy(() -> set(keyed, Map.of("table.delete.behavior", "allow")))
        .hasMessageContaining("cannot change between 'allow' and another value");
    assertThatThrownBy(
            () -> set(keyed, Map.of("table.log.ttl", "3 d", "table.replication.factor", "2")))
        .hasMessageStartingWith("Table 'shop.orders' cannot be changed for 2 reasons:")
        .hasMessageContaining("Option 'table.log.ttl' was settled when the table was created")
        .hasMessageContaining("Option 'table.replication.factor' was settled");
  }

  private static TableInfo set(TableInfo table, Map<String, String> options) {
    return new TableAlteration(List.of(), new OptionChange(options, Set.of()))
        .applyTo(table, TableRules.standard());
  }

  private static TableInfo altered(TableInfo table, SchemaChange... changes) {
    return TableAlteration.of(changes).applyTo(table, TableRules.standard());
  }

  private static void refused(TableInfo table, List<String> reasons, SchemaChange... changes) {
    assertThatThrownBy(() -> altered(table, changes))
        .isInstanceOf(InvalidTableException.class)
        .hasMessageStartingWith("Table 'shop.orders' cannot be changed")
        .satisfies(
            e ->
                assertThat(e.getMessage().split("\n- |changed: "))
                    .hasSize(1 + reasons.size())
                    .satisfies(
                        parts -> {
                          for (int i = 0; i < reasons.size(); i++) {
                            assertThat(Arrays.asList(parts).get(i + 1)).startsWith(reasons.get(i));
                          }
                        }));
  }

  private static TableInfo table(TableDescriptor.Builder builder) {
    TableDescriptor descriptor = builder.build();
    assertThat(TableRules.standard().problems("shop", "orders", descriptor)).isEmpty();
    return descriptor.toTableInfo(PATH, new UUID(1, 2), "shop.orders");
  }
}
