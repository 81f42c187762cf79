package io.fluss.dist.demo;

import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
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
  static long countInPaimon(String warehouse, String database, String table) throws Exception {
    CatalogContext context = CatalogContext.create(Options.fromMap(Map.of("warehouse", warehouse)));
    try (org.apache.paimon.catalog.Catalog catalog = CatalogFactory.createCatalog(context)) {
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
    Catalog catalog =
        CatalogUtil.buildIcebergCatalog(
            "demo",
            Map.of("type", "hadoop", "warehouse", warehouse),
            new org.apache.hadoop.conf.Configuration());
    try (AutoCloseable closing = catalog instanceof AutoCloseable c ? c : () -> {}) {
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
