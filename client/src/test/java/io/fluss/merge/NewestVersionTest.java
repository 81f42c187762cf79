package io.fluss.merge;

import io.fluss.table.TableInfo;
import java.util.List;
import java.util.Map;
import javax.annotation.Nullable;

class NewestVersionTest extends MergeFunctionContract {

  private static final int VERSION = 2;

  @Override
  TableInfo table() {
    return MergeFixtures.table(
        Map.of(
            "table.merge-engine",
            "versioned",
            "table.merge-engine.versioned.ver-column",
            "version"),
        List.of());
  }

  @Override
  @Nullable
  List<Object> row(List<Change> changes) {
    List<Object> row = null;
    for (Change change : changes) {
      row = after(row, change);
    }
    return row;
  }

  @Nullable
  private static List<Object> after(@Nullable List<Object> row, Change change) {
    if (change.kind() != Change.Kind.ROW) {
      return row;
    }
    if (row == null) {
      return change.values();
    }
    Long before = (Long) row.get(VERSION);
    Long now = (Long) change.values().get(VERSION);
    return now != null && (before == null || now >= before) ? change.values() : row;
  }
}
