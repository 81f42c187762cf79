package io.fluss.admin;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a connector has to say about a table before it is created or its options change. The table
 * factories of source and sink implement it, so that whoever does that needs to know neither.
 */
public interface TableCheck {

  /**
   * Says what would keep this connector from using the table; it talks to nobody.
   *
   * @param descriptor with those options only that are known and can be read
   * @return sentences for the user; empty where the table is fine
   */
  List<String> problems(TableDescriptor descriptor);

  /**
   * Says what is wrong with options that one statement gives beside those of its table. Both are
   * known and can be read.
   *
   * @param stored the table's
   * @param hinted the statement's, which win
   * @return sentences for the user; empty where the options are fine
   */
  default List<String> hintProblems(Map<String, String> stored, Map<String, String> hinted) {
    Map<String, String> all = new HashMap<>(stored);
    all.putAll(hinted);
    return problems(TableDescriptor.builder().options(all).build());
  }
}
