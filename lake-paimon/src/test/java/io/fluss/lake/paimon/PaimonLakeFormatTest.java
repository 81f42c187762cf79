package io.fluss.lake.paimon;

import io.fluss.lake.LakeFormat;
import io.fluss.testkit.lake.ForeignLake;
import io.fluss.testkit.lake.LakeCapabilities;
import io.fluss.testkit.lake.LakeFormatContract;
import java.nio.file.Path;
import java.util.Map;
import org.apache.flink.table.types.logical.LogicalTypeFamily;

class PaimonLakeFormatTest extends LakeFormatContract {

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
  public LakeCapabilities capabilities() {
    return new LakeCapabilities(
        type -> true,
        type -> true,
        type -> !type.is(LogicalTypeFamily.APPROXIMATE_NUMERIC),
        PaimonOptions::bucketsAreAligned,
        Map.of("file.format", "parquet", "snapshot.num-retained.min", "3"),
        Map.of(
            "bucket", "5",
            "primary-key", "name",
            "merge-engine", "partial-update",
            "no-such-option", "x",
            "target-file-size", "huge",
            "file.format", "csv"));
  }
}
