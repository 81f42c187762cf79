package io.fluss.catalog;

import io.fluss.admin.OptionRules;
import io.fluss.kafka.ClientConfig;
import io.fluss.lake.LakeFormats;
import io.fluss.lake.LakeSettings;
import io.fluss.options.ScannerOptions;
import io.fluss.options.SecurityOptions;
import io.fluss.options.WriterOptions;
import io.fluss.write.WriterConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.table.api.ValidationException;

/**
 * The checked options of one catalog.
 *
 * @param connection how to reach Kafka; may hold secrets
 * @param tableDefaults {@code client.*} options that hold for every table that does not set them
 * @param lakes how to reach lakes; may hold secrets
 * @param problems what is missing, unknown or cannot be read; where there are any, the rest is of
 *     no use
 */
record CatalogSettings(
    String defaultDatabase,
    ClientConfig connection,
    Map<String, String> tableDefaults,
    LakeSettings lakes,
    List<String> problems) {

  private static final String CLIENT_PREFIX = "client.";
  private static final String PROPERTY_VERSION = "property-version";

  private static final ClientConfig NO_CONNECTION = new ClientConfig("none", Map.of());

  CatalogSettings {
    tableDefaults = Map.copyOf(tableDefaults);
    problems = List.copyOf(problems);
  }

  /**
   * Reads the options of CREATE CATALOG.
   *
   * <p>Problems are kept rather than thrown: where a factory throws, Flink puts all options into
   * its message, and hides of their values only what it takes for secret by name, which a misspelt
   * password is not.
   */
  static CatalogSettings of(Map<String, String> options, ClassLoader classLoader) {
    Map<String, String> own = new TreeMap<>(options);
    own.remove(PROPERTY_VERSION);
    Map<String, String> connection = new HashMap<>();
    Map<String, String> tableDefaults = new HashMap<>();
    moveIf(own, connection, ClientConfig.PROPERTIES_PREFIX);
    moveIf(own, connection, ClientConfig.BOOTSTRAP_SERVERS);
    moveIf(own, connection, SecurityOptions.PREFIX);
    moveIf(own, tableDefaults, CLIENT_PREFIX);
    Map<String, String> lakes = new HashMap<>();
    moveIf(own, lakes, LakeSettings.PREFIX);
    LakeSettings lakeSettings = LakeSettings.fromOptions(lakes);

    List<String> problems = new ArrayList<>(ClientConfig.problems(connection));
    if (problems.isEmpty()) {
      ClientConfig.fromOptions(connection).loginProblem().ifPresent(problems::add);
    }
    problems.addAll(OptionRules.of(CatalogOptions.all()).problems(own));
    problems.addAll(lakeProblems(lakes, lakeSettings, classLoader));
    OptionRules clientRules = OptionRules.of(clientOptions(classLoader));
    problems.addAll(clientRules.problems(tableDefaults));
    problems.addAll(WriterConfig.problems(clientRules.readable(tableDefaults)));
    return new CatalogSettings(
        own.getOrDefault(
            CatalogOptions.DEFAULT_DATABASE.key(), CatalogOptions.DEFAULT_DATABASE.defaultValue()),
        problems.isEmpty() ? ClientConfig.fromOptions(connection) : NO_CONNECTION,
        tableDefaults,
        lakeSettings,
        problems);
  }

  /**
   * Makes sure that the catalog can be used.
   *
   * @throws ValidationException with all problems, where there are any
   */
  void requireGood(String catalog) {
    if (!problems.isEmpty()) {
      throw new ValidationException(
          "Catalog '" + catalog + "' cannot be created:\n- " + String.join("\n- ", problems));
    }
  }

  private static List<String> lakeProblems(
      Map<String, String> given, LakeSettings lakes, ClassLoader classLoader) {
    List<String> problems = new ArrayList<>();
    Set<String> known = lakes.toOptions().keySet();
    given.keySet().stream()
        .filter(key -> !known.contains(key))
        .forEach(
            key ->
                problems.add(
                    "Option '"
                        + key
                        + "' is unknown. Options of lakes are '"
                        + LakeSettings.FORMAT
                        + "' and 'datalake.<format>.<option>', for example"
                        + " 'datalake.paimon.warehouse'."));
    Set<String> formats = new TreeSet<>(lakes.byFormat().keySet());
    if (lakes.defaultFormat() != null) {
      formats.add(lakes.defaultFormat());
    }
    formats.removeAll(LakeFormats.names(classLoader));
    formats.forEach(
        format ->
            problems.add(
                "Lake format '"
                    + format
                    + "' is not on the class path. Add the jar fluss-lake-"
                    + format
                    + " to Flink's lib directory."));
    return problems;
  }

  private static List<ConfigOption<?>> clientOptions(ClassLoader classLoader) {
    return Stream.of(
            WriterOptions.all(), ScannerOptions.all(), ConnectorFactories.options(classLoader))
        .flatMap(List::stream)
        .filter(o -> o.key().startsWith(CLIENT_PREFIX))
        .toList();
  }

  private static void moveIf(Map<String, String> from, Map<String, String> to, String prefix) {
    from.entrySet()
        .removeIf(
            e -> {
              boolean moves = e.getKey().startsWith(prefix);
              if (moves) {
                to.put(e.getKey(), e.getValue());
              }
              return moves;
            });
  }

  /** What every table's factory needs beyond the table's own options. */
  Map<String, String> toTableOptions() {
    Map<String, String> all = new HashMap<>(tableDefaults);
    all.putAll(connection.toOptions());
    return all;
  }

  /** What the factory of a table that is kept in a lake needs in addition to read it. */
  Map<String, String> toLakeOptions() {
    return lakes.toOptions();
  }
}
