package io.fluss.tiering.enumerator;

import io.fluss.lake.LakeRead;
import io.fluss.lake.LakeSnapshot;
import io.fluss.lake.LakeStorage;
import io.fluss.partition.PartitionKeys;
import io.fluss.partition.PartitionName;
import io.fluss.predicate.ColumnRef;
import io.fluss.predicate.Operator;
import io.fluss.predicate.Predicate;
import io.fluss.table.TableInfo;
import java.util.ArrayList;
import java.util.List;
import javax.annotation.Nullable;
import org.apache.flink.table.data.RowData;

/**
 * Whether a lake has rows of a partition before the first ones of its topic: then the partition was
 * dropped and created again, and those are of the former topic. See {@link
 * io.fluss.lake.TopicOffsets}.
 */
final class FormerRows {

  private final LakeStorage lake;
  private final TableInfo table;
  @Nullable private final LakeSnapshot snapshot;

  /**
   * @param snapshot that a round begins with, null where there is none
   */
  FormerRows(LakeStorage lake, TableInfo table, @Nullable LakeSnapshot snapshot) {
    this.lake = lake;
    this.table = table;
    this.snapshot = snapshot;
  }

  /** Whether it has; only primary-key tables are asked, since the rows of others are all alike. */
  boolean areOf(@Nullable PartitionName partition) {
    return partition != null
        && snapshot != null
        && table.hasPrimaryKey()
        && lake.plan(table, snapshot, new LakeRead(new int[0], rowsOf(partition), null)).stream()
            .anyMatch(split -> partition.equals(split.partition()));
  }

  private Predicate rowsOf(PartitionName partition) {
    RowData values = PartitionKeys.of(table).values(partition);
    int[] positions = PartitionKeys.positions(table);
    List<Predicate> equal = new ArrayList<>();
    for (int i = 0; i < positions.length; i++) {
      ColumnRef column = ColumnRef.of(table.rowType(), positions[i]);
      Object value = RowData.createFieldGetter(column.type(), i).getFieldOrNull(values);
      equal.add(Predicate.compare(column, Operator.EQUAL, value));
    }
    return Predicate.and(equal);
  }
}
