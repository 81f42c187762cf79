package io.fluss.lake.paimon;

import io.fluss.lake.LakeFormat;
import io.fluss.table.TableInfo;
import io.fluss.testkit.lake.ForeignLake;
import io.fluss.testkit.lake.LakeCapabilities;
import io.fluss.testkit.lake.LakeFormatContract;
import java.nio.file.Path;
import java.util.Map;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;

/** Lake tables whose files are Avro. */
class AvroFilesTest extends LakeFormatContract {

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
    return Tables.with(table, table.bucketFunction(), Map.of("paimon.file.format", "avro"));
  }

  @Override
  public LakeCapabilities capabilities() {
    return new LakeCapabilities(
        type -> !type.is(LogicalTypeFamily.TIMESTAMP) || LogicalTypeChecks.getPrecision(type) <= 6,
        type -> true,
        type -> !type.is(LogicalTypeFamily.APPROXIMATE_NUMERIC),
        PaimonOptions::bucketsAreAligned,
        Map.of(),
        Map.of());
  }
}
