package io.fluss.metadata;

import io.fluss.table.TableInfo;
import java.util.Optional;
import javax.annotation.Nullable;

/**
 * A record of a database's metadata topic.
 *
 * @param key {@code database}, {@code table/<t>}, {@code retired/<topic>}, or a kind that this
 *     version does not know
 * @param value JSON, or null: the key is gone
 */
public record MetadataRecord(String key, @Nullable String value) {

  /** Key of the record of the database itself. */
  public static final String DATABASE_KEY = "database";

  private static final String TABLE_PREFIX = "table/";
  private static final String RETIRED_PREFIX = "retired/";
  private static final String RETIRED = "{\"version\":1}";

  public static MetadataRecord put(DatabaseInfo database) {
    return new MetadataRecord(DATABASE_KEY, DatabaseInfoJson.write(database));
  }

  public static MetadataRecord put(TableInfo table) {
    return new MetadataRecord(tableKey(table.path().table()), TableInfoJson.write(table));
  }

  public static MetadataRecord removeTable(String table) {
    return new MetadataRecord(tableKey(table), null);
  }

  /** Keeps the name of a topic from being used again. */
  public static MetadataRecord retire(String topic) {
    return new MetadataRecord(retiredKey(topic), RETIRED);
  }

  static String retiredKey(String topic) {
    return RETIRED_PREFIX + topic;
  }

  static String tableKey(String table) {
    return TABLE_PREFIX + table;
  }

  /** The table this record is about; empty for records of another kind. */
  static Optional<String> tableOf(String key) {
    return key.startsWith(TABLE_PREFIX)
        ? Optional.of(key.substring(TABLE_PREFIX.length()))
        : Optional.empty();
  }
}
