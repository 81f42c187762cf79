package io.fluss.upsert;

import io.fluss.FlussException;
import io.fluss.options.TableOptions;
import io.fluss.table.TablePath;
import org.apache.flink.annotation.PublicEvolving;

/** A delete for a table that takes none. Retrying does not help. */
@PublicEvolving
public final class DeletionDisabledException extends FlussException {

  private static final long serialVersionUID = 1L;

  DeletionDisabledException(TablePath table) {
    super(
        "Cannot delete from table '"
            + table
            + "': it has '"
            + TableOptions.DELETE_BEHAVIOR.key()
            + "' = 'disable'. Write no deletes, or drop them with 'sink.ignore-delete' = 'true'.");
  }
}
