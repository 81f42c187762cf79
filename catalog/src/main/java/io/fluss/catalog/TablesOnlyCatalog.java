package io.fluss.catalog;

import java.util.List;
import org.apache.flink.table.catalog.AbstractCatalog;
import org.apache.flink.table.catalog.CatalogBaseTable;
import org.apache.flink.table.catalog.CatalogFunction;
import org.apache.flink.table.catalog.CatalogPartitionSpec;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.catalog.exceptions.DatabaseNotExistException;
import org.apache.flink.table.catalog.exceptions.FunctionNotExistException;
import org.apache.flink.table.catalog.stats.CatalogColumnStatistics;
import org.apache.flink.table.catalog.stats.CatalogTableStatistics;

/**
 * The part of Flink's catalog that we have nothing for: views, functions, statistics and altered
 * tables. Questions get an empty answer, changes a sentence that says so.
 */
abstract class TablesOnlyCatalog extends AbstractCatalog {

  TablesOnlyCatalog(String name, String defaultDatabase) {
    super(name, defaultDatabase);
  }

  static UnsupportedOperationException unsupported(String what) {
    return new UnsupportedOperationException(
        what + " not available in this version of the Fluss catalog.");
  }

  // ------------------------------------------------------------------------- altered tables

  @Override
  public void alterTable(ObjectPath path, CatalogBaseTable newTable, boolean ignoreIfNotExists) {
    throw unsupported("ALTER TABLE other than RENAME TO, SET and RESET is");
  }

  // ---------------------------------------------------------------------------------- views

  @Override
  public List<String> listViews(String database) throws DatabaseNotExistException {
    if (!databaseExists(database)) {
      throw new DatabaseNotExistException(getName(), database);
    }
    return List.of();
  }

  // ------------------------------------------------------------------------------ functions

  @Override
  public List<String> listFunctions(String database) throws DatabaseNotExistException {
    return listViews(database);
  }

  @Override
  public CatalogFunction getFunction(ObjectPath path) throws FunctionNotExistException {
    throw new FunctionNotExistException(getName(), path);
  }

  @Override
  public boolean functionExists(ObjectPath path) {
    return false;
  }

  @Override
  public void createFunction(ObjectPath path, CatalogFunction function, boolean ignore) {
    throw unsupported("Functions stored in the catalog are");
  }

  @Override
  public void alterFunction(ObjectPath path, CatalogFunction function, boolean ignore) {
    throw unsupported("Functions stored in the catalog are");
  }

  @Override
  public void dropFunction(ObjectPath path, boolean ignore) {
    throw unsupported("Functions stored in the catalog are");
  }

  // ----------------------------------------------------------------------------- statistics

  @Override
  public CatalogTableStatistics getTableStatistics(ObjectPath path) {
    return CatalogTableStatistics.UNKNOWN;
  }

  @Override
  public CatalogColumnStatistics getTableColumnStatistics(ObjectPath path) {
    return CatalogColumnStatistics.UNKNOWN;
  }

  @Override
  public CatalogTableStatistics getPartitionStatistics(ObjectPath path, CatalogPartitionSpec spec) {
    return CatalogTableStatistics.UNKNOWN;
  }

  @Override
  public CatalogColumnStatistics getPartitionColumnStatistics(
      ObjectPath path, CatalogPartitionSpec spec) {
    return CatalogColumnStatistics.UNKNOWN;
  }

  @Override
  public void alterTableStatistics(
      ObjectPath path, CatalogTableStatistics statistics, boolean ignore) {
    throw unsupported("Statistics stored in the catalog are");
  }

  @Override
  public void alterTableColumnStatistics(
      ObjectPath path, CatalogColumnStatistics statistics, boolean ignore) {
    throw unsupported("Statistics stored in the catalog are");
  }

  @Override
  public void alterPartitionStatistics(
      ObjectPath path,
      CatalogPartitionSpec spec,
      CatalogTableStatistics statistics,
      boolean ignore) {
    throw unsupported("Statistics stored in the catalog are");
  }

  @Override
  public void alterPartitionColumnStatistics(
      ObjectPath path,
      CatalogPartitionSpec spec,
      CatalogColumnStatistics statistics,
      boolean ignore) {
    throw unsupported("Statistics stored in the catalog are");
  }
}
