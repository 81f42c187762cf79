package io.fluss.lake.iceberg;

import io.fluss.lake.LakeFormat;
import io.fluss.testkit.lake.ForeignLake;
import io.fluss.testkit.lake.LakeCapabilities;
import io.fluss.testkit.lake.LakeFormatContract;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.hadoop.HadoopCatalog;

/** Iceberg in a directory. */
class HadoopCatalogTest extends LakeFormatContract {

  @Override
  protected LakeFormat format() {
    return new IcebergFormat();
  }

  @Override
  protected Map<String, String> catalogOptions(Path warehouse) {
    return Map.of("warehouse", warehouse.toString());
  }

  @Override
  protected ForeignLake foreignLake(Path warehouse, Map<String, String> catalogOptions) {
    return new ForeignIceberg(
        new HadoopCatalog(new Configuration(), warehouse.toString()), warehouse);
  }

  @Override
  public LakeCapabilities capabilities() {
    return IcebergCapabilities.CAPABILITIES;
  }
}
