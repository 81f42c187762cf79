package io.fluss.merge;

import io.fluss.FlussException;
import io.fluss.format.keyed.KeyedSchema;
import io.fluss.format.row.ValueHeader;
import io.fluss.table.ColumnSet;
import io.fluss.table.SchemaHistory;
import io.fluss.table.SchemaVersion;
import io.fluss.table.SchemaVersion.Field;
import io.fluss.table.TableInfo;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * How values of one column set are read, for each schema version that they can be of; made when a
 * version is first met. Thread-safe.
 */
final class ValueVersions {

  private final TableInfo table;
  private final SchemaHistory schemas;
  private final Function<KeyedSchema, List<Field>> columns;

  /** By schema version; null where no value of it was met. Replaced, never changed. */
  private volatile ValueColumns[] versions;

  private ValueVersions(
      TableInfo table, SchemaHistory schemas, Function<KeyedSchema, List<Field>> columns) {
    this.table = table;
    this.schemas = schemas;
    this.columns = columns;
    this.versions = new ValueColumns[table.schemaVersion() + 1];
  }

  static ValueVersions ofFullRows(TableInfo table, SchemaHistory schemas) {
    return new ValueVersions(table, schemas, KeyedSchema::valueFields);
  }

  static ValueVersions of(TableInfo table, SchemaHistory schemas, ColumnSet set) {
    return new ValueVersions(table, schemas, schema -> schema.valueFields(set.fieldIds()));
  }

  /**
   * How this value is read.
   *
   * @throws FlussException where the table never had the value's schema version
   */
  ValueColumns of(byte[] value) {
    return of(value, 0, value.length);
  }

  /** As {@link #of(byte[])}, of a value within an array. */
  ValueColumns of(byte[] bytes, int start, int end) {
    int version = ValueHeader.schemaVersion(bytes, start, end);
    ValueColumns[] known = versions;
    return version < known.length && known[version] != null ? known[version] : learn(version);
  }

  private synchronized ValueColumns learn(int version) {
    SchemaVersion schema = schemas.find(version).orElseThrow(() -> unknown(version));
    ValueColumns learned = ValueColumns.of(version, columns.apply(KeyedSchema.of(table, schema)));
    ValueColumns[] more = Arrays.copyOf(versions, Math.max(versions.length, version + 1));
    more[version] = learned;
    versions = more;
    return learned;
  }

  private FlussException unknown(int version) {
    return new FlussException(
        "A record of table '"
            + table.path()
            + "' has schema version "
            + version
            + ", which the table never had; it had "
            + table.schemaVersion()
            + " when this job was planned. Only writers of tables may write to a table's topic.");
  }
}
