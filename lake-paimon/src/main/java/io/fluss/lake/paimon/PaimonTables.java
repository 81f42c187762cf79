package io.fluss.lake.paimon;

import io.fluss.FlussException;
import io.fluss.lake.LakeSchema;
import io.fluss.lake.LakeShape;
import io.fluss.table.SchemaVersion;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import java.io.FileNotFoundException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.schema.SchemaChange;
import org.apache.paimon.schema.SchemaManager;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.Table;

/** The lake tables of a catalog: made, found, and told from those of other tables. Thread-safe. */
final class PaimonTables {

  private final Catalog catalog;

  PaimonTables(Catalog catalog) {
    this.catalog = catalog;
  }

  private static Identifier identifier(TablePath path) {
    return Identifier.create(path.database(), path.table());
  }

  /**
   * The lake table of a table, for writing.
   *
   * @throws FlussException where there is none, or it is another table's, or has other columns
   */
  FileStoreTable open(TableInfo table) {
    FileStoreTable found = existing(table);
    LakeSchema.requireCurrent(table, schema(table, found));
    requireAsMade(table, found);
    return found;
  }

  /**
   * The lake table of a table, for reading.
   *
   * @throws FlussException where there is none, or it is another table's, or somebody has changed
   *     its columns
   */
  FileStoreTable openToRead(TableInfo table) {
    FileStoreTable found = existing(table);
    requireAsMade(new LakeShape(table, schema(table, found)).inLake(), found);
    return found;
  }

  /** The columns that a lake table was given. */
  static SchemaVersion schema(TableInfo table, FileStoreTable lakeTable) {
    return GivenColumns.of(table, lakeTable.options());
  }

  /**
   * A lake table with the columns that it had when a snapshot was made: columns that were dropped
   * since then still have their values there, for readers that want them.
   */
  static FileStoreTable asOf(long snapshot, FileStoreTable lakeTable) {
    long schemaId;
    try {
      schemaId = lakeTable.snapshotManager().tryGetSnapshot(snapshot).schemaId();
    } catch (FileNotFoundException e) {
      // Has expired. What reads it says so, or finds its tag.
      return lakeTable;
    }
    return schemaId == lakeTable.schema().id()
        ? lakeTable
        : lakeTable.copy(
            new SchemaManager(lakeTable.fileIO(), lakeTable.location()).schema(schemaId));
  }

  /** The lake table of a table, whatever columns it has. */
  FileStoreTable existing(TableInfo table) {
    return find(table)
        .orElseThrow(
            () -> new FlussException("There is no lake table '" + table.path() + "' in Paimon."));
  }

  private static void requireAsMade(TableInfo table, FileStoreTable found) {
    List<String> differences = PaimonSchema.columnDifferences(table, found);
    if (!differences.isEmpty()) {
      throw new FlussException(
          "Lake table '"
              + table.path()
              + "' in Paimon is not as it was made; it has "
              + String.join(", ", differences)
              + ". Alter it back.");
    }
  }

  /**
   * The lake table of a table, empty where there is none of this name.
   *
   * @throws FlussException where it is another table's
   */
  Optional<FileStoreTable> find(TableInfo table) {
    Optional<FileStoreTable> found = load(table.path());
    found.ifPresent(t -> requireOwn(table, t));
    return found;
  }

  private static void requireOwn(TableInfo table, FileStoreTable found) {
    if (!isOwn(table, found)) {
      throw new FlussException(
          "Lake table '"
              + table.path()
              + "' in Paimon is of another table, which had this name before or was never"
              + " tiered: its '"
              + LakeSchema.TABLE_ID_PROPERTY
              + "' is "
              + found.options().get(LakeSchema.TABLE_ID_PROPERTY)
              + " instead of "
              + table.id()
              + ". Rename or drop the lake table.");
    }
  }

  private static boolean isOwn(TableInfo table, FileStoreTable found) {
    return table.id().toString().equals(found.options().get(LakeSchema.TABLE_ID_PROPERTY));
  }

  private Optional<FileStoreTable> load(TablePath path) {
    Table found;
    try {
      found = catalog.getTable(identifier(path));
    } catch (Catalog.TableNotExistException e) {
      return Optional.empty();
    } catch (RuntimeException e) {
      throw failed("opened", path, e);
    }
    if (found instanceof FileStoreTable table) {
      return Optional.of(table);
    }
    throw new FlussException(
        "'"
            + path
            + "' in Paimon is a "
            + found.getClass().getSimpleName()
            + ", which rows cannot be tiered into. Rename or drop it.");
  }

  private static FlussException failed(String what, TablePath path, Exception e) {
    return PaimonFailure.of("Lake table '" + path + "' in Paimon cannot be " + what, e);
  }

  // ------------------------------------------------------------------------------------ creation

  /** See {@link io.fluss.lake.LakeStorage#createTable}. */
  void create(TableInfo table) {
    Optional<FileStoreTable> found = load(table.path());
    if (found.isEmpty()) {
      found = createNew(table);
    }
    found.ifPresent(there -> adopt(table, there));
  }

  /** Empty where it was created; the table of somebody who was faster. */
  private Optional<FileStoreTable> createNew(TableInfo table) {
    try {
      catalog.createDatabase(table.path().database(), true);
      catalog.createTable(identifier(table.path()), PaimonSchema.of(table), false);
      return Optional.empty();
    } catch (Catalog.DatabaseAlreadyExistException
        | Catalog.DatabaseNotExistException
        | Catalog.TableAlreadyExistException
        | RuntimeException e) {
      Optional<FileStoreTable> faster = load(table.path());
      if (faster.isEmpty()) {
        throw failed("created", table.path(), e);
      }
      return faster;
    }
  }

  private void adopt(TableInfo table, FileStoreTable found) {
    if (!isOwn(table, found)) {
      if (found.latestSnapshot().isPresent()) {
        requireOwn(table, found);
      }
      List<String> differences = PaimonSchema.differences(table, found);
      if (!differences.isEmpty()) {
        throw new FlussException(
            "Lake table '"
                + table.path()
                + "' in Paimon is empty and of another table, and cannot be taken over; it has "
                + String.join(", ", differences)
                + ". Drop the lake table.");
      }
      List<SchemaChange> changes = changesOfOptions(table, found);
      changes.addAll(changesOfSchema(table, found));
      alter(table, changes);
    } else if (schema(table, found).version() < table.schemaVersion()) {
      requireAsMade(new LakeShape(table, schema(table, found)).inLake(), found);
      List<SchemaChange> changes = PaimonColumnChanges.of(table, schema(table, found));
      changes.addAll(changesOfOptions(table, found));
      changes.addAll(changesOfSchema(table, found));
      alter(table, changes);
    } else {
      alter(table, changesOfOptions(table, found));
    }
  }

  /** What differs and may change while the table has rows. */
  private static List<SchemaChange> changesOfOptions(TableInfo table, FileStoreTable found) {
    List<SchemaChange> changes = new ArrayList<>();
    Map<String, String> there = found.options();
    Map<String, String> wanted = PaimonOptions.of(table);
    wanted.forEach(
        (key, value) -> {
          if (!value.equals(there.get(key)) && !CoreOptions.IMMUTABLE_OPTIONS.contains(key)) {
            changes.add(SchemaChange.setOption(key, value));
          }
        });
    LakeSchema.formerOptions(there, wanted).stream()
        .filter(key -> !CoreOptions.IMMUTABLE_OPTIONS.contains(key))
        .forEach(key -> changes.add(SchemaChange.removeOption(key)));
    return changes;
  }

  /**
   * What the lake table says of its columns: those of the table. Of others only those go that were
   * there when it was looked at, so that a change that comes late takes no later ones away.
   */
  private static List<SchemaChange> changesOfSchema(TableInfo table, FileStoreTable found) {
    List<SchemaChange> changes = new ArrayList<>();
    found.options().keySet().stream()
        .filter(GivenColumns::isOption)
        .forEach(key -> changes.add(SchemaChange.removeOption(key)));
    if (table.schemaVersion() > 1) {
      Map.Entry<String, String> given = GivenColumns.option(table);
      changes.add(SchemaChange.setOption(given.getKey(), given.getValue()));
    }
    return changes;
  }

  private void alter(TableInfo table, List<SchemaChange> changes) {
    if (changes.isEmpty()) {
      return;
    }
    try {
      catalog.alterTable(identifier(table.path()), changes, false);
    } catch (Catalog.TableNotExistException
        | Catalog.ColumnAlreadyExistException
        | Catalog.ColumnNotExistException
        | RuntimeException e) {
      throw failed("altered", table.path(), e);
    }
  }
}
