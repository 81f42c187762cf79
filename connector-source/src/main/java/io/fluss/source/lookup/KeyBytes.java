package io.fluss.source.lookup;

import io.fluss.format.key.ColumnSets;
import io.fluss.format.key.KeyEncoder;
import io.fluss.partition.PartitionKeys;
import io.fluss.table.TableInfo;
import io.fluss.write.KeyedBucketRouter;
import java.nio.ByteBuffer;
import javax.annotation.Nullable;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.utils.ProjectedRowData;

/**
 * From a row of join keys to the partition, the bucket and the key, or its prefix, that it means.
 * One thread.
 */
final class KeyBytes {

  /**
   * Where rows are.
   *
   * @param partition what tells their partition from the others; always equal, without one
   * @param key of their records with column set 0; a prefix of it where there may be many
   */
  record Place(ByteBuffer partition, int bucket, byte[] key) {}

  private static final ByteBuffer NO_PARTITION = ByteBuffer.allocate(0);

  private final KeyedBucketRouter router;
  private final KeyEncoder encoder;
  private final ProjectedRowData asTableRow;

  /** Null where the table has no partitions. */
  @Nullable private final KeyEncoder partitions;

  KeyBytes(TableInfo table, LookupKeys keys) {
    this.router = KeyedBucketRouter.of(table);
    this.encoder = KeyEncoder.of(table.rowType(), keys.keyColumns());
    this.asTableRow = ProjectedRowData.from(keys.keyOfColumn(table.rowType().getFieldCount()));
    this.partitions =
        table.isPartitioned()
            ? KeyEncoder.of(table.rowType(), PartitionKeys.positions(table))
            : null;
  }

  /** Null where a join key is null, which equals nothing. */
  @Nullable
  Place place(RowData joinKeys) {
    for (int i = 0; i < joinKeys.getArity(); i++) {
      if (joinKeys.isNullAt(i)) {
        return null;
      }
    }
    asTableRow.replaceRow(joinKeys);
    ByteBuffer partition =
        partitions == null
            ? NO_PARTITION
            : ByteBuffer.wrap(partitions.encode(asTableRow, ColumnSets.FULL_ROW));
    return new Place(
        partition, router.bucket(asTableRow), encoder.encode(asTableRow, ColumnSets.FULL_ROW));
  }
}
