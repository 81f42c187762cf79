package io.fluss.table;

import java.io.Serializable;
import java.util.List;
import org.apache.flink.annotation.PublicEvolving;

/**
 * Columns of a primary-key table that some writer fills together, without the others of a row. Its
 * records have a key of their own, so that compaction keeps the last of each set. Immutable.
 *
 * @param id from {@value #MIN_ID} to {@value #MAX_ID}; first byte of the key of its records. A full
 *     row has {@value #FULL_ROW}, which is no column set
 * @param fieldIds ids of its columns, rising, at least one; none of them is of the primary key
 * @param registeredAtMillis wall clock of the client that registered it, epoch milliseconds; see
 *     {@link ColumnSetLease}
 */
@PublicEvolving
public record ColumnSet(int id, List<Integer> fieldIds, long registeredAtMillis)
    implements Serializable {

  /** In place of an id: records that hold all columns. */
  public static final int FULL_ROW = 0;

  public static final int MIN_ID = 1;
  public static final int MAX_ID = 127;

  public ColumnSet {
    if (id < MIN_ID || id > MAX_ID) {
      throw new IllegalArgumentException(
          "Column sets have ids from " + MIN_ID + " to " + MAX_ID + ", got " + id + ".");
    }
    fieldIds = List.copyOf(fieldIds);
    if (fieldIds.isEmpty()) {
      throw new IllegalArgumentException("Column set " + id + " has no columns.");
    }
    for (int i = 1; i < fieldIds.size(); i++) {
      if (fieldIds.get(i - 1) >= fieldIds.get(i)) {
        throw new IllegalArgumentException(
            "The field ids of column set " + id + " have to rise, got " + fieldIds + ".");
      }
    }
  }

  /** A column set that has been known for long. */
  public ColumnSet(int id, List<Integer> fieldIds) {
    this(id, fieldIds, 0);
  }
}
