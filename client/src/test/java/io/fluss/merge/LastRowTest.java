package io.fluss.merge;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.format.row.RowEncoder;
import io.fluss.table.TableInfo;
import java.util.List;
import java.util.Map;
import javax.annotation.Nullable;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.junit.jupiter.api.Test;

class LastRowTest extends MergeFunctionContract {

  private static final RowData ROW = GenericRowData.of(1, 1L, null, null, null);

  @Override
  TableInfo table() {
    return MergeFixtures.table(Map.of(), List.of());
  }

  @Override
  @Nullable
  List<Object> row(List<Change> changes) {
    Change last = changes.get(changes.size() - 1);
    return last.kind() == Change.Kind.ROW ? last.values() : null;
  }

  @Test
  void refusesADeleteOfColumnSets() {
    // Given
    MergeFunction function = MergeFunction.of(table());

    // When, Then
    assertThatThrownBy(() -> function.merge(null, 0, RowEncoder.delete(1)))
        .isInstanceOf(UnknownColumnSetException.class)
        .hasMessage(
            "A record deletes a row from all column sets, which the table did not have when this"
                + " query was planned: it is written with partial updates since. Start the query"
                + " again, so that it reads the table as it is now.");
  }

  @Test
  void refusesARecordOfAColumnSet() {
    // Given
    MergeFunction function = MergeFunction.of(table());

    // When, Then
    assertThatThrownBy(() -> function.merge(null, 2, null))
        .isInstanceOf(UnknownColumnSetException.class)
        .hasMessage(
            "A record updates column set 2, which the table did not have when this query was"
                + " planned: it is written with partial updates since. Start the query again, so"
                + " that it reads the table as it is now.");
  }

  @Test
  void refusesAStateOfColumnSets() {
    // Given
    TableInfo updated = MergeFixtures.table(Map.of(), MergeFixtures.COLUMN_SETS);
    byte[] update = RowEncoder.of(updated.rowType(), new int[] {0, 2}, 1).encode(ROW);
    byte[] state = MergeFunction.of(updated).merge(null, 1, update);

    // When, Then
    assertThatThrownBy(() -> MergeFunction.of(table()).row(state))
        .isInstanceOf(UnknownColumnSetException.class)
        .hasMessageStartingWith("A row that was kept is made of column sets, which the table");
  }

  @Test
  void aLogTableHasNoMergeFunction() {
    // Given
    TableInfo log = MergeFixtures.logTable();

    // When, Then
    assertThatThrownBy(() -> MergeFunction.of(log))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Table 'shop.orders' has no primary key: its rows are not folded.");
  }
}
