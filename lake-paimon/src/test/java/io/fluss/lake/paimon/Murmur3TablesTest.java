package io.fluss.lake.paimon;

import io.fluss.lake.LakeFormat;
import io.fluss.table.BucketFunction;
import io.fluss.table.TableInfo;
import io.fluss.testkit.lake.ForeignLake;
import io.fluss.testkit.lake.LakeCapabilities;
import io.fluss.testkit.lake.LakeFormatContract;
import java.nio.file.Path;
import java.util.Map;
import org.apache.flink.table.types.logical.LogicalTypeFamily;

/** Tables made before their buckets were those of Paimon. */
class Murmur3TablesTest extends LakeFormatContract {

  @Override
  protected LakeFormat format() {
    return new PaimonLakeFormat();
  }

  @Override
  protected Map<String, String> catalogOptions(Path warehouse) {
    return Map.of("warehouse", warehouse.toString());
  }

  @Override
  protected ForeignLake foreignLake(Path warehouse, Map<String, String> catalogOptions) {
    return new ForeignPaimon(warehouse, catalogOptions);
  }

  @Override
  protected TableInfo adapted(TableInfo table) {
    return Tables.with(table, BucketFunction.MURMUR3, Map.of());
  }

  @Override
  public LakeCapabilities capabilities() {
    return new LakeCapabilities(
        type -> true,
        type -> true,
        type -> !type.is(LogicalTypeFamily.APPROXIMATE_NUMERIC),
        table -> false,
        Map.of(),
        Map.of());
  }
}
