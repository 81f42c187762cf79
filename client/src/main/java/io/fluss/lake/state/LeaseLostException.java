package io.fluss.lake.state;

import io.fluss.FlussException;
import io.fluss.table.TablePath;

/** Another job has claimed a table since, or the table is gone; nothing was written. */
public final class LeaseLostException extends FlussException {

  private static final long serialVersionUID = 1L;

  LeaseLostException(TablePath path, TieringLease lease) {
    super(
        "Table '"
            + path
            + "' is tiered by another job by now, or was dropped, or its lake was disabled: the"
            + " lease of '"
            + lease.owner()
            + "' (epoch "
            + lease.epoch()
            + ") is not the newest. What is in the lake is right in any case.");
  }
}
