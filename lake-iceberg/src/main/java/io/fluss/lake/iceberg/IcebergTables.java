package io.fluss.lake.iceberg;

import io.fluss.FlussException;
import io.fluss.lake.LakeSchema;
import io.fluss.lake.LakeShape;
import io.fluss.table.SchemaVersion;
import io.fluss.table.TableInfo;
import java.io.Closeable;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
          .withProperties(properties(info, layout))
          .create();
      return true;
    } catch (RuntimeException e) {
      if (load(info).isEmpty()) {
        throw e;
      }
      return false;
    }
  }

  /** A table that begins with a later version says so; its first schema has Iceberg's id 0. */
  private static Map<String, String> properties(TableInfo info, TableLayout layout) {
    Map<String, String> properties = new HashMap<>(layout.properties());
    if (info.schemaVersion() > 1) {
      Map.Entry<String, String> columns = LakeColumnsHistory.property(info, 0);
      properties.put(columns.getKey(), columns.getValue());
    }
    return properties;
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

  private static void takeOver(TableInfo info, Table table) {
    if (isOf(info, table)) {
      follow(info, table);
      return;
    }
    if (table.currentSnapshot() != null) {
      throw ofAnother(info);
    }
    TableLayout layout = new TableLayout(info);
    List<String> differences = layout.differences(table);
    if (!differences.isEmpty()) {
      throw new FlussException(
          "Lake table '"
              + info.path()
              + "' exists and cannot be used for the table of this name: it "
              + String.join(", ", differences)
              + ". Drop or rename the lake table, or create the table as the lake table is.");
    }
    UpdateProperties update = table.updateProperties();
    setOptions(layout, table, update);
    setColumns(info, table, update);
    update.commit();
  }

  /** Columns and options as the table has them by now; nothing where it has gone on since. */
  private static void follow(TableInfo info, Table table) {
    TableLayout layout = new TableLayout(info);
    SchemaVersion inLake = LakeColumnsHistory.of(info, table).current();
    if (inLake.version() > info.schemaVersion()) {
      return;
    }
    if (inLake.version() < info.schemaVersion()) {
      requireAsMade(info, table, inLake, table.schema());
      ColumnChanges.commit(info, table, inLake);
      table.refresh();
    } else {
      List<String> differences =
          table.currentSnapshot() == null
              ? layout.differences(table)
              : layout.differencesOfColumns(table, table.schema());
      if (!differences.isEmpty()) {
        throw altered(info, differences);
      }
    }
    UpdateProperties update = table.updateProperties();
    if (setOptions(layout, table, update)) {
      update.commit();
    }
  }

  /**
   * Sets what differs and takes back options that the table does not have any more; the format
   * version stays.
   *
   * @return whether there was anything
   */
  private static boolean setOptions(TableLayout layout, Table table, UpdateProperties update) {
    Map<String, String> wanted = layout.properties();
    List<String> former = LakeSchema.formerOptions(table.properties(), wanted);
    wanted.remove(TableProperties.FORMAT_VERSION);
    wanted.entrySet().removeAll(table.properties().entrySet());
    wanted.forEach(update::set);
    former.forEach(update::remove);
    return !wanted.isEmpty() || !former.isEmpty();
  }

  /** What it says of the columns is of the table that it was made for. */
  private static void setColumns(TableInfo info, Table table, UpdateProperties update) {
    Map.Entry<String, String> columns =
        LakeColumnsHistory.property(info, table.schema().schemaId());
    table.properties().keySet().stream()
        .filter(key -> LakeColumnsHistory.isProperty(key) && !key.equals(columns.getKey()))
        .forEach(update::remove);
    update.set(columns.getKey(), columns.getValue());
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
    Table table = existing(info);
    requireCurrent(info, table);
    return table;
  }

  /** Passes where a lake table, as it was loaded last, has the columns of the table. */
  static void requireCurrent(TableInfo info, Table table) {
    SchemaVersion inLake = LakeColumnsHistory.of(info, table).current();
    LakeSchema.requireCurrent(info, inLake);
    requireAsMade(info, table, inLake, table.schema());
  }

  /** The lake table, whose columns may be those of another version of the table. */
  Table requireToRead(TableInfo info) {
    Table table = existing(info);
    requireAsMade(info, table, LakeColumnsHistory.of(info, table).current(), table.schema());
    return table;
  }

  /** The lake table, whatever columns it has. */
  Table existing(TableInfo info) {
    return find(info)
        .orElseThrow(() -> new FlussException("There is no lake table '" + info.path() + "'."));
  }

  private static void requireAsMade(
      TableInfo info, Table table, SchemaVersion inLake, Schema schema) {
    TableInfo then = new LakeShape(info, inLake).inLake();
    List<String> differences = new TableLayout(then).differencesOfColumns(table, schema);
    if (!differences.isEmpty()) {
      throw altered(info, differences);
    }
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
