package io.fluss.dist.demo;

import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.hadoop.HadoopCatalog;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.CatalogContext;
import org.apache.paimon.catalog.CatalogFactory;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.data.InternalRow;
import org.apache.paimon.options.Options;
import org.apache.paimon.reader.RecordReader;
import org.apache.paimon.table.source.ReadBuilder;

/** Counts the rows of lake tables as anybody would who has never heard of us. */
final class ForeignReaders {

  private ForeignReaders() {}

  /** By Paimon's own reader. */
  @SuppressWarnings("try") // Paimon's catalogs may throw anything when they are closed
  static long countInPaimon(String warehouse, String database, String table) throws Exception {
    CatalogContext context = CatalogContext.create(Options.fromMap(Map.of("warehouse", warehouse)));
    try (Catalog catalog = CatalogFactory.createCatalog(context)) {
      ReadBuilder read = catalog.getTable(Identifier.create(database, table)).newReadBuilder();
      AtomicLong rows = new AtomicLong();
      try (RecordReader<InternalRow> reader = read.newRead().createReader(read.newScan().plan())) {
        reader.forEachRemaining(row -> rows.incrementAndGet());
      }
      return rows.get();
    }
  }

  /** By Iceberg's own reader. */
  static long countInIceberg(String warehouse, String database, String table) throws Exception {
    try (HadoopCatalog catalog = new HadoopCatalog()) {
      catalog.setConf(new Configuration());
      catalog.initialize("demo", Map.of("warehouse", warehouse));
      Table found = catalog.loadTable(TableIdentifier.of(database, table));
      long rows = 0;
      try (CloseableIterable<Record> all = IcebergGenerics.read(found).build()) {
        for (Record row : all) {
          rows += row.size() > 0 ? 1 : 0;
        }
      }
      return rows;
    }
  }
}
