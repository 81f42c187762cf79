package io.fluss.admin;

import io.fluss.FlussException;
import io.fluss.table.TablePath;
import org.apache.flink.annotation.PublicEvolving;

/** There is a table of this name already. */
@PublicEvolving
public final class TableExistsException extends FlussException {

  private static final long serialVersionUID = 1L;

  public TableExistsException(TablePath path) {
    super("Table '" + path + "' exists already.");
  }
}
