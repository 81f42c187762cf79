package io.fluss.testkit.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.FlussException;
import io.fluss.lake.LakeSchema;
import io.fluss.lake.LakeSnapshot;
import io.fluss.lake.LakeStorage;
import io.fluss.table.TableInfo;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.IntType;
import org.junit.jupiter.api.Test;

/** How a lake table comes to be, and whose it is. */
interface CreateTableContract extends LakeContract {

  private static RowData row(long id) {
    return GenericRowData.of(id, StringData.fromString("n" + id));
  }

  @Test
  default void aLakeTableHasTheSystemColumnsAndTheIdOfItsTable() {
    // Given
    TableInfo table = lake().table(LakeUnderTest::idAndName);

    // When
    lake().storage().createTable(table);

    // Then
    assertThat(lake().foreign().columns(table.path()))
        .containsExactly("id", "name", LakeSchema.BUCKET, LakeSchema.OFFSET, LakeSchema.TIMESTAMP);
    assertThat(lake().foreign().properties(table.path()))
        .containsEntry(LakeSchema.TABLE_ID_PROPERTY, table.id().toString());
  }

  @Test
  default void optionsUnderThePrefixOfTheFormatGoToTheLakeTable() {
    // Given
    TableInfo table =
        lake()
            .table(
                t -> {
                  capabilities()
                      .options()
                      .forEach((key, value) -> t.option(lake().option(key), value));
                  return LakeUnderTest.idAndName(t).option("table.datalake.enabled", "true");
                });

    // When
    lake().storage().createTable(table);

    // Then
    assertThat(lake().format().problems(table)).isEmpty();
    assertThat(lake().foreign().properties(table.path()))
        .containsAllEntriesOf(capabilities().options());
  }

  @Test
  default void optionsThatAreAlteredReachTheLakeTableAndAreTakenBack() {
    // Given
    TieredTable table = lake().create(lake().table(LakeUnderTest::idAndName));
    table.tier(row(1));
    Map<String, String> before = lake().foreign().properties(table.info().path());
    Map<String, String> set = new HashMap<>(table.info().options());
    capabilities().options().forEach((key, value) -> set.put(lake().option(key), value));

    // When
    lake().storage().createTable(table.info().withOptions(set));
    Map<String, String> altered = lake().foreign().properties(table.info().path());
    lake().storage().createTable(table.info());

    // Then
    assertThat(altered).containsAllEntriesOf(capabilities().options());
    assertThat(lake().foreign().properties(table.info().path())).isEqualTo(before);
    assertHolds(table, table.tier(row(2)));
  }

  @Test
  default void whatDoesNotExistAndWhatIsNewHasNoSnapshot() {
    // Given
    TableInfo table = lake().table(LakeUnderTest::idAndName);

    // When
    Optional<LakeSnapshot> before = lake().storage().latestSnapshot(table);
    lake().storage().createTable(table);
    Optional<LakeSnapshot> after = lake().storage().latestSnapshot(table);

    // Then
    assertThat(before).isEmpty();
    assertThat(after).isEmpty();
  }

  @Test
  default void creatingATableAgainChangesNothing() {
    // Given
    TieredTable table = lake().create(lake().table(LakeUnderTest::idAndName));
    LakeSnapshot snapshot = table.tier(row(1));

    // When
    lake().storage().createTable(table.info());

    // Then
    assertHolds(table, snapshot);
  }

  @Test
  default void severalClientsCanCreateATableAtOnce() throws Exception {
    // Given
    TableInfo info = lake().table(LakeUnderTest::idAndName);
    int clients = 6;
    ExecutorService executor = Executors.newFixedThreadPool(clients);

    // When
    try {
      List<Callable<Void>> creations =
          IntStream.range(0, clients)
              .<Callable<Void>>mapToObj(
                  i ->
                      () -> {
                        try (LakeStorage storage = lake().openAgain()) {
                          storage.createTable(info);
                        }
                        return null;
                      })
              .toList();
      for (Future<Void> creation : executor.invokeAll(creations)) {
        creation.get();
      }
    } finally {
      executor.shutdown();
    }

    // Then
    TieredTable table = lake().open(info);
    assertHolds(table, table.tier(row(1)));
  }

  @Test
  default void aTableWithRowsOfAnotherTableIsRefused() {
    // Given
    lake().create(lake().table(LakeUnderTest::idAndName)).tier(row(1));
    TableInfo createdAgain = lake().table(LakeUnderTest::idAndName);
    LakeStorage storage = lake().storage();
    TieredTable another = lake().open(createdAgain);

    // When
    // Then
    assertThatThrownBy(() -> storage.createTable(createdAgain))
        .isInstanceOf(FlussException.class)
        .hasMessageContaining(createdAgain.path().toString());
    assertThatThrownBy(() -> storage.latestSnapshot(createdAgain))
        .isInstanceOf(FlussException.class)
        .hasMessageContaining(createdAgain.path().toString());
    assertThatThrownBy(() -> another.tier(row(2))).isInstanceOf(FlussException.class);
  }

  @Test
  default void anEmptyTableOfAnotherTableIsTakenOver() {
    // Given
    TableInfo before = lake().table(LakeUnderTest::idAndName);
    lake().storage().createTable(before);

    // When
    TieredTable table = lake().create(lake().table(LakeUnderTest::idAndName));

    // Then
    assertThatThrownBy(() -> lake().storage().latestSnapshot(before))
        .isInstanceOf(FlussException.class);
    assertHolds(table, table.tier(row(1)));
  }

  @Test
  default void anEmptyTableWithOtherColumnsIsRefusedAndTheDifferenceNamed() {
    // Given
    lake().storage().createTable(lake().table(LakeUnderTest::idAndName));
    TableInfo wider =
        lake().table(t -> LakeUnderTest.idAndName(t).column("quantity", new IntType()));

    // When
    // Then
    assertThatThrownBy(() -> lake().storage().createTable(wider))
        .isInstanceOf(FlussException.class)
        .hasMessageContaining(wider.path().toString())
        .hasMessageContaining("quantity");
  }

  @Test
  default void anEmptyTableWithAnotherPrimaryKeyIsRefused() {
    // Given
    lake().storage().createTable(lake().table(LakeUnderTest::idAndName));
    TableInfo keyed =
        lake().table(t -> LakeUnderTest.idAndName(t).primaryKey(List.of("id")).buckets(2));

    // When
    // Then
    assertThatThrownBy(() -> lake().storage().createTable(keyed))
        .isInstanceOf(FlussException.class)
        .hasMessageContaining(keyed.path().toString());
  }
}
