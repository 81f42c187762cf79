package io.fluss.lake.iceberg;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fluss.FlussException;
import io.fluss.lake.LakeSchema;
import io.fluss.metadata.SchemaVersionJson;
import io.fluss.table.SchemaVersion;
import io.fluss.table.TableInfo;
import java.util.Comparator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;

/**
 * Which columns of a table a lake table was given, over time: a property of the lake table for each
 * schema version that it has followed, {@code fluss.schema.<version>}, with the id of Iceberg's
 * schema at the time. Without any, its columns are those of version 1, in Iceberg's first schema.
 * Immutable.
 */
final class LakeColumnsHistory {

  private static final String PREFIX = LakeSchema.SCHEMA_PROPERTY + ".";
  private static final String ICEBERG_SCHEMA = "icebergSchemaId";
  private static final int FIRST_ICEBERG_SCHEMA = 0;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final TableInfo info;
  private final Table table;
  private final NavigableMap<Integer, Entry> entries = new TreeMap<>();

  /** Columns of a table, and the id of Iceberg's schema that has them. */
  private record Entry(SchemaVersion columns, int icebergSchema) {}

  private LakeColumnsHistory(TableInfo info, Table table) {
    this.info = info;
    this.table = table;
  }

  static LakeColumnsHistory of(TableInfo info, Table table) {
    LakeColumnsHistory history = new LakeColumnsHistory(info, table);
    table
        .properties()
        .forEach(
            (key, json) -> {
              if (isProperty(key)) {
                Entry entry = history.entry(json);
                history.entries.put(entry.columns().version(), entry);
              }
            });
    return history;
  }

  private Entry entry(String json) {
    try {
      return new Entry(
          SchemaVersionJson.read("lake table '" + info.path() + "'", json),
          JSON.readTree(json).required(ICEBERG_SCHEMA).asInt());
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new FlussException(
          "What lake table '"
              + info.path()
              + "' says of its columns cannot be read: "
              + e.getMessage(),
          e);
    }
  }

  /** The property that says that a lake table has the columns of the table as it is now. */
  static Map.Entry<String, String> property(TableInfo info, int icebergSchema) {
    try {
      ObjectNode json = (ObjectNode) JSON.readTree(SchemaVersionJson.write(info.currentSchema()));
      json.put(ICEBERG_SCHEMA, icebergSchema);
      return Map.entry(PREFIX + info.schemaVersion(), json.toString());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static boolean isProperty(String key) {
    return key.startsWith(PREFIX);
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  boolean has(int version) {
    return version == 1 || entries.containsKey(version);
  }

  /** The columns that the lake table has now. */
  SchemaVersion current() {
    return entries.isEmpty() ? first() : entries.lastEntry().getValue().columns();
  }

  private SchemaVersion first() {
    return LakeSchema.schema(info, null);
  }

  /**
   * The columns that the lake table had with a snapshot. Others may have made schemas of their own
   * since we made one.
   */
  SchemaVersion at(Snapshot snapshot) {
    int schema = snapshot.schemaId() == null ? FIRST_ICEBERG_SCHEMA : snapshot.schemaId();
    return entries.values().stream()
        .filter(e -> e.icebergSchema() <= schema)
        .max(
            Comparator.comparingInt(Entry::icebergSchema)
                .thenComparingInt(e -> e.columns().version()))
        .map(Entry::columns)
        .orElseGet(this::first);
  }

  /** The columns of a version that the lake table has or had. */
  SchemaVersion at(int version) {
    Entry entry = entries.get(version);
    if (entry == null && version != 1) {
      throw new FlussException(
          "Lake table '"
              + info.path()
              + "' does not tell any more which columns it had in version "
              + version
              + ", which a read has begun with. Start the read again.");
    }
    return entry == null ? first() : entry.columns();
  }

  /** Iceberg's schema with the columns of a version. */
  Schema icebergSchema(int version) {
    Entry entry = entries.get(version);
    if (entry != null) {
      return table.schemas().getOrDefault(entry.icebergSchema(), table.schema());
    }
    return entries.isEmpty()
        ? table.schema()
        : table.schemas().getOrDefault(FIRST_ICEBERG_SCHEMA, table.schema());
  }
}
