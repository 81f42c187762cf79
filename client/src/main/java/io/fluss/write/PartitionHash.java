package io.fluss.write;

import io.fluss.partition.PartitionKeys;
import io.fluss.partition.PartitionName;
import io.fluss.table.TableInfo;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;

/**
 * A number of the partition of a row, the same in every process. Partitions may share one. For each
 * row without allocation; one thread.
 */
public final class PartitionHash {

  private final PartitionKeys keys;
  private final KeyColumns ofRows;
  private final KeyColumns ofValues;

  private PartitionHash(PartitionKeys keys, RowType rows) {
    this.keys = keys;
    this.ofRows = new KeyColumns(keys.columns(), rows);
    this.ofValues = new KeyColumns(keys.columns(), keys.type());
  }

  /**
   * Of a partitioned table.
   *
   * @param rows type of the rows, which have the partition keys
   */
  public static PartitionHash of(TableInfo table, RowType rows) {
    return new PartitionHash(PartitionKeys.of(table), rows);
  }

  /** Null in a partition key has a number too; whoever writes the row refuses it. */
  public int of(RowData row) {
    return ofRows.of(row).hash();
  }

  /** The number of the rows of a partition. */
  public int of(PartitionName partition) {
    return ofValues.of(keys.values(partition)).hash();
  }
}
