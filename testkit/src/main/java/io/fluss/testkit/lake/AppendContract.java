package io.fluss.testkit.lake;

import static io.fluss.testkit.lake.LakeUnderTest.columns;
import static io.fluss.testkit.lake.LakeUnderTest.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.fluss.admin.TableDescriptor;
import io.fluss.lake.LakeSnapshot;
import io.fluss.table.TablePath;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows of log tables: all of them, as they were, with their place in the log. */
interface AppendContract extends LakeContract {

  /** How the rows of a log table are spread. */
  enum Layout {
    PLAIN,
    KEYED,
    PARTITIONED,
    PARTITIONED_AND_KEYED;

    boolean keyed() {
      return this == KEYED || this == PARTITIONED_AND_KEYED;
    }

    boolean partitioned() {
      return this == PARTITIONED || this == PARTITIONED_AND_KEYED;
    }
  }

  /** Columns {@code id}, {@code region}, {@code day}, then those of all types. */
  private RowType wideType() {
    List<RowType.RowField> fields = new ArrayList<>();
    fields.add(new RowType.RowField("id", new BigIntType()));
    fields.add(new RowType.RowField("region", new VarCharType(false, 20)));
    fields.add(new RowType.RowField("day", new IntType(false)));
    LakeTypes.ALL.stream()
        .filter(capabilities().stores())
        .forEach(type -> fields.add(new RowType.RowField("c" + fields.size(), type)));
    return new RowType(false, fields);
  }

  private static TableDescriptor.Builder layout(TableDescriptor.Builder table, Layout layout) {
    if (layout.keyed()) {
      table.bucketKey("id");
    }
    if (layout.partitioned()) {
      table.partitionKeys(List.of("region", "day"));
    }
    return table.buckets(3);
  }

  @ParameterizedTest
  @EnumSource(Layout.class)
  default void rowsOfAllTypesComeBackAsTheyWere(Layout layout) {
    // Given
    RowType type = wideType();
    TieredTable table = lake().create(table(t -> layout(columns(type).apply(t), layout)));
    LakeRows rows = new LakeRows(layout.ordinal());

    // When
    LakeSnapshot first = table.tier(rows.rows(type, 60));
    LakeSnapshot second = table.tier(rows.rows(type, 60));

    // Then
    assertHolds(table, second);
    assertThat(table.read(first)).hasSize(60);
  }

  @Test
  default void partitionKeysOfAllTypesWithOddValuesComeBackAsTheyWere() {
    List<LogicalType> types =
        LakeTypes.SCALARS.stream()
            .filter(capabilities().stores().and(capabilities().partitionsBy()))
            .toList();
    for (LogicalType type : types) {
      RowType rowType =
          RowType.of(
              new LogicalType[] {new BigIntType(), type.copy(false)}, new String[] {"id", "p"});
      String name = "by_" + types.indexOf(type);
      TieredTable table =
          lake()
              .create(
                  table(
                      TablePath.of("shop", name),
                      t -> columns(rowType).apply(t).partitionKeys(List.of("p")).buckets(2)));
      LakeSnapshot snapshot = table.tier(new LakeRows(7).rows(rowType, 40));
      assertHolds(table, snapshot);
    }
  }

  @Test
  default void bucketKeysOfAllTypesComeBackInTheBucketOfTheLog() {
    List<LogicalType> types = LakeTypes.SCALARS.stream().filter(capabilities().stores()).toList();
    for (LogicalType type : types) {
      RowType rowType =
          RowType.of(new LogicalType[] {new BigIntType(), type}, new String[] {"id", "k"});
      String name = "on_" + types.indexOf(type);
      TieredTable table =
          lake()
              .create(
                  table(
                      TablePath.of("shop", name),
                      t -> columns(rowType).apply(t).bucketKey("k").buckets(3)));
      LakeSnapshot snapshot = table.tier(new LakeRows(8).rows(rowType, 40));
      assertHolds(table, snapshot);
    }
  }

  @Test
  default void manyRowsOfManyRoundsAreAllThere() {
    // Given
    TieredTable table = lake().create(table(t -> LakeUnderTest.idAndName(t).buckets(2)));

    // When
    for (int round = 0; round < 4; round++) {
      int from = round * 20_000;
      table.tier(
          IntStream.range(from, from + 20_000)
              .<RowData>mapToObj(
                  i -> GenericRowData.of((long) i, StringData.fromString("name " + i)))
              .toList());
    }

    // Then
    assertHolds(table, lake().storage().latestSnapshot(table.info()).orElseThrow());
  }
}
