package io.fluss.admin;

import io.fluss.FlussException;
import io.fluss.table.TablePath;
import org.apache.flink.annotation.PublicEvolving;

/** The table has no such partition. */
@PublicEvolving
public final class PartitionNotFoundException extends FlussException {

  private static final long serialVersionUID = 1L;

  public PartitionNotFoundException(TablePath table, String partition) {
    super("Table '" + table + "' has no partition " + partition + ".");
  }
}
