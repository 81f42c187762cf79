package io.fluss.merge;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.format.row.RowEncoder;
import io.fluss.table.TableInfo;
import java.util.List;
import java.util.Map;
import javax.annotation.Nullable;
import org.junit.jupiter.api.Test;

class LastRowTest extends MergeFunctionContract {

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
  void aLogTableHasNoMergeFunction() {
    // Given
    TableInfo log = MergeFixtures.logTable();

    // When, Then
    assertThatThrownBy(() -> MergeFunction.of(log))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Table 'shop.orders' has no primary key: its rows are not folded.");
  }
}
