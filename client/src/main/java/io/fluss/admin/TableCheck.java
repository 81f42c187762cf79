package io.fluss.admin;

import java.util.List;

/**
 * What a connector has to say about a table before it is created. The table factories of source and
 * sink implement it, so that whoever creates tables needs to know neither.
 */
public interface TableCheck {

  /**
   * Says what would keep this connector from using the table; it talks to nobody.
   *
   * @param descriptor with those options only that are known and can be read
   * @return sentences for the user; empty where the table is fine
   */
  List<String> problems(TableDescriptor descriptor);
}
