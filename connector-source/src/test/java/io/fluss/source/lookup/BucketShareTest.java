package io.fluss.source.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluss.read.Selection;
import io.fluss.table.BucketFunction;
import io.fluss.table.Column;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import io.fluss.table.TableState;
import io.fluss.write.KeyedBucketRouter;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.api.Test;

class BucketShareTest {

  private final TableInfo table =
      new TableInfo(
          new UUID(1, 2),
          TablePath.of("shop", "customers"),
          TableState.READY,
          "shop.customers",
          null,
          1,
          List.of(
              new Column.Physical(0, "name", VarCharType.STRING_TYPE, null),
              new Column.Physical(1, "id", new BigIntType(false), null)),
          List.of(),
          List.of(),
          2,
          List.of("id"),
          List.of(),
          List.of(),
          List.of("id"),
          3,
          BucketFunction.MURMUR3,
          Map.of(),
          null,
          0);

  private final BucketShare share =
      new BucketShare(
          table,
          LookupKeys.of(table, new Selection.Fields(new int[][] {{0}, {1}}), new int[][] {{1}}));

  private int bucket(long id) {
    return KeyedBucketRouter.of(table).bucket(GenericRowData.of(null, id));
  }

  @Test
  void fewTasksHaveWholeBuckets() {
    // When
    for (long id = 0; id < 100; id++) {
      int task = share.partition(GenericRowData.of(id), 2);
      // Then
      assertThat(task).isEqualTo(bucket(id) % 2);
    }
  }

  @Test
  void manyTasksShareTheBuckets() {
    // Given
    Set<Integer> used = new HashSet<>();
    // When
    for (long id = 0; id < 1000; id++) {
      int task = share.partition(GenericRowData.of(id), 7);
      used.add(task);
      // Then
      assertThat(task % 3).isEqualTo(bucket(id));
    }
    assertThat(used).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5);
  }

  @Test
  void aKeyThatIsNullGoesSomewhere() {
    // When
    int task = share.partition(GenericRowData.of((Object) null), 2);
    // Then
    assertThat(task).isBetween(0, 1);
  }
}
