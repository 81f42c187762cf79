package io.fluss.dist.lake;

import io.fluss.table.TablePath;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.Schema;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.hadoop.HadoopCatalog;
import org.apache.iceberg.types.Types;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.CatalogContext;
import org.apache.paimon.catalog.CatalogFactory;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.options.Options;
import org.apache.paimon.schema.SchemaChange;
import org.apache.paimon.table.sink.BatchTableCommit;
import org.apache.paimon.table.sink.BatchTableWrite;
import org.apache.paimon.table.sink.BatchWriteBuilder;
import org.apache.paimon.types.DataTypes;

/** What people do to lake tables with the format's own catalog. */
interface OwnCatalog extends AutoCloseable {

  static OwnCatalog of(String format, String warehouse) throws Exception {
    return format.equals("paimon") ? new Paimon(warehouse) : new Iceberg(warehouse);
  }

  /** Puts another table with rows and other columns in the place of a lake table. */
  void replace(TablePath path) throws Exception;

  /** Makes BIGINT of the column {@code id}. */
  void widenId(TablePath path) throws Exception;

  /** The directory of a lake table below the warehouse. */
  String directory(TablePath path);

  @Override
  void close();

  static void closed(AutoCloseable catalog) {
    try {
      catalog.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Files in a directory. */
  final class Paimon implements OwnCatalog {
    private final Catalog catalog;

    Paimon(String warehouse) {
      catalog =
          CatalogFactory.createCatalog(
              CatalogContext.create(Options.fromMap(Map.of("warehouse", warehouse))));
    }

    private static Identifier identifier(TablePath path) {
      return Identifier.create(path.database(), path.table());
    }

    @Override
    public void replace(TablePath path) throws Exception {
      catalog.dropTable(identifier(path), false);
      catalog.createTable(
          identifier(path),
          org.apache.paimon.schema.Schema.newBuilder().column("other", DataTypes.INT()).build(),
          false);
      BatchWriteBuilder builder = catalog.getTable(identifier(path)).newBatchWriteBuilder();
      BatchTableWrite write = builder.newWrite();
      BatchTableCommit commit = builder.newCommit();
      write.write(org.apache.paimon.data.GenericRow.of(1));
      commit.commit(write.prepareCommit());
      write.close();
      commit.close();
    }

    @Override
    public void widenId(TablePath path) throws Exception {
      catalog.alterTable(
          identifier(path), SchemaChange.updateColumnType("id", DataTypes.BIGINT()), false);
    }

    @Override
    public String directory(TablePath path) {
      return path.database() + ".db/" + path.table();
    }

    @Override
    public void close() {
      OwnCatalog.closed(catalog);
    }
  }

  /** Files in a directory. */
  final class Iceberg implements OwnCatalog {
    private final HadoopCatalog catalog;

    Iceberg(String warehouse) {
      catalog = new HadoopCatalog(new Configuration(), warehouse);
    }

    private static TableIdentifier identifier(TablePath path) {
      return TableIdentifier.of(path.database(), path.table());
    }

    @Override
    public void replace(TablePath path) {
      catalog.dropTable(identifier(path));
      catalog
          .createTable(
              identifier(path),
              new Schema(Types.NestedField.optional(1, "other", Types.IntegerType.get())))
          .newAppend()
          .commit();
    }

    @Override
    public void widenId(TablePath path) {
      catalog
          .loadTable(identifier(path))
          .updateSchema()
          .updateColumn("id", Types.LongType.get())
          .commit();
    }

    @Override
    public String directory(TablePath path) {
      return path.database() + "/" + path.table();
    }

    @Override
    public void close() {
      OwnCatalog.closed(catalog);
    }
  }
}
