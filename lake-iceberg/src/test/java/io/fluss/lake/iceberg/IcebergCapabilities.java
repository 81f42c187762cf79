package io.fluss.lake.iceberg;

import io.fluss.testkit.lake.LakeCapabilities;
import java.util.Map;

/** What Iceberg can do: all types, and every split tells its bucket. */
final class IcebergCapabilities {

  static final LakeCapabilities CAPABILITIES =
      new LakeCapabilities(
          type -> true,
          type -> true,
          type -> true,
          table -> true,
          Map.of(
              "write.target-file-size-bytes", "1048576", "history.expire.max-snapshot-age-ms", "1"),
          Map.of(
              "format-version",
              "1",
              "fluss.table-id",
              "x",
              "current-snapshot-id",
              "5",
              "write.format.default",
              "avro",
              "write.target-file-size-bytes",
              "large",
              "write.parquet.compression-codec",
              "brotli",
              "write.metadata.metrics.column.__bucket",
              "none"));

  private IcebergCapabilities() {}
}
