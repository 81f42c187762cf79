package io.fluss.lake;

import io.fluss.FlussException;
import io.fluss.metadata.SchemaVersionJson;
import io.fluss.table.SchemaVersion;
import io.fluss.table.TableInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.annotation.Nullable;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.RowType;

/**
 * Columns and options of a lake table: the physical columns of the table, then three that tell
 * where in the log a row comes from.
 */
public final class LakeSchema {

  /** INT: the bucket. */
  public static final String BUCKET = "__bucket";

  /** BIGINT: Kafka offset of the record. */
  public static final String OFFSET = "__offset";

  /** TIMESTAMP_LTZ(3): Kafka timestamp of the record. */
  public static final String TIMESTAMP = "__timestamp";

  /** In their order. */
  public static final List<String> SYSTEM_COLUMNS = List.of(BUCKET, OFFSET, TIMESTAMP);

  /** Key of the snapshot property (Paimon) or summary entry (Iceberg) with the offsets as JSON. */
  public static final String OFFSETS_PROPERTY = "fluss.offsets";

  /** Key of the lake table's property that names the table it was made for. */
  public static final String TABLE_ID_PROPERTY = "fluss.table-id";

  /**
   * Key of the lake table's property with columns that it was given, as JSON of {@link
   * SchemaVersionJson}, followed by a dot and their version; absent where these are still those of
   * schema version 1. The greatest version counts.
   */
  public static final String SCHEMA_PROPERTY = "fluss.schema";

  /**
   * Key of the lake table's property that names the options that it has from the table, with commas
   * between them; absent where there are none. What it names and the table does not have any more
   * is taken back.
   */
  public static final String OPTIONS_PROPERTY = "fluss.options";

  private LakeSchema() {}

  /**
   * The columns that a lake table has.
   *
   * @param property see {@link #SCHEMA_PROPERTY}, null where it is absent
   */
  public static SchemaVersion schema(TableInfo table, @Nullable String property) {
    return property == null
        ? table
            .schema(1)
            .orElseThrow(
                () ->
                    new FlussException(
                        "The first columns of table '"
                            + table.path()
                            + "' are not known any more."))
        : SchemaVersionJson.read("lake table '" + table.path() + "'", property);
  }

  /**
   * Passes where a lake table has the columns of the table, so that rows can be written.
   *
   * @param inLake see {@link #schema}
   */
  public static void requireCurrent(TableInfo table, SchemaVersion inLake) {
    if (!inLake.fields().equals(table.currentSchema().fields())) {
      throw new FlussException(
          "Rows of table '"
              + table.path()
              + "' with its columns of version "
              + table.schemaVersion()
              + " cannot be written into the lake, whose table has those of version "
              + inLake.version()
              + ": the columns were changed meanwhile (ALTER TABLE). The next round of tiering"
              + " does it again.");
    }
  }

  /** The three columns that follow those of the table. */
  static List<RowType.RowField> systemColumns() {
    return List.of(
        new RowType.RowField(BUCKET, new IntType(false)),
        new RowType.RowField(OFFSET, new BigIntType(false)),
        new RowType.RowField(TIMESTAMP, new LocalZonedTimestampType(false, 3)));
  }

  /** Type of the rows of the lake table; system columns are not null. */
  public static RowType rowType(TableInfo table) {
    List<RowType.RowField> fields = new ArrayList<>(table.rowType().getFields());
    fields.addAll(systemColumns());
    return new RowType(false, fields);
  }

  /** The table's options under a format's prefix, without it. */
  public static Map<String, String> options(TableInfo table, String format) {
    String prefix = format + ".";
    Map<String, String> options = new LinkedHashMap<>();
    table
        .options()
        .forEach(
            (key, value) -> {
              if (key.startsWith(prefix)) {
                options.put(key.substring(prefix.length()), value);
              }
            });
    return options;
  }

  /**
   * The {@link #OPTIONS_PROPERTY} of a table.
   *
   * @param options see {@link #options}
   */
  public static Map<String, String> optionsProperty(Map<String, String> options) {
    return options.isEmpty()
        ? Map.of()
        : Map.of(OPTIONS_PROPERTY, String.join(",", new TreeSet<>(options.keySet())));
  }

  /**
   * Properties that a lake table has from options that its table does not have any more, {@link
   * #OPTIONS_PROPERTY} itself among them.
   *
   * @param found properties of the lake table
   * @param wanted those that tiering gives it now
   */
  public static List<String> formerOptions(Map<String, String> found, Map<String, String> wanted) {
    String named = found.get(OPTIONS_PROPERTY);
    return named == null
        ? List.of()
        : Stream.concat(Stream.of(OPTIONS_PROPERTY), Stream.of(named.split(",")))
            .filter(key -> found.containsKey(key) && !wanted.containsKey(key))
            .toList();
  }
}
