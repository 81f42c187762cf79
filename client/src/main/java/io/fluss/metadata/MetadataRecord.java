package io.fluss.metadata;

import io.fluss.table.TableInfo;
import java.util.Optional;
import javax.annotation.Nullable;

/**
 * A record of a database's metadata topic.
 *
 * @param key {@code database}, {@code table/<t>}, or a kind that this version does not know
 * @param value JSON, or null: the key is gone
 */
public record MetadataRecord(String key, @Nullable String value) {

  /** Key of the record of the database itself. */
  public static final String DATABASE_KEY = "database";

  private static final String TABLE_PREFIX = "table/";

  public static MetadataRecord put(DatabaseInfo database) {
    return new MetadataRecord(DATABASE_KEY, DatabaseInfoJson.write(database));
  }

  public static MetadataRecord put(TableInfo table) {
    return new MetadataRecord(tableKey(table.path().table()), TableInfoJson.write(table));
  }

  public static MetadataRecord removeTable(String table) {
    return new MetadataRecord(tableKey(table), null);
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
