package io.fluss.admin;

import io.fluss.lake.LakeSchema;
import io.fluss.lake.LakeSettings;
import io.fluss.lake.LakeStorage;
import io.fluss.options.TableOptions;
import io.fluss.table.TableInfo;
import java.util.HashMap;
import java.util.Map;

/**
 * Sees to it that a table which is kept in a lake has its lake table from the beginning: with
 * CREATE TABLE, or with the ALTER TABLE that enables it.
 */
public final class LakeTables {

  private final LakeSettings settings;
  private final ClassLoader classLoader;

  /**
   * @param classLoader which knows the formats
   */
  public LakeTables(LakeSettings settings, ClassLoader classLoader) {
    this.settings = settings;
    this.classLoader = classLoader;
  }

  /** The table with the catalog's lake format, where it wants a lake and names none. */
  public TableDescriptor withDefaultFormat(TableDescriptor wanted) {
    return lacksFormat(wanted.options())
        ? wanted.withOption(TableOptions.DATALAKE_FORMAT.key(), settings.defaultFormat())
        : wanted;
  }

  /** As the other. */
  public TableAlteration withDefaultFormat(TableInfo table, TableAlteration change) {
    Map<String, String> after = new HashMap<>(table.options());
    after.putAll(change.options().set());
    if (!lacksFormat(after)) {
      return change;
    }
    Map<String, String> set = new HashMap<>(change.options().set());
    set.put(TableOptions.DATALAKE_FORMAT.key(), settings.defaultFormat());
    return new TableAlteration(change.schema(), new OptionChange(set, change.options().reset()));
  }

  private boolean lacksFormat(Map<String, String> options) {
    return settings.defaultFormat() != null
        && "true".equalsIgnoreCase(options.get(TableOptions.DATALAKE_ENABLED.key()))
        && !options.containsKey(TableOptions.DATALAKE_FORMAT.key());
  }

  /**
   * Makes the lake table of a table that was just created; where that fails, the table is dropped.
   */
  public void created(TableAdmin admin, TableInfo table) {
    try {
      createLakeTable(table);
    } catch (RuntimeException | LinkageError e) {
      dropAfter(e, admin, table);
      throw e;
    }
  }

  private static void dropAfter(Throwable failure, TableAdmin admin, TableInfo table) {
    try {
      admin.dropTable(table.path());
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  /**
   * Changes a table, after the lake table was made where the table is to have one from now on, or
   * has got the options of its format that change. Other changes do not even reach the lake, which
   * the user may have no rights in. One that is there follows a change of columns with the next
   * round of tiering, and not before the change is recorded: columns that the record does not know
   * could not be told from others.
   */
  public void alter(TableAdmin admin, TableInfo table, TableAlteration change, TableRules rules) {
    TableInfo altered = change.applyTo(table, rules);
    if (change.schema().isEmpty() && concernsLake(table, altered)) {
      createLakeTable(altered);
    }
    admin.alterTable(table, change, rules);
  }

  private static boolean concernsLake(TableInfo before, TableInfo after) {
    return after
        .lakeFormat()
        .filter(
            format ->
                before.lakeFormat().isEmpty()
                    || !LakeSchema.options(before, format)
                        .equals(LakeSchema.options(after, format)))
        .isPresent();
  }

  private void createLakeTable(TableInfo table) {
    if (table.lakeFormat().isPresent()) {
      try (LakeStorage lake = settings.open(table, classLoader)) {
        lake.createTable(table);
      }
    }
  }
}
