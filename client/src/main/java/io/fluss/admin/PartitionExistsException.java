package io.fluss.admin;

import io.fluss.FlussException;
import io.fluss.table.TablePath;
import org.apache.flink.annotation.PublicEvolving;

/** The table has the partition already. */
@PublicEvolving
public final class PartitionExistsException extends FlussException {

  private static final long serialVersionUID = 1L;

  PartitionExistsException(TablePath table, String partition) {
    super("Table '" + table + "' has a partition " + partition + " already.");
  }
}
