package io.fluss.admin;

import io.fluss.FlussException;
import io.fluss.table.TablePath;

/** The table has the partition already. */
public final class PartitionExistsException extends FlussException {

  private static final long serialVersionUID = 1L;

  PartitionExistsException(TablePath table, String partition) {
    super("Table '" + table + "' has a partition " + partition + " already.");
  }
}
