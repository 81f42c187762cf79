package io.fluss.sink;

import io.fluss.partition.Partition;
import io.fluss.table.TableInfo;
import java.io.Serializable;
import java.util.Map;
import javax.annotation.Nullable;

/**
 * Rows that an INSERT OVERWRITE removes, in one topic.
 *
 * @param partition whose topic it is; null: it is the table's own
 * @param before offsets by bucket before which the rows lie
 */
record OldRows(@Nullable Partition partition, Map<Integer, Long> before) implements Serializable {

  OldRows {
    before = Map.copyOf(before);
  }

  /** The table as whoever reads or writes this topic alone sees it. */
  TableInfo of(TableInfo table) {
    return partition == null ? table : partition.of(table);
  }
}
