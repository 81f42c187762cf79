package io.fluss.lake.paimon;

import io.fluss.lake.LakeSchema;
import io.fluss.metadata.SchemaVersionJson;
import io.fluss.table.SchemaVersion;
import io.fluss.table.TableInfo;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What a lake table says of the columns that it was given: an option {@code fluss.schema.<version>}
 * of its schema, of which the greatest version counts. None means those of version 1.
 *
 * <p>Paimon applies a change of its schema to the newest one, which need not be the one that the
 * change was made for. With a name for each version, a change that comes late adds what nobody
 * looks at, where it would otherwise say that the table has columns that it had before.
 *
 * <p>Lake tables that were altered before this was so have an option {@code fluss.schema}.
 */
final class GivenColumns {

  private static final String PREFIX = LakeSchema.SCHEMA_PROPERTY + ".";

  private GivenColumns() {}

  /** The columns of a lake table with these options. */
  static SchemaVersion of(TableInfo table, Map<String, String> options) {
    OptionalInt newest =
        options.keySet().stream()
            .filter(key -> key.startsWith(PREFIX))
            .mapToInt(key -> Integer.parseInt(key.substring(PREFIX.length())))
            .max();
    String before = options.get(LakeSchema.SCHEMA_PROPERTY);
    if (newest.isEmpty()) {
      return LakeSchema.schema(table, before);
    }
    SchemaVersion given = LakeSchema.schema(table, options.get(PREFIX + newest.getAsInt()));
    SchemaVersion former = before == null ? given : LakeSchema.schema(table, before);
    return former.version() > given.version() ? former : given;
  }

  /** Whether an option says something of columns. */
  static boolean isOption(String key) {
    return key.equals(LakeSchema.SCHEMA_PROPERTY) || key.startsWith(PREFIX);
  }

  /** The option that says that a lake table has the columns of the table as it is now. */
  static Map.Entry<String, String> option(TableInfo table) {
    return Map.entry(
        PREFIX + table.schemaVersion(), SchemaVersionJson.write(table.currentSchema()));
  }
}
