package io.fluss.lake.paimon;

import io.fluss.lake.LakeSchema;
import io.fluss.table.TableInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.schema.SchemaValidation;
import org.apache.paimon.schema.TableSchema;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.types.DataField;
import org.apache.paimon.types.DataType;
import org.apache.paimon.types.RowType;

/** Lake tables as Paimon describes them. */
final class PaimonSchema {

  private static final long FIRST = 0;

  private PaimonSchema() {}

  static Schema of(TableInfo table) {
    Schema.Builder schema = Schema.newBuilder();
    Map<String, String> comments = new HashMap<>();
    table.physicalColumns().forEach(c -> comments.put(c.name(), c.comment()));
    LakeSchema.rowType(table)
        .getFields()
        .forEach(
            f ->
                schema.column(f.getName(), PaimonTypes.of(f.getType()), comments.get(f.getName())));
    return schema
        .primaryKey(table.primaryKey())
        .partitionKeys(table.partitionKeys())
        .options(options(table))
        .comment(table.comment())
        .build();
  }

  private static Map<String, String> options(TableInfo table) {
    Map<String, String> options = new HashMap<>(PaimonOptions.of(table));
    if (table.schemaVersion() > 1) {
      Map.Entry<String, String> columns = GivenColumns.option(table);
      options.put(columns.getKey(), columns.getValue());
    }
    return options;
  }

  /** Columns of the primary key whose values Paimon does not tell from each other. */
  static List<String> keyProblems(TableInfo table) {
    return table.keyFields().stream()
        .filter(f -> f.type().is(LogicalTypeFamily.APPROXIMATE_NUMERIC))
        .map(
            f ->
                "Column '"
                    + f.name()
                    + "' of the primary key is of type "
                    + f.type().asSummaryString()
                    + ", and Paimon takes NaN in a primary key for equal to every other number,"
                    + " so that rows would be lost. Use a DECIMAL, or another lake format.")
        .toList();
  }

  /** What Paimon says against the lake table of a table; empty where nothing. */
  static List<String> problems(TableInfo table) {
    try {
      SchemaValidation.validateTableSchema(TableSchema.create(FIRST, of(table)));
      return List.of();
    } catch (RuntimeException e) {
      return List.of("Paimon cannot have such a table: " + e.getMessage());
    }
  }

  /** In what the lake table is not that of the table; empty where it is. */
  static List<String> differences(TableInfo table, FileStoreTable found) {
    List<String> differences = new ArrayList<>(columnDifferences(table, found));
    say(differences, "primary key", table.primaryKey(), found.primaryKeys());
    say(differences, "partition keys", table.partitionKeys(), found.partitionKeys());
    Map<String, String> wanted = PaimonOptions.of(table);
    for (String key : List.of(CoreOptions.BUCKET.key(), CoreOptions.BUCKET_KEY.key())) {
      say(differences, "option '" + key + "'", wanted.get(key), found.options().get(key));
    }
    return differences;
  }

  /** In what columns the lake table is not that of the table; empty where it has the same. */
  static List<String> columnDifferences(TableInfo table, FileStoreTable found) {
    List<String> differences = new ArrayList<>();
    say(
        differences,
        "columns",
        columns(PaimonTypes.rowType(LakeSchema.rowType(table))),
        columns(found.rowType()));
    return differences;
  }

  private static List<String> columns(RowType type) {
    List<String> columns = new ArrayList<>();
    for (DataField field : type.getFields()) {
      columns.add("`" + field.name() + "` " + text(field.type()));
    }
    return columns;
  }

  /** Field ids aside, by which types with nested rows differ. */
  private static String text(DataType type) {
    return type.asSQLString();
  }

  private static void say(List<String> differences, String what, Object wanted, Object found) {
    if (!Objects.equals(wanted, found)) {
      differences.add(what + " " + found + " instead of " + wanted);
    }
  }
}
