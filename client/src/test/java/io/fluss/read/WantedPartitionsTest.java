package io.fluss.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluss.partition.PartitionKeys;
import io.fluss.partition.PartitionName;
import io.fluss.predicate.Predicate;
import io.fluss.predicate.RandomPredicates;
import io.fluss.table.BucketFunction;
import io.fluss.table.Column;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import io.fluss.table.TableState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.data.utils.ProjectedRowData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WantedPartitionsTest {

  private static final RowType TYPES = RandomPredicates.TYPES;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void noRowThatMatchesIsInAPartitionThatIsNotWanted(long seed) {
    // Given
    Random random = new Random(seed);
    RandomPredicates conditions = new RandomPredicates(random);
    int notWanted = 0;
    for (int i = 0; i < 500; i++) {
      int[] keys = someColumns(random);
      TableInfo table = partitionedBy(keys);
      int depth = random.nextInt(4);
      Predicate filter =
          random.nextBoolean()
              ? conditions.predicate(depth).predicate()
              : Predicate.and(
                  List.of(
                      conditions.predicate(depth, keys).predicate(),
                      conditions.predicate(depth).predicate()));
      WantedPartitions wanted = WantedPartitions.of(table, Optional.of(filter));
      for (int r = 0; r < 20; r++) {
        GenericRowData row = rowWith(conditions, keys);

        // When
        boolean contains = wanted.contains(partitionOf(table, row));

        // Then
        assertThat(contains || !filter.test(row)).as("%s of %s", filter, row).isTrue();
        notWanted += contains ? 0 : 1;
      }
    }
    assertThat(notWanted).isPositive();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void aConditionOnPartitionKeysAloneLeavesOutAllPartitionsThatDoNotMatch(long seed) {
    // Given
    Random random = new Random(seed);
    RandomPredicates conditions = new RandomPredicates(random);
    for (int i = 0; i < 500; i++) {
      int[] keys = someColumns(random);
      TableInfo table = partitionedBy(keys);
      Predicate filter = conditions.predicate(random.nextInt(4), keys).predicate();
      WantedPartitions wanted = WantedPartitions.of(table, Optional.of(filter));
      for (int r = 0; r < 20; r++) {
        GenericRowData row = rowWith(conditions, keys);

        // When
        boolean contains = wanted.contains(partitionOf(table, row));

        // Then
        assertThat(contains).as("%s of %s", filter, row).isEqualTo(filter.test(row));
      }
    }
  }

  @Test
  void allPartitionsAreWantedWithoutAFilter() {
    TableInfo table = partitionedBy(new int[] {3});
    assertThat(WantedPartitions.of(table, Optional.empty()).contains(PartitionName.of("7")))
        .isTrue();
  }

  private static int[] someColumns(Random random) {
    List<Integer> all = new ArrayList<>(IntStream.range(0, TYPES.getFieldCount()).boxed().toList());
    Collections.shuffle(all, random);
    return all.stream().limit(1 + random.nextInt(3)).mapToInt(Integer::intValue).toArray();
  }

  /** With values that the types of these columns can have. */
  private static GenericRowData rowWith(RandomPredicates conditions, int[] notNull) {
    GenericRowData row = conditions.row();
    while (hasNull(row, notNull)) {
      row = conditions.row();
    }
    for (int column : notNull) {
      if (TYPES.getTypeAt(column) instanceof TimestampType type && type.getPrecision() == 3) {
        TimestampData time = row.getTimestamp(column, 3);
        row.setField(column, TimestampData.fromEpochMillis(time.getMillisecond()));
      }
    }
    return row;
  }

  private static boolean hasNull(GenericRowData row, int[] columns) {
    return IntStream.of(columns).anyMatch(row::isNullAt);
  }

  private static PartitionName partitionOf(TableInfo table, GenericRowData row) {
    return PartitionKeys.of(table)
        .nameOf(ProjectedRowData.from(PartitionKeys.positions(table)).replaceRow(row));
  }

  private static TableInfo partitionedBy(int[] keys) {
    List<Column> columns = new ArrayList<>();
    for (RowType.RowField field : TYPES.getFields()) {
      columns.add(new Column.Physical(columns.size(), field.getName(), field.getType(), null));
    }
    return new TableInfo(
        new UUID(0, 1),
        TablePath.of("d", "t"),
        TableState.READY,
        "d.t",
        null,
        1,
        columns,
        List.of(),
        List.of(),
        columns.size(),
        List.of(),
        List.of(),
        IntStream.of(keys).mapToObj(TYPES.getFieldNames()::get).toList(),
        List.of(),
        1,
        BucketFunction.MURMUR3,
        Map.of(),
        null,
        0);
  }
}
