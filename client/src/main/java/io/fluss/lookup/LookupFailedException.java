package io.fluss.lookup;

import io.fluss.FlussException;
import io.fluss.table.TablePath;
import org.apache.flink.annotation.PublicEvolving;

/**
 * The rows of a table cannot be kept up to date any more, so none is handed out. A new {@link
 * TableLookup} begins anew; whether that helps depends on the cause.
 */
@PublicEvolving
public final class LookupFailedException extends FlussException {

  private static final long serialVersionUID = 1L;

  LookupFailedException(TablePath table, int bucket, Throwable cause) {
    super(
        "Cannot look up rows in bucket "
            + bucket
            + " of table '"
            + table
            + "': its rows are not kept up to date any more, because reading the log failed: "
            + cause.getMessage(),
        cause);
  }
}
