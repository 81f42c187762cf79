package io.fluss.catalog;

import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.table.catalog.Catalog;
import org.apache.flink.table.factories.CatalogFactory;

/** Makes catalogs for {@code CREATE CATALOG c WITH ('type' = 'fluss', ...)}. */
public final class FlussCatalogFactory implements CatalogFactory {

  /** Also the identifier of the table factories of source and sink. */
  public static final String IDENTIFIER = "fluss";

  @Override
  public String factoryIdentifier() {
    return IDENTIFIER;
  }

  @Override
  public Set<ConfigOption<?>> requiredOptions() {
    return Set.of(CatalogOptions.BOOTSTRAP_SERVERS);
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    return Set.of(CatalogOptions.DEFAULT_DATABASE, CatalogOptions.DATALAKE_FORMAT);
  }

  @Override
  public Catalog createCatalog(Context context) {
    CatalogSettings settings = CatalogSettings.of(context.getOptions(), context.getClassLoader());
    return new FlussCatalog(context.getName(), settings, context.getClassLoader());
  }
}
