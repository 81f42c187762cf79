package io.fluss.lake.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.FlussException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configurable;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.hadoop.HadoopCatalog;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Options of catalogs. */
class IcebergCatalogsTest {

  @TempDir private Path warehouse;

  @Test
  void aWarehouseAloneIsAHadoopCatalog() {
    assertThat(IcebergCatalogs.open(Map.of("warehouse", warehouse.toString())))
        .isInstanceOf(HadoopCatalog.class);
  }

  @Test
  void anyCatalogOfIcebergCanBeNamed() {
    assertThat(IcebergCatalogs.open(Map.of("catalog-impl", InMemoryCatalog.class.getName())))
        .isInstanceOf(InMemoryCatalog.class);
    assertThat(IcebergCatalogs.open(Map.of("type", "hadoop", "warehouse", warehouse.toString())))
        .isInstanceOf(HadoopCatalog.class);
  }

  @Test
  void entriesOfHadoopsConfigurationGoThere() {
    // When
    Catalog catalog =
        IcebergCatalogs.open(
            Map.of("warehouse", warehouse.toString(), "hadoop.fs.s3a.endpoint", "http://s3"));

    // Then
    assertThat(((Configurable) catalog).getConf().get("fs.s3a.endpoint")).isEqualTo("http://s3");
  }

  @Test
  void optionsWithoutTypeAreRefusedAndTheTypesNamed() {
    assertThatThrownBy(() -> IcebergCatalogs.open(Map.of("uri", "thrift://host:9083")))
        .isInstanceOf(FlussException.class)
        .hasMessageContaining("'datalake.iceberg.uri'")
        .hasMessageContaining("'datalake.iceberg.type'")
        .hasMessageContaining("rest");
  }

  @Test
  void failuresNameTheOptionsAndNoSecret() {
    assertThatThrownBy(
            () ->
                IcebergCatalogs.open(
                    Map.of(
                        "type", "rest",
                        "uri", "http://127.0.0.1:1",
                        "credential", "client:s3cr3t",
                        "token", "t0k3n")))
        .isInstanceOf(FlussException.class)
        .hasMessageContaining("'datalake.iceberg.credential'")
        .hasStackTraceContaining("127.0.0.1")
        .satisfies(
            e -> {
              for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                assertThat(String.valueOf(cause.getMessage())).doesNotContain("s3cr3t", "t0k3n");
              }
            });
  }
}
