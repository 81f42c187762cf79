package io.fluss.lake.paimon;

import io.fluss.FlussException;
import io.fluss.lake.LakeFormat;
import io.fluss.lake.LakeStorage;
import io.fluss.table.TableInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.paimon.catalog.CatalogContext;
import org.apache.paimon.catalog.CatalogFactory;
import org.apache.paimon.options.CatalogOptions;
import org.apache.paimon.options.Options;

/**
 * Apache Paimon. The catalog is what Paimon makes of its options: files in a {@code warehouse}
 * where nothing else is said, or whatever {@code metastore} names.
 */
public final class PaimonLakeFormat implements LakeFormat {

  /** {@code table.datalake.format} of such tables. */
  public static final String IDENTIFIER = "paimon";

  @Override
  public String identifier() {
    return IDENTIFIER;
  }

  @Override
  public List<String> problems(TableInfo table) {
    List<String> problems = new ArrayList<>(PaimonOptions.problems(table));
    problems.addAll(PaimonSchema.keyProblems(table));
    return problems.isEmpty() ? PaimonSchema.problems(table) : problems;
  }

  @Override
  public LakeStorage open(Map<String, String> options) {
    Options paimon = Options.fromMap(options);
    if (!paimon.contains(CatalogOptions.WAREHOUSE) && !paimon.contains(CatalogOptions.METASTORE)) {
      throw new FlussException(
          "Option 'datalake.paimon.warehouse' is missing. Set it to the directory of Paimon's"
              + " tables, for example 's3://bucket/warehouse', and 'datalake.paimon.metastore'"
              + " where a catalog service keeps them.");
    }
    // A table that others have altered or made again is seen at once.
    paimon.set(CatalogOptions.CACHE_ENABLED, false);
    try {
      return new PaimonStorage(
          CatalogFactory.createCatalog(
              CatalogContext.create(paimon), PaimonLakeFormat.class.getClassLoader()));
    } catch (RuntimeException e) {
      throw new FlussException(
          "The Paimon catalog of the options 'datalake.paimon.*' cannot be opened: "
              + e.getMessage(),
          e);
    }
  }
}
