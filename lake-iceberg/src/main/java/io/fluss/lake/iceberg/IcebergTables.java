package io.fluss.lake.iceberg;

import io.fluss.FlussException;
import io.fluss.lake.LakeSchema;
import io.fluss.table.TableInfo;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.UpdateProperties;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NoSuchTableException;

/** The lake tables of a catalog, each told to be of the right table. Thread-safe. */
final class IcebergTables implements AutoCloseable {

  private final Catalog catalog;

  IcebergTables(Catalog catalog) {
    this.catalog = catalog;
  }

  /** See {@link io.fluss.lake.LakeStorage#createTable}. */
  void create(TableInfo info) {
    try {
      Optional<Table> found = load(info);
      if (found.isPresent() || !created(info)) {
        takeOver(info, found.isPresent() ? found.get() : load(info).orElseThrow());
      }
    } catch (RuntimeException e) {
      throw Failures.of("Lake table '" + info.path() + "' cannot be created", e);
    }
  }

  /** Whether it was created, and not by somebody else at the same moment. */
  private boolean created(TableInfo info) {
    TableLayout layout = new TableLayout(info);
    Schema schema = layout.schema();
    createNamespace(namespace(info));
    try {
      catalog
          .buildTable(identifier(info), schema)
          .withPartitionSpec(layout.spec(schema))
          .withProperties(layout.properties())
          .create();
      return true;
    } catch (RuntimeException e) {
      if (load(info).isEmpty()) {
        throw e;
      }
      return false;
    }
  }

  private void createNamespace(Namespace namespace) {
    if (catalog instanceof SupportsNamespaces namespaces
        && !namespaces.namespaceExists(namespace)) {
      try {
        namespaces.createNamespace(namespace);
      } catch (RuntimeException e) {
        // catalogs do not all say in the same way that somebody else was faster
        if (!namespaces.namespaceExists(namespace)) {
          throw e;
        }
      }
    }
  }

  private void takeOver(TableInfo info, Table table) {
    TableLayout layout = new TableLayout(info);
    boolean ours = isOf(info, table);
    if (!ours && table.currentSnapshot() != null) {
      throw ofAnother(info);
    }
    List<String> differences =
        table.currentSnapshot() == null
            ? layout.differences(table)
            : layout.differencesOfColumns(table);
    if (!differences.isEmpty() && ours) {
      throw altered(info, differences);
    }
    if (!differences.isEmpty()) {
      throw new FlussException(
          "Lake table '"
              + info.path()
              + "' exists and cannot be used for the table of this name: it "
              + String.join(", ", differences)
              + ". Drop or rename the lake table, or create the table as the lake table is.");
    }
    if (!ours) {
      UpdateProperties update = table.updateProperties();
      layout.properties().entrySet().stream()
          .filter(e -> !e.getKey().equals(TableProperties.FORMAT_VERSION))
          .forEach(e -> update.set(e.getKey(), e.getValue()));
      update.commit();
    }
  }

  /** The lake table; empty where there is none. */
  Optional<Table> find(TableInfo info) {
    Optional<Table> found;
    try {
      found = load(info);
    } catch (RuntimeException e) {
      throw Failures.of("Lake table '" + info.path() + "' cannot be opened", e);
    }
    found
        .filter(table -> !isOf(info, table))
        .ifPresent(
            table -> {
              throw ofAnother(info);
            });
    return found;
  }

  /** The lake table, whose columns are those of the table. */
  Table require(TableInfo info) {
    Table table =
        find(info)
            .orElseThrow(() -> new FlussException("There is no lake table '" + info.path() + "'."));
    List<String> differences = new TableLayout(info).differencesOfColumns(table);
    if (!differences.isEmpty()) {
      throw altered(info, differences);
    }
    return table;
  }

  private static FlussException altered(TableInfo info, List<String> differences) {
    return new FlussException(
        "Lake table '"
            + info.path()
            + "' cannot be written or read any more: it "
            + String.join(", ", differences)
            + ". Somebody has altered it; undo that.");
  }

  private Optional<Table> load(TableInfo info) {
    try {
      return Optional.of(catalog.loadTable(identifier(info)));
    } catch (NoSuchTableException e) {
      return Optional.empty();
    }
  }

  private static boolean isOf(TableInfo info, Table table) {
    return info.id().toString().equals(table.properties().get(LakeSchema.TABLE_ID_PROPERTY));
  }

  private static FlussException ofAnother(TableInfo info) {
    return new FlussException(
        "Lake table '"
            + info.path()
            + "' is not of the table that has this name now, but of an earlier one or of somebody"
            + " else. Drop or rename the lake table if nobody needs its rows under this name.");
  }

  private static TableIdentifier identifier(TableInfo info) {
    return TableIdentifier.of(namespace(info), info.path().table());
  }

  private static Namespace namespace(TableInfo info) {
    return Namespace.of(info.path().database());
  }

  @Override
  public void close() {
    if (catalog instanceof Closeable closeable) {
      try {
        closeable.close();
      } catch (IOException e) {
        throw new FlussException("The Iceberg catalog cannot be closed: " + e.getMessage(), e);
      }
    }
  }
}
