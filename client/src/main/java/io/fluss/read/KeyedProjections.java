package io.fluss.read;

import io.fluss.FlussException;
import io.fluss.format.keyed.KeyedSchema;
import io.fluss.format.row.ValueHeader;
import io.fluss.table.SchemaVersion;
import io.fluss.table.SchemaVersion.Field;
import io.fluss.table.TableInfo;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.annotation.Nullable;

/** The {@link KeyedProjection} for each schema version of a table, made once. Thread-safe. */
public final class KeyedProjections {

  private final TableInfo table;
  private final NestedFields fields;
  private final Map<Integer, KeyedProjection> byVersion = new ConcurrentHashMap<>();

  /** The one asked for last; nearly always the one asked for next. */
  private volatile KeyedProjection last;

  private KeyedProjections(TableInfo table, NestedFields fields) {
    this.table = table;
    this.fields = fields;
    this.last = byVersion.computeIfAbsent(table.schemaVersion(), this::make);
  }

  /** Of these fields of the table's current schema. */
  public static KeyedProjections of(TableInfo table, Selection.Fields selection) {
    return new KeyedProjections(
        table, NestedFields.of(table.currentSchema().fields(), selection.paths()));
  }

  /**
   * What reads this value of a record, or any key where there is none.
   *
   * @throws FlussException where the value's schema version is unknown or has a column of another
   *     type
   */
  public KeyedProjection of(@Nullable byte[] value) {
    KeyedProjection found = last;
    if (value != null) {
      int version = ValueHeader.schemaVersion(value);
      if (version != found.schemaVersion()) {
        found = byVersion.computeIfAbsent(version, this::make);
        last = found;
      }
    }
    return found;
  }

  private KeyedProjection make(int version) {
    SchemaVersion writer = table.schema(version).orElseThrow(() -> unknown(version));
    for (Field wanted : fields.columns()) {
      SchemaReader.columnIn(writer, wanted, table);
    }
    return new KeyedProjection(
        version, KeyedSchema.of(table, version).reader(fields.columns()), fields);
  }

  private FlussException unknown(int version) {
    return new FlussException(
        "it was written with schema version "
            + version
            + ", which this query does not know; it was planned when the newest was "
            + table.schemaVersion()
            + ". Start the query again so that it sees the table as it is now");
  }
}
