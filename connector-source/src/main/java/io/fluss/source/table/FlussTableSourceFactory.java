package io.fluss.source.table;

import io.fluss.admin.TableCheck;
import io.fluss.admin.TableDescriptor;
import io.fluss.kafka.ClientConfig;
import io.fluss.kafka.SecretOptions;
import io.fluss.lake.LakeSchema;
import io.fluss.lake.ShownLake;
import io.fluss.lake.state.ShownOffsets;
import io.fluss.metadata.TableInfoJson;
import io.fluss.source.lookup.LookupJoinSettings;
import io.fluss.source.reader.MetadataColumn;
import io.fluss.table.ChangelogTable;
import io.fluss.table.Column;
import io.fluss.table.PlannedColumns;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.api.config.TableConfigOptions;
import org.apache.flink.table.catalog.ObjectIdentifier;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.factories.DynamicTableSourceFactory;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;

/** Makes the source of a table that the Fluss catalog has described; never talks to Kafka. */
public final class FlussTableSourceFactory implements DynamicTableSourceFactory, TableCheck {

  public static final String IDENTIFIER = "fluss";

  @Override
  public String factoryIdentifier() {
    return IDENTIFIER;
  }

  @Override
  public Set<ConfigOption<?>> requiredOptions() {
    return Set.of();
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    return new HashSet<>(SourceOptions.all());
  }

  @Override
  public DynamicTableSource createDynamicTableSource(Context context) {
    ObjectIdentifier name = context.getObjectIdentifier();
    Map<String, String> options = context.getCatalogTable().getOptions();
    DataType rowType = context.getPhysicalRowDataType();
    boolean changes = ChangelogTable.tableOf(name.getObjectName()).isPresent();
    boolean lake = ShownLake.tableOf(name.getObjectName()).isPresent();
    TableInfo table = table(name, options);
    if (ShownOffsets.tableOf(name.getObjectName()).isPresent()) {
      return new LakeOffsetsTableSource(table, ClientConfig.fromOptions(options));
    }
    PlannedColumns.requireSame(
        table.path(),
        changes
            ? ChangelogTable.rowType(table)
            : lake ? LakeSchema.rowType(table) : table.rowType(),
        (RowType) rowType.getLogicalType());
    boolean batch =
        context.getConfiguration().get(ExecutionOptions.RUNTIME_MODE) == RuntimeExecutionMode.BATCH;
    ScanSettings settings =
        ScanSettings.from(
            name.asSummaryString(),
            options,
            sessionTimeZone(context.getConfiguration()),
            batch,
            Instant.now());
    if (changes) {
      return new ChangelogTableSource(table, settings, rowType);
    }
    ClassLoader classLoader = context.getClassLoader();
    if (lake) {
      return new LakeTableSource(table, settings, rowType, classLoader);
    }
    return table.hasPrimaryKey()
        ? new KeyedDynamicTableSource(table, settings, batch, rowType, classLoader, options)
        : new LogDynamicTableSource(table, settings, batch, rowType, classLoader);
  }

  @Override
  public List<String> problems(TableDescriptor descriptor) {
    List<String> problems = new ArrayList<>(ScanSettings.problems(Map.of(), descriptor.options()));
    problems.addAll(LookupJoinSettings.problems(descriptor.options()));
    descriptor.columns().stream()
        .filter(Column.Metadata.class::isInstance)
        .map(Column.Metadata.class::cast)
        .flatMap(c -> Stream.of(MetadataColumn.problemWith(c), storedProblem(c)))
        .flatMap(Optional::stream)
        .forEach(problems::add);
    return problems;
  }

  @Override
  public List<String> hintProblems(Map<String, String> stored, Map<String, String> hinted) {
    List<String> problems = new ArrayList<>(ScanSettings.problems(stored, hinted));
    Map<String, String> all = new HashMap<>(stored);
    all.putAll(hinted);
    problems.addAll(LookupJoinSettings.problems(all));
    return problems;
  }

  private static Optional<String> storedProblem(Column.Metadata column) {
    return column.virtual()
        ? Optional.empty()
        : Optional.of(
            "Column '"
                + column.name()
                + "' is METADATA and not VIRTUAL, so that every INSERT would have to write it, and the"
                + " log alone sets what it holds. Declare it VIRTUAL.");
  }

  private static TableInfo table(ObjectIdentifier name, Map<String, String> options) {
    String json = options.get(TableInfoJson.OPTION);
    if (json == null) {
      SecretOptions.hideIn(options); // Flink puts them into its message
      throw new ValidationException(
          "Table '"
              + name.asSummaryString()
              + "' was not created in a Fluss catalog. Create it in one: CREATE CATALOG c WITH"
              + " ('type' = 'fluss', 'bootstrap.servers' = '...').");
    }
    String table =
        ChangelogTable.tableOf(name.getObjectName())
            .or(() -> ShownLake.tableOf(name.getObjectName()))
            .or(() -> ShownOffsets.tableOf(name.getObjectName()))
            .orElse(name.getObjectName());
    return TableInfoJson.read(TablePath.of(name.getDatabaseName(), table), json);
  }

  private static ZoneId sessionTimeZone(ReadableConfig configuration) {
    String zone = configuration.get(TableConfigOptions.LOCAL_TIME_ZONE);
    return zone.equals(TableConfigOptions.LOCAL_TIME_ZONE.defaultValue())
        ? ZoneId.systemDefault()
        : ZoneId.of(zone);
  }
}
