package io.fluss.lake.iceberg;

import io.fluss.lake.LakeFormat;
import io.fluss.testkit.lake.ForeignLake;
import io.fluss.testkit.lake.LakeCapabilities;
import io.fluss.testkit.lake.LakeFormatContract;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.CatalogUtil;

/** Iceberg with a catalog in a database, whose commits are its transactions. */
class JdbcCatalogTest extends LakeFormatContract {

  @Override
  protected LakeFormat format() {
    return new IcebergFormat();
  }

  @Override
  protected Map<String, String> catalogOptions(Path warehouse) {
    return Map.of(
        "type",
        "jdbc",
        "uri",
        "jdbc:h2:mem:" + warehouse.hashCode() + ";DB_CLOSE_DELAY=-1;DATABASE_TO_UPPER=false",
        "jdbc.schema-version",
        "V1",
        "warehouse",
        warehouse.toString());
  }

  @Override
  protected ForeignLake foreignLake(Path warehouse, Map<String, String> catalogOptions) {
    return new ForeignIceberg(
        CatalogUtil.buildIcebergCatalog("fluss", catalogOptions, new Configuration()), warehouse);
  }

  @Override
  public LakeCapabilities capabilities() {
    return IcebergCapabilities.CAPABILITIES;
  }
}
