package io.fluss.merge;

import java.util.List;
import javax.annotation.Nullable;

/**
 * A record of a primary-key table, as its bytes and as what they mean.
 *
 * @param id the primary key
 * @param values by column outside the key; only those of the column set count
 */
record Change(
    long id, int columnSet, Kind kind, List<Object> values, byte[] key, @Nullable byte[] value) {

  enum Kind {
    ROW,
    PARTIAL_DELETE,
    DELETE,
    TOMBSTONE
  }

  boolean sameKafkaKey(Change other) {
    return id == other.id && columnSet == other.columnSet;
  }

  @Override
  public String toString() {
    return kind + " of set " + columnSet + " for " + id + ": " + values;
  }
}
