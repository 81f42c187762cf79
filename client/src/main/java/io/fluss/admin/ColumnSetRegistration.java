package io.fluss.admin;

import io.fluss.table.ColumnSet;
import io.fluss.table.ColumnSetLease;
import io.fluss.table.TableInfo;
import java.time.Clock;
import java.time.Duration;

/**
 * What {@link TableAdmin#registerColumnSet} found or made. Immutable.
 *
 * @param table the table's record with the column set
 * @param columnSet the set of the columns asked for
 * @param isNew whether this call has registered it; false: it was there before
 */
public record ColumnSetRegistration(TableInfo table, ColumnSet columnSet, boolean isNew) {

  /**
   * How long the caller has to wait from now before it writes a first record of the set; also where
   * the set is not new, see {@link ColumnSetLease#waitBeforeFirstWrite}.
   */
  public Duration waitBeforeFirstWrite() {
    return ColumnSetLease.waitBeforeFirstWrite(columnSet, Clock.systemUTC().millis());
  }
}
