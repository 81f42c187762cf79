package io.fluss.testkit.lake;

import static io.fluss.testkit.lake.LakeUnderTest.columns;
import static org.assertj.core.api.Assertions.assertThat;

import io.fluss.FlussException;
import io.fluss.lake.LakeSnapshot;
import io.fluss.table.TablePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.flink.types.RowKind;
import org.junit.jupiter.api.Test;

/** Rows of primary-key tables: of each key the newest, and none of a deleted one. */
interface UpsertContract extends LakeContract {

  private static RowData upsert(long id, String name) {
    return GenericRowData.of(id, StringData.fromString(name));
  }

  private static RowData delete(long id) {
    return GenericRowData.ofKind(RowKind.DELETE, id, null);
  }

  private TieredTable idToName() {
    return lake()
        .create(lake().table(t -> LakeUnderTest.idAndName(t).primaryKey(List.of("id")).buckets(3)));
  }

  @Test
  default void theNewestRowOfAKeyStays() {
    // Given
    TieredTable table = idToName();
    table.tier(upsert(1, "a"), upsert(2, "b"), upsert(3, "c"));

    // When
    LakeSnapshot snapshot = table.tier(upsert(2, "B"), upsert(4, "d"));

    // Then
    assertHolds(table, snapshot);
    assertThat(table.read(snapshot)).hasSize(4);
  }

  @Test
  default void aDeletedKeyHasNoRowUntilItIsWrittenAgain() {
    // Given
    TieredTable table = idToName();
    table.tier(upsert(1, "a"), upsert(2, "b"));

    // When
    LakeSnapshot deleted = table.tier(delete(1));
    LakeSnapshot written = table.tier(upsert(1, "again"));

    // Then
    assertThat(table.read(deleted)).hasSize(1);
    assertHolds(table, written);
    assertThat(table.read(written)).hasSize(2);
  }

  @Test
  default void deletingKeysThatAreNotThereIsNothing() {
    // Given
    TieredTable table = idToName();

    // When
    LakeSnapshot empty = table.tier(delete(7), delete(8));
    LakeSnapshot snapshot = table.tier(upsert(1, "a"), delete(9));

    // Then
    assertThat(table.read(empty)).isEmpty();
    assertHolds(table, snapshot);
  }

  @Test
  default void allKeysCanBeDeleted() {
    // Given
    TieredTable table = idToName();
    table.tier(upsert(1, "a"), upsert(2, "b"), upsert(3, "c"));

    // When
    LakeSnapshot snapshot = table.tier(delete(1), delete(2), delete(3));

    // Then
    assertHolds(table, snapshot);
    assertThat(table.read(snapshot)).isEmpty();
  }

  @Test
  default void aWriterThatBeganBeforeTheRoundNeverHidesNewerRows() {
    // Given
    TieredTable table = idToName();
    table.tier(upsert(1, "a"), upsert(2, "a"));
    TieredTable.Round second = table.append(List.of(upsert(1, "b"), delete(2))).write();
    TieredTable.Round third = table.append(List.of(upsert(1, "c"), upsert(2, "c"))).write();
    LakeSnapshot committed = table.commit(second);

    // When
    boolean refused = false;
    try {
      committed = table.commit(third);
    } catch (FlussException e) {
      refused = true;
    }

    // Then
    if (refused) {
      assertThat(lake().storage().latestSnapshot(table.info())).contains(committed);
      assertThat(table.read(committed)).hasSize(1);
      assertThat(table.read(committed).get(0)).contains(1L, "b");
    } else {
      assertHolds(table, committed);
    }
  }

  @Test
  default void keysOfAllTypesAreTold() {
    List<LogicalType> types =
        LakeTypes.SCALARS.stream()
            .filter(capabilities().stores().and(capabilities().identifiesBy()))
            .toList();
    for (LogicalType type : types) {
      RowType rowType =
          RowType.of(new LogicalType[] {type.copy(false), new IntType()}, new String[] {"k", "v"});
      TieredTable table =
          lake()
              .create(
                  lake()
                      .table(
                          TablePath.of("shop", "key_" + types.indexOf(type)),
                          t -> columns(rowType).apply(t).primaryKey(List.of("k")).buckets(2)));
      LakeRows rows = new LakeRows(11);
      table.tier(rows.rows(rowType, 30));
      assertHolds(table, table.tier(changes(rows, rowType, 30, new Random(11))));
    }
  }

  @Test
  default void valuesOfAllTypesComeBackAsTheyWere() {
    // Given
    List<RowType.RowField> fields = new ArrayList<>();
    fields.add(new RowType.RowField("id", new IntType(false)));
    LakeTypes.ALL.stream()
        .filter(capabilities().stores())
        .forEach(type -> fields.add(new RowType.RowField("c" + fields.size(), type)));
    RowType type = new RowType(false, fields);
    TieredTable table =
        lake()
            .create(lake().table(t -> columns(type).apply(t).primaryKey(List.of("id")).buckets(2)));
    LakeRows rows = new LakeRows(12);

    // When
    table.tier(rows.rows(type, 40));
    LakeSnapshot snapshot = table.tier(rows.rows(type, 40));

    // Then
    assertHolds(table, snapshot);
  }

  @Test
  default void compositeKeysInPartitionsFollowTheirLog() {
    // Given
    RowType type =
        RowType.of(
            new LogicalType[] {
              new VarCharType(20), new VarCharType(false, 20), new IntType(false), new BigIntType()
            },
            new String[] {"note", "region", "id", "amount"});
    TieredTable table =
        lake()
            .create(
                lake()
                    .table(
                        t ->
                            columns(type)
                                .apply(t)
                                .primaryKey(List.of("id", "region"))
                                .partitionKeys(List.of("region"))
                                .buckets(2)));
    LakeRows rows = new LakeRows(13);
    Random random = new Random(13);

    // When
    for (int round = 0; round < 6; round++) {
      table.tier(changes(rows, type, 40, random));
    }

    // Then
    assertHolds(table, lake().storage().latestSnapshot(table.info()).orElseThrow());
  }

  @Test
  default void aKeyWhoseBucketKeyIsAPartOfItFollowsItsLog() {
    // Given
    RowType type =
        RowType.of(
            new LogicalType[] {new IntType(false), new VarCharType(false, 20), new BigIntType()},
            new String[] {"a", "b", "v"});
    TieredTable table =
        lake()
            .create(
                lake()
                    .table(
                        t ->
                            columns(type)
                                .apply(t)
                                .primaryKey(List.of("a", "b"))
                                .bucketKey("b")
                                .buckets(3)));
    LakeRows rows = new LakeRows(14);
    Random random = new Random(14);

    // When
    for (int round = 0; round < 4; round++) {
      table.tier(changes(rows, type, 40, random));
    }

    // Then
    assertHolds(table, lake().storage().latestSnapshot(table.info()).orElseThrow());
  }

  /** Rows, a third of which delete their keys. */
  private static List<RowData> changes(LakeRows rows, RowType type, int count, Random random) {
    return IntStream.range(0, count)
        .mapToObj(
            i -> {
              RowData row = rows.row(type);
              row.setRowKind(random.nextInt(3) == 0 ? RowKind.DELETE : RowKind.INSERT);
              return row;
            })
        .toList();
  }

  @Test
  default void manyKeysOverManyRoundsFollowTheirLog() {
    // Given
    TieredTable table = idToName();
    Random random = new Random(15);

    // When
    for (int round = 0; round < 8; round++) {
      int number = round;
      table.tier(
          IntStream.range(0, 3000)
              .mapToObj(
                  i -> {
                    long id = random.nextInt(5000);
                    return random.nextInt(4) == 0 ? delete(id) : upsert(id, number + "-" + i);
                  })
              .toList());
    }

    // Then
    assertHolds(table, lake().storage().latestSnapshot(table.info()).orElseThrow());
  }
}
