package io.fluss.lake.iceberg;

import io.fluss.lake.LakeSchema;
import io.fluss.table.TableInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.MetadataColumns;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableProperties;

/** Why a table cannot be kept in Iceberg, in sentences. */
final class TableProblems {

  private static final Set<String> FORMAT_VERSIONS = Set.of("2", "3");

  /** How the names of options of Iceberg end that are numbers. */
  private static final List<String> NUMBERS =
      List.of("-bytes", "-ms", "-retries", "-to-keep", "-versions-max", "-compression-level");

  /** Those that tiering has codecs for. */
  private static final List<String> COMPRESSIONS =
      List.of("zstd", "gzip", "snappy", "uncompressed");

  private static final String UPSERTS_NEED = "3";

  private TableProblems() {}

  static List<String> of(TableInfo table) {
    Map<String, String> options = LakeSchema.options(table, IcebergFormat.IDENTIFIER);
    List<String> problems = new ArrayList<>();
    String version = TableLayout.formatVersion(options);
    if (!FORMAT_VERSIONS.contains(version)) {
      problems.add(
          "Option 'iceberg.format-version' = '" + version + "' cannot be used; '2' and '3' can.");
      version = UPSERTS_NEED;
    } else if (table.hasPrimaryKey() && !version.equals(UPSERTS_NEED)) {
      problems.add(
          "Option 'iceberg.format-version' = '"
              + version
              + "' cannot be used for a table with a primary key: its updates are deletion"
              + " vectors, which format version 3 has. Leave the option out.");
    }
    problems.addAll(ofColumns(table, Integer.parseInt(version)));
    options.keySet().forEach(key -> ofOption(key, options.get(key)).ifPresent(problems::add));
    if (hasSystemColumn(table)) {
      return List.copyOf(problems); // there is no lake table to look at further
    }
    problems.addAll(Partitioning.problems(table));
    if (problems.isEmpty()) {
      ofWhole(table).ifPresent(problems::add);
    }
    return List.copyOf(problems);
  }

  private static boolean hasSystemColumn(TableInfo table) {
    return table.physicalColumns().stream()
        .anyMatch(c -> LakeSchema.SYSTEM_COLUMNS.contains(c.name()));
  }

  private static List<String> ofColumns(TableInfo table, int version) {
    List<String> problems = new ArrayList<>();
    table
        .physicalColumns()
        .forEach(
            column -> {
              String name = column.name();
              LogicalTypeToIceberg.problem(column.type(), version)
                  .ifPresent(p -> problems.add("Column '" + name + "' " + p));
              if (MetadataColumns.isMetadataColumn(name)) {
                problems.add(
                    "Column '"
                        + name
                        + "' has the name of a metadata column of Iceberg. Give it another one.");
              }
              if (LakeSchema.SYSTEM_COLUMNS.contains(name)) {
                problems.add(
                    "Column '"
                        + name
                        + "' has the name of a column that lake tables have anyway. Give it"
                        + " another one.");
              }
            });
    return problems;
  }

  private static Optional<String> ofOption(String key, String value) {
    boolean reserved =
        key.startsWith("fluss.")
            || TableProperties.RESERVED_PROPERTIES.contains(key)
                && !key.equals(TableProperties.FORMAT_VERSION)
            || LakeSchema.SYSTEM_COLUMNS.stream().anyMatch(c -> key.endsWith(".column." + c));
    if (reserved) {
      return Optional.of("Option 'iceberg." + key + "' is set by tiering itself. Leave it out.");
    }
    if (key.equals(TableProperties.DEFAULT_FILE_FORMAT)
        && !value.toLowerCase(Locale.ROOT).equals("parquet")) {
      return Optional.of(
          "Option 'iceberg."
              + key
              + "' = '"
              + value
              + "' cannot be used; 'parquet' is the only file format that tiering writes.");
    }
    if (key.equals(TableProperties.PARQUET_COMPRESSION)
        && !COMPRESSIONS.contains(value.toLowerCase(Locale.ROOT))) {
      return Optional.of(
          "Option 'iceberg."
              + key
              + "' = '"
              + value
              + "' cannot be used; there are "
              + COMPRESSIONS
              + ".");
    }
    if (NUMBERS.stream().anyMatch(key::endsWith) && !value.matches("-?\\d{1,18}")) {
      return Optional.of(
          "Option 'iceberg." + key + "' = '" + value + "' cannot be used: it is a whole number.");
    }
    if (key.startsWith("encryption.")) {
      return Optional.of(
          "Option 'iceberg." + key + "' cannot be used: tiering does not write encrypted tables.");
    }
    return Optional.empty();
  }

  /** What only Iceberg can tell: names that collide. */
  private static Optional<String> ofWhole(TableInfo table) {
    try {
      TableLayout layout = new TableLayout(table);
      Schema schema = layout.schema();
      layout.spec(schema);
      return Optional.empty();
    } catch (RuntimeException e) {
      return Optional.of("Iceberg cannot have such a table: " + e.getMessage() + ".");
    }
  }
}
