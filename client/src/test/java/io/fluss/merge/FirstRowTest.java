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
  List<Object> row(List<Change> changes) {
    return changes.stream()
        .filter(change -> change.kind() == Change.Kind.ROW)
        .findFirst()
        .map(Change::values)
        .orElse(null);
  }
}
