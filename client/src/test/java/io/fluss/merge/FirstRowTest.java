package io.fluss.merge;

import io.fluss.table.TableInfo;
import java.util.List;
import java.util.Map;
import javax.annotation.Nullable;

class FirstRowTest extends MergeFunctionContract {

  @Override
  TableInfo table() {
    return MergeFixtures.table(Map.of("table.merge-engine", "first_row"), List.of());
  }

  @Override
  @Nullable
  List<Object> after(@Nullable List<Object> row, Change change) {
    return row == null && change.kind() == Change.Kind.ROW ? change.values() : row;
  }
}
