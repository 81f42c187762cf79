package io.fluss.catalog;

import io.fluss.admin.TableAdmin;
import io.fluss.admin.TableRules;
import io.fluss.kafka.ClientConfig;
import io.fluss.kafka.SecretOptions;
import io.fluss.lake.LakeFormats;
import io.fluss.metadata.TableInfoJson;
import io.fluss.options.SecurityOptions;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.ObjectIdentifier;
import org.apache.flink.table.catalog.ResolvedCatalogTable;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.factories.DynamicTableSinkFactory;
import org.apache.flink.table.factories.DynamicTableSourceFactory;
import org.apache.flink.table.factories.FactoryUtil;

/**
 * Hands the tables of one catalog to the factories of source and sink, adding what is not part of a
 * table's visible options: the connection and the table's record.
 */
final class FlussTableFactory implements DynamicTableSourceFactory, DynamicTableSinkFactory {

  private final CatalogSettings settings;
  private final Supplier<TableAdmin> admin;

  FlussTableFactory(CatalogSettings settings, Supplier<TableAdmin> admin) {
    this.settings = settings;
    this.admin = admin;
  }

  @Override
  public DynamicTableSource createDynamicTableSource(Context context) {
    return ConnectorFactories.require(context.getClassLoader(), DynamicTableSourceFactory.class)
        .createDynamicTableSource(complete(context, settings.toLakeOptions()));
  }

  @Override
  public DynamicTableSink createDynamicTableSink(Context context) {
    String name = context.getObjectIdentifier().getObjectName();
    if (ShownTable.of(name) != ShownTable.ITSELF) {
      throw new ValidationException(
          "Cannot write to '"
              + name
              + "': it shows "
              + ShownTable.of(name)
              + " of table '"
              + ShownTable.storedTable(name)
              + "'. Write to that table.");
    }
    return ConnectorFactories.require(context.getClassLoader(), DynamicTableSinkFactory.class)
        .createDynamicTableSink(complete(context, Map.of()));
  }

  /**
   * The planner's context with the table as recorded.
   *
   * @param lakes options that say where lakes are; given where the table is kept in one
   */
  private Context complete(Context context, Map<String, String> lakes) {
    ObjectIdentifier name = context.getObjectIdentifier();
    String stored = ShownTable.storedTable(name.getObjectName());
    TableInfo table = admin.get().table(TablePath.of(name.getDatabaseName(), stored));
    requireGoodHints(table, context);
    Map<String, String> options = new HashMap<>(settings.toTableOptions());
    options.putAll(context.getCatalogTable().getOptions());
    if (table.lakeFormat().isPresent()) {
      options.putAll(lakes);
    }
    // Options of the lake table are in the record; of source and sink they are no concern.
    LakeFormats.names(context.getClassLoader())
        .forEach(format -> options.keySet().removeIf(key -> key.startsWith(format + ".")));
    options.put(TableInfoJson.OPTION, TableInfoJson.write(table));
    return new CompleteContext(context, context.getCatalogTable().copy(options));
  }

  /** What the statement's OPTIONS hints give is checked as strictly as what a table is given. */
  private void requireGoodHints(TableInfo table, Context context) {
    Map<String, String> stored = new HashMap<>(settings.tableDefaults());
    stored.putAll(FlinkTables.toFlink(table).getOptions());
    Map<String, String> hinted = new HashMap<>(context.getCatalogTable().getOptions());
    hinted.entrySet().removeAll(stored.entrySet());
    List<String> problems = secretsProblems(hinted);
    hinted.keySet().removeIf(FlussTableFactory::isConnection);
    if (hinted.isEmpty() && problems.isEmpty()) {
      return;
    }
    TableRules rules =
        TableRules.with(
                ConnectorFactories.options(context.getClassLoader()),
                ConnectorFactories.checks(context.getClassLoader()))
            .withLakes(LakeFormats.all(context.getClassLoader()));
    problems.addAll(rules.hintProblems(stored, hinted));
    if (!problems.isEmpty()) {
      // Flink puts the options of this statement into its message.
      SecretOptions.hideIn(context.getCatalogTable().getOptions());
      throw new ValidationException(
          "Cannot use table '"
              + table.path()
              + "' with the options of this statement:\n- "
              + String.join("\n- ", problems));
    }
  }

  /** Plans, and with them EXPLAIN and the web interface, show hints. */
  private static List<String> secretsProblems(Map<String, String> hinted) {
    return hinted.keySet().stream()
        .filter(FlussTableFactory::isConnection)
        .filter(key -> key.startsWith(SecurityOptions.PREFIX) || SecretOptions.isSecret(key))
        .sorted()
        .map(
            key ->
                "Option '"
                    + key
                    + "' says who you are to Kafka, and plans would show it. Set it in CREATE"
                    + " CATALOG.")
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private static boolean isConnection(String key) {
    return key.equals(FactoryUtil.CONNECTOR.key()) || ClientConfig.isConnection(key);
  }

  @Override
  public String factoryIdentifier() {
    return FlussCatalogFactory.IDENTIFIER;
  }

  @Override
  public Set<ConfigOption<?>> requiredOptions() {
    return Set.of(); // the factories of source and sink check the options
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    return Set.of();
  }

  /** The planner's context with a completed table. */
  private record CompleteContext(Context original, ResolvedCatalogTable table) implements Context {

    @Override
    public ObjectIdentifier getObjectIdentifier() {
      return original.getObjectIdentifier();
    }

    @Override
    public ResolvedCatalogTable getCatalogTable() {
      return table;
    }

    @Override
    public Map<String, String> getEnrichmentOptions() {
      return original.getEnrichmentOptions();
    }

    @Override
    public ReadableConfig getConfiguration() {
      return original.getConfiguration();
    }

    @Override
    public ClassLoader getClassLoader() {
      return original.getClassLoader();
    }

    @Override
    public boolean isTemporary() {
      return original.isTemporary();
    }
  }
}
