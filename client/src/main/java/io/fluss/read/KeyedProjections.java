package io.fluss.read;

import io.fluss.FlussException;
import io.fluss.format.keyed.KeyedSchema;
import io.fluss.format.row.ValueHeader;
import io.fluss.format.schema.ColumnMapping;
import io.fluss.table.SchemaHistory;
import io.fluss.table.SchemaVersion;
import io.fluss.table.SchemaVersion.Field;
import io.fluss.table.TableInfo;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.annotation.Nullable;

/** The {@link KeyedProjection} for each schema version of a table, made once. Thread-safe. */
public final class KeyedProjections {

  private final TableInfo table;
  private final SchemaHistory schemas;
  private final NestedFields fields;
  private final Map<Integer, KeyedProjection> byVersion = new ConcurrentHashMap<>();

  /** The one asked for last; nearly always the one asked for next. */
  private volatile KeyedProjection last;

  private KeyedProjections(TableInfo table, SchemaHistory schemas, NestedFields fields) {
    this.table = table;
    this.schemas = schemas;
    this.fields = fields;
    this.last = byVersion.computeIfAbsent(table.schemaVersion(), this::make);
  }

  /**
   * Of these fields of the table's current schema.
   *
   * @param schemas that values can be of
   */
  public static KeyedProjections of(
      TableInfo table, SchemaHistory schemas, Selection.Fields selection) {
    return new KeyedProjections(
        table, schemas, NestedFields.of(table.currentSchema().fields(), selection.paths()));
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
    SchemaVersion writer = schemas.find(version).orElseThrow(() -> unknown(version));
    List<Field> written =
        writer.fields().stream()
            .filter(f -> ColumnMapping.positionOf(f, fields.columns()) >= 0)
            .toList();
    return new KeyedProjection(
        version,
        KeyedSchema.of(table, writer).reader(written),
        ColumnMapping.of(written, fields.columns()),
        fields);
  }

  private FlussException unknown(int version) {
    return new FlussException(
        "it was written with schema version "
            + version
            + ", which the table never had; it had "
            + table.schemaVersion()
            + " when this job was planned. Only writers of tables may write to a table's topic");
  }
}
