package io.fluss.catalog;

import io.fluss.admin.OptionChange;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.table.catalog.TableChange;

/** ALTER TABLE SET and RESET in our terms. */
final class OptionChanges {

  private OptionChanges() {}

  static OptionChange of(List<TableChange> changes) {
    Map<String, String> set = new HashMap<>();
    Set<String> reset = new HashSet<>();
    for (TableChange change : changes) {
      if (change instanceof TableChange.SetOption option) {
        set.put(option.getKey(), option.getValue());
      } else if (change instanceof TableChange.ResetOption option) {
        reset.add(option.getKey());
      } else {
        throw TablesOnlyCatalog.unsupported("ALTER TABLE other than RENAME TO, SET and RESET is");
      }
    }
    return new OptionChange(set, reset);
  }
}
