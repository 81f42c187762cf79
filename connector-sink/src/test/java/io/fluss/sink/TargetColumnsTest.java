package io.fluss.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.table.BucketFunction;
import io.fluss.table.Column;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import io.fluss.table.TableState;
import io.fluss.upsert.RowScope;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.IntType;
import org.junit.jupiter.api.Test;

class TargetColumnsTest {

  @Test
  void namedColumnsAreFoundAmongTheDeclaredOnes() {
    // When // Then
    assertThat(TargetColumns.scope(table(Map.of()), new int[][] {{5}, {3}, {1}, {0}}, Set.of()))
        .isEqualTo(RowScope.columns(List.of(2, 4)));
  }

  @Test
  void allColumnsInAnyOrderAreFullRows() {
    // When // Then
    assertThat(
            TargetColumns.scope(table(Map.of()), new int[][] {{5}, {4}, {3}, {1}, {0}}, Set.of()))
        .isEqualTo(RowScope.fullRow());
  }

  @Test
  void allReasonsAgainstAPartialUpdateAreToldTogether() {
    // When // Then
    assertThatThrownBy(
            () ->
                TargetColumns.scope(
                    table(Map.of("table.merge-engine", "first_row")),
                    new int[][] {{4, 1}},
                    Set.of()))
        .isInstanceOf(ValidationException.class)
        .hasMessage(
            """
            Cannot write columns [d] of table 'shop.orders' without the others:
            - It names a field of column 'd' ([4, 1]). Name the column as a whole.
            - 'table.merge-engine' = 'first_row' keeps whole rows. Name all columns.
            - Columns [id, b] are of the primary key, which says which row is meant. Name them too.
            - Columns [c] are NOT NULL, and a row that is not there yet would have no value in them. Name them too.""");
  }

  /** Of id, b (both of the key), a computed column, c NOT NULL, d and e. */
  private static TableInfo table(Map<String, String> options) {
    return new TableInfo(
        new UUID(1, 2),
        TablePath.of("shop", "orders"),
        TableState.READY,
        "shop.orders",
        null,
        1,
        List.of(
            new Column.Physical(0, "id", new BigIntType(false), null),
            new Column.Physical(1, "b", new BigIntType(false), null),
            new Column.Computed("twice", "id * 2", new BigIntType(), null),
            new Column.Physical(2, "c", new IntType(false), null),
            new Column.Physical(3, "d", new IntType(), null),
            new Column.Physical(4, "e", new IntType(), null)),
        List.of(),
        List.of(),
        5,
        List.of("id", "b"),
        List.of(),
        List.of(),
        List.of("id", "b"),
        1,
        BucketFunction.MURMUR3,
        options,
        null,
        0);
  }
}
