package io.fluss.write.topics;

import io.fluss.admin.TableAdmin;
import io.fluss.table.TableInfo;
import io.fluss.write.WriteFailedException;
import java.util.Optional;

/**
 * The end of a writer whose table was dropped. It is found by the table's id: topics of partitions
 * tell a table by its name only, which may be another table's by now.
 */
record DroppedTable(WriteFailedException cause) implements TopicChange {

  /** The failure where the table is gone; one read of its record. */
  static Optional<WriteFailedException> failure(TableInfo table, TableAdmin admin) {
    return admin.refresh(table).isPresent() ? Optional.empty() : Optional.of(failure(table));
  }

  static WriteFailedException failure(TableInfo table) {
    return new WriteFailedException(
        "Cannot write to table '"
            + table.path()
            + "' (id "
            + table.id()
            + "): it was dropped. A table of this name that is there now is another one: start the"
            + " job anew, without its old state.");
  }

  @Override
  public void apply() {
    throw cause;
  }

  @Override
  public Optional<WriteFailedException> failure() {
    return Optional.of(cause);
  }
}
