package io.fluss.merge;

import io.fluss.FlussException;
import io.fluss.table.TablePath;
import java.time.Duration;
import java.time.Instant;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.util.TimeUtils;

/**
 * A reader stayed away for longer than deletes are kept in the log. Retrying does not help: it has
 * to start without its state.
 */
@PublicEvolving
public final class TombstonesGoneException extends FlussException {

  private static final long serialVersionUID = 1L;

  TombstonesGoneException(
      TablePath table, Instant safeTime, Instant now, Duration deleteRetention) {
    super(
        "Table '"
            + table
            + "' cannot be read on from a state of "
            + safeTime
            + ": it is "
            + now
            + " now, and its topic keeps deletes for "
            + TimeUtils.formatWithHighestUnit(deleteRetention)
            + " only ('delete.retention.ms' = "
            + deleteRetention.toMillis()
            + "), so rows deleted in the meantime would stay in the result. Start the query anew,"
            + " without its state. To let queries pause for longer, raise 'table.log.ttl'.");
  }
}
