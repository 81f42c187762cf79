package io.fluss.lake.paimon;

import io.fluss.partition.PartitionKeys;
import io.fluss.partition.PartitionName;
import io.fluss.table.TableInfo;
import javax.annotation.Nullable;
import org.apache.paimon.data.BinaryRow;
import org.apache.paimon.data.serializer.InternalRowSerializer;
import org.apache.paimon.types.DataType;

/** The partition of a lake table that a partition of a table is, and back. */
final class PaimonPartitions {

  @Nullable private final PartitionKeys keys;
  @Nullable private final InternalRowSerializer serializer;

  PaimonPartitions(TableInfo table) {
    keys = table.isPartitioned() ? PartitionKeys.of(table) : null;
    serializer =
        keys == null
            ? null
            : new InternalRowSerializer(
                keys.type().getChildren().stream().map(PaimonTypes::of).toArray(DataType[]::new));
  }

  BinaryRow of(@Nullable PartitionName name) {
    return keys == null
        ? BinaryRow.EMPTY_ROW
        : serializer.toBinaryRow(new PaimonRow(keys.values(name))).copy();
  }

  @Nullable
  PartitionName nameOf(BinaryRow partition) {
    return keys == null ? null : keys.nameOf(new FlinkRow(partition));
  }
}
