package io.fluss.merge;

import io.fluss.FlussException;
import io.fluss.format.keyed.KeyedSchema;
import io.fluss.format.row.ValueHeader;
import io.fluss.table.ColumnSet;
import io.fluss.table.SchemaVersion.Field;
import io.fluss.table.TableInfo;
import java.util.List;
import java.util.function.Function;

/**
 * How values of one column set are read, for each schema version that the table has or had.
 * Immutable.
 */
final class ValueVersions {

  private final TableInfo table;

  /** By schema version; null where the table never had it. */
  private final ValueColumns[] versions;

  private ValueVersions(TableInfo table, Function<KeyedSchema, List<Field>> columns) {
    this.table = table;
    this.versions = new ValueColumns[table.schemaVersion() + 1];
    for (int version = 1; version < versions.length; version++) {
      if (table.schema(version).isPresent()) {
        versions[version] = ValueColumns.of(version, columns.apply(KeyedSchema.of(table, version)));
      }
    }
  }

  static ValueVersions ofFullRows(TableInfo table) {
    return new ValueVersions(table, KeyedSchema::valueFields);
  }

  static ValueVersions of(TableInfo table, ColumnSet set) {
    return new ValueVersions(table, schema -> schema.valueFields(set.fieldIds()));
  }

  /**
   * How this value is read.
   *
   * @throws FlussException where the table did not have the value's schema version when it was
   *     looked at
   */
  ValueColumns of(byte[] value) {
    return of(value, 0, value.length);
  }

  /** As {@link #of(byte[])}, of a value within an array. */
  ValueColumns of(byte[] bytes, int start, int end) {
    int version = ValueHeader.schemaVersion(bytes, start, end);
    if (version >= versions.length || versions[version] == null) {
      throw new FlussException(
          "A record of table '"
              + table.path()
              + "' has schema version "
              + version
              + ", and the table had version "
              + table.schemaVersion()
              + " when this query was planned: its columns were changed since. Start the query"
              + " again, so that it reads the table as it is now.");
    }
    return versions[version];
  }
}
