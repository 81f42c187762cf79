package io.fluss.catalog;

import io.fluss.admin.TableCheck;
import io.fluss.kafka.ClientConfig;
import io.fluss.metadata.TableInfoJson;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.factories.DynamicTableFactory;
import org.apache.flink.table.factories.DynamicTableSinkFactory;
import org.apache.flink.table.factories.DynamicTableSourceFactory;
import org.apache.flink.table.factories.FactoryUtil;

/** Finds the table factories of source and sink, which this module does not depend on. */
final class ConnectorFactories {

  /** Options of the factories that are the catalog's to give, not the user's. */
  private static final Set<String> GIVEN_BY_CATALOG =
      Set.of(ClientConfig.BOOTSTRAP_SERVERS, TableInfoJson.OPTION, FactoryUtil.CONNECTOR.key());

  /** Options that a statement may have and a table may not; all statements would share them. */
  private static final Set<String> PER_STATEMENT = Set.of("sink.transactional-id-prefix");

  private ConnectorFactories() {}

  /** What of a table's options holds for one statement only. */
  static List<String> perStatementProblems(Map<String, String> options) {
    return PER_STATEMENT.stream()
        .filter(options::containsKey)
        .map(
            key ->
                "Option '"
                    + key
                    + "' cannot be kept with a table. Give it per INSERT in an OPTIONS hint: two"
                    + " running jobs must not share it.")
        .toList();
  }

  /** Options that a table may carry because source or sink read them. */
  static List<ConfigOption<?>> options(ClassLoader classLoader) {
    Map<String, ConfigOption<?>> options = new HashMap<>();
    found(classLoader)
        .flatMap(f -> Stream.concat(f.requiredOptions().stream(), f.optionalOptions().stream()))
        .filter(o -> !GIVEN_BY_CATALOG.contains(o.key()))
        .filter(o -> !o.key().startsWith(ClientConfig.PROPERTIES_PREFIX))
        .forEach(o -> options.putIfAbsent(o.key(), o));
    return new ArrayList<>(options.values());
  }

  /** What source and sink have to say about a table before it is created. */
  static List<TableCheck> checks(ClassLoader classLoader) {
    return found(classLoader)
        .filter(TableCheck.class::isInstance)
        .map(TableCheck.class::cast)
        .toList();
  }

  private static Stream<DynamicTableFactory> found(ClassLoader classLoader) {
    return Stream.of(DynamicTableSourceFactory.class, DynamicTableSinkFactory.class)
        .map(type -> find(classLoader, type))
        .flatMap(Optional::stream);
  }

  /**
   * The factory of this kind.
   *
   * @throws ValidationException where the connector is not on the class path
   */
  static <T extends DynamicTableFactory> T require(ClassLoader classLoader, Class<T> type) {
    return FactoryUtil.discoverFactory(classLoader, type, FlussCatalogFactory.IDENTIFIER);
  }

  private static Optional<DynamicTableFactory> find(
      ClassLoader classLoader, Class<? extends DynamicTableFactory> type) {
    try {
      return Optional.of(require(classLoader, type));
    } catch (ValidationException e) {
      return Optional.empty(); // a catalog without connectors can still be looked around in
    }
  }
}
