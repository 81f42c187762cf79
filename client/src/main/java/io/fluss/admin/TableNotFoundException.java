package io.fluss.admin;

import io.fluss.FlussException;
import io.fluss.table.TablePath;
import org.apache.flink.annotation.PublicEvolving;

/** There is no table of this name. */
@PublicEvolving
public final class TableNotFoundException extends FlussException {

  private static final long serialVersionUID = 1L;

  public TableNotFoundException(TablePath path) {
    super("Table '" + path + "' does not exist.");
  }
}
