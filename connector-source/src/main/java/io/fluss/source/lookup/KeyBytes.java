package io.fluss.source.lookup;

import io.fluss.format.key.ColumnSets;
import io.fluss.format.key.KeyEncoder;
import io.fluss.table.TableInfo;
import io.fluss.write.KeyedBucketRouter;
import javax.annotation.Nullable;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.utils.ProjectedRowData;

/** From a row of join keys to the bucket and the key, or its prefix, that it means. One thread. */
final class KeyBytes {

  /**
   * Where rows are.
   *
   * @param key of their records with column set 0; a prefix of it where there may be many
   */
  record Place(int bucket, byte[] key) {}

  private final KeyedBucketRouter router;
  private final KeyEncoder encoder;
  private final ProjectedRowData asTableRow;

  KeyBytes(TableInfo table, LookupKeys keys) {
    this.router = KeyedBucketRouter.of(table);
    this.encoder = KeyEncoder.of(table.rowType(), keys.keyColumns());
    this.asTableRow = ProjectedRowData.from(keys.keyOfColumn(table.rowType().getFieldCount()));
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
    return new Place(router.bucket(asTableRow), encoder.encode(asTableRow, ColumnSets.FULL_ROW));
  }
}
