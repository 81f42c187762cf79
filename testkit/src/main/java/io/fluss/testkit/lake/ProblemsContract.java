package io.fluss.testkit.lake;

import static io.fluss.testkit.lake.LakeUnderTest.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.fluss.table.TableInfo;
import java.util.List;
import java.util.function.Predicate;
import org.apache.flink.table.types.logical.LogicalType;
import org.junit.jupiter.api.Test;

/** That a format tells beforehand what it cannot keep. */
interface ProblemsContract extends LakeContract {

  private void assertProblems(
      Predicate<LogicalType> possible, LogicalType type, String column, TableInfo table) {
    List<String> problems = lake().format().problems(table);
    if (possible.test(type)) {
      assertThat(problems).as(type.asSummaryString()).isEmpty();
    } else {
      assertThat(problems)
          .as(type.asSummaryString())
          .anySatisfy(p -> assertThat(p).contains("'" + column + "'", type.asSummaryString()));
    }
  }

  @Test
  default void columnsOfTypesThatCannotBeStoredAreNamedAndNoOthers() {
    for (LogicalType type : LakeTypes.ALL) {
      TableInfo table = table(t -> LakeUnderTest.idAndName(t).column("odd one", type));
      assertProblems(capabilities().stores(), type, "odd one", table);
    }
  }

  @Test
  default void primaryKeysOfTypesThatCannotBeAreNamedAndNoOthers() {
    for (LogicalType type : LakeTypes.SCALARS) {
      TableInfo table =
          table(t -> LakeUnderTest.idAndName(t).column("k", type).primaryKey(List.of("id", "k")));
      assertProblems(
          capabilities().stores().and(capabilities().identifiesBy()), type.copy(false), "k", table);
    }
  }

  @Test
  default void partitionKeysOfTypesThatCannotBeAreNamedAndNoOthers() {
    for (LogicalType type : LakeTypes.SCALARS) {
      TableInfo table =
          table(t -> LakeUnderTest.idAndName(t).column("p", type).partitionKeys(List.of("p")));
      assertProblems(capabilities().stores().and(capabilities().partitionsBy()), type, "p", table);
    }
  }

  @Test
  default void optionsThatCannotBeAreNamedWithTheirValue() {
    capabilities()
        .refusedOptions()
        .forEach(
            (key, value) -> {
              TableInfo table =
                  table(
                      t ->
                          LakeUnderTest.idAndName(t)
                              .primaryKey(List.of("id"))
                              .option(lake().option(key), value));
              assertThat(lake().format().problems(table))
                  .as(key)
                  .anySatisfy(p -> assertThat(p).contains("'" + lake().option(key) + "'"));
            });
  }

  @Test
  default void optionsOfOtherFormatsAndOfTablesAreNoneOfItsBusiness() {
    // Given
    TableInfo table =
        table(
            t ->
                LakeUnderTest.idAndName(t)
                    .option("otherlake.no-such-option", "x")
                    .option("table.log.ttl", "7 d"));

    // When
    List<String> problems = lake().format().problems(table);

    // Then
    assertThat(problems).isEmpty();
  }
}
