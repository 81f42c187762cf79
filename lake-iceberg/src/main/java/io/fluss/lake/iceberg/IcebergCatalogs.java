package io.fluss.lake.iceberg;

import io.fluss.FlussException;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.catalog.Catalog;

/**
 * Opens catalogs by the options of Iceberg's own catalogs ({@code type} or {@code catalog-impl},
 * {@code uri}, {@code warehouse}, ...), and entries of Hadoop's configuration under {@code
 * hadoop.}. With a {@code warehouse} and none of the others it is a hadoop catalog.
 */
final class IcebergCatalogs {

  private static final String NAME = "fluss";
  private static final String HADOOP_PREFIX = "hadoop.";
  private static final String LOCAL_DISK = "fs.file.impl";
  private static final String PREFIX = "datalake." + IcebergFormat.IDENTIFIER + ".";

  private IcebergCatalogs() {}

  /**
   * Opens a catalog; whoever opens it closes it, if it can be closed.
   *
   * @throws FlussException where the options do not do; with their names, never with their values
   */
  static Catalog open(Map<String, String> options) {
    Map<String, String> ofCatalog = new TreeMap<>();
    Configuration hadoop = new Configuration();
    hadoop.setClassLoader(IcebergCatalogs.class.getClassLoader());
    hadoop.set(LOCAL_DISK, LocalLakeFileSystem.class.getName());
    hadoop.setBoolean(LOCAL_DISK + ".disable.cache", true); // may have Hadoop's own for this JVM
    options.forEach(
        (key, value) -> {
          if (key.startsWith(HADOOP_PREFIX)) {
            hadoop.set(key.substring(HADOOP_PREFIX.length()), value);
          } else {
            ofCatalog.put(key, value);
          }
        });
    if (!ofCatalog.containsKey(CatalogUtil.ICEBERG_CATALOG_TYPE)
        && !ofCatalog.containsKey(CatalogProperties.CATALOG_IMPL)) {
      requireWarehouseAlone(ofCatalog);
      ofCatalog.put(CatalogUtil.ICEBERG_CATALOG_TYPE, CatalogUtil.ICEBERG_CATALOG_TYPE_HADOOP);
    }
    try {
      return CatalogUtil.buildIcebergCatalog(NAME, ofCatalog, hadoop);
    } catch (RuntimeException e) {
      throw new FlussException(
          "The Iceberg catalog with options "
              + names(options)
              + " cannot be opened: "
              + Secrets.hidden(e, options),
          e instanceof UnsupportedOperationException ? null : Secrets.withoutSecrets(e, options));
    }
  }

  private static void requireWarehouseAlone(Map<String, String> options) {
    if (!options.containsKey(CatalogProperties.WAREHOUSE_LOCATION)
        || options.containsKey(CatalogProperties.URI)) {
      throw new FlussException(
          "The Iceberg catalog with options "
              + names(options)
              + " has neither '"
              + PREFIX
              + CatalogUtil.ICEBERG_CATALOG_TYPE
              + "' nor '"
              + PREFIX
              + CatalogProperties.CATALOG_IMPL
              + "'. Set the type to hadoop, hive, rest, jdbc, glue or nessie; only with '"
              + PREFIX
              + CatalogProperties.WAREHOUSE_LOCATION
              + "' alone it is hadoop.");
    }
  }

  private static String names(Map<String, String> options) {
    return options.keySet().stream()
        .sorted()
        .map(key -> "'" + PREFIX + key + "'")
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
