package io.fluss.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluss.table.StatisticsColumns;
import io.fluss.table.TablePath;
import java.util.List;
import java.util.UUID;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.api.Test;

/** Which columns may have statistics. */
class StatisticsRulesTest {

  private static final String OPTION = "table.statistics.columns";

  @Test
  void namedColumnsAreFound() {
    // Given
    TableDescriptor descriptor = columns().option(OPTION, " name, id").build();

    // When, Then
    assertThat(problems(descriptor)).isEmpty();
    assertThat(positions(descriptor)).containsExactly(0, 2);
  }

  @Test
  void aStarMeansAllThatAreNotNested() {
    // Given
    TableDescriptor descriptor = columns().option(OPTION, "*").build();

    // When, Then
    assertThat(problems(descriptor)).isEmpty();
    assertThat(positions(descriptor)).containsExactly(0, 2);
  }

  @Test
  void noneIsTheDefault() {
    assertThat(positions(columns().build())).isEmpty();
  }

  @Test
  void allProblemsAreNamedTogether() {
    // Given
    TableDescriptor descriptor =
        columns().option(OPTION, "id,tags,nmae,id,*").option("bucket.num", "0").build();

    // When, Then
    assertThat(problems(descriptor))
        .containsExactlyInAnyOrder(
            "Option 'bucket.num' is '0' and must be at least 1.",
            "Option 'table.statistics.columns' names column 'tags' of type ARRAY<INT>; only columns"
                + " that are not nested have a smallest and a greatest value.",
            "Option 'table.statistics.columns' names column 'nmae', which is not a stored column of"
                + " the table. Stored columns: id, tags, name.",
            "Option 'table.statistics.columns' names column 'id' more than once.",
            "Option 'table.statistics.columns' names column '*', which is not a stored column of"
                + " the table. Stored columns: id, tags, name.");
  }

  @Test
  void primaryKeyTablesHaveNone() {
    // Given
    TableDescriptor descriptor = columns().primaryKey(List.of("id")).option(OPTION, "id").build();

    // When, Then
    assertThat(problems(descriptor))
        .containsExactly(
            "Option 'table.statistics.columns' is for tables without a primary key, whose rows are"
                + " stored in batches. Leave it out.");
  }

  private static int[] positions(TableDescriptor descriptor) {
    return StatisticsColumns.positions(
        descriptor.toTableInfo(TablePath.of("shop", "orders"), new UUID(1, 2), "shop.orders"));
  }

  private static List<String> problems(TableDescriptor descriptor) {
    return TableRules.standard().problems("shop", "orders", descriptor);
  }

  private static TableDescriptor.Builder columns() {
    return TableDescriptor.builder()
        .column("id", new BigIntType(false))
        .column("tags", new ArrayType(new IntType()))
        .column("name", VarCharType.STRING_TYPE);
  }
}
