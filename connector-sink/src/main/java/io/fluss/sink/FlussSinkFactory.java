package io.fluss.sink;

import io.fluss.admin.TableCheck;
import io.fluss.admin.TableDescriptor;
import io.fluss.kafka.ClientConfig;
import io.fluss.kafka.SecretOptions;
import io.fluss.metadata.TableInfoJson;
import io.fluss.options.TableOptions;
import io.fluss.options.WriterOptions;
import io.fluss.table.PlannedColumns;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.ObjectIdentifier;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.factories.DynamicTableSinkFactory;
import org.apache.flink.table.types.logical.RowType;

/**
 * Makes the sink of a table. The catalog hands over the table's record in {@link
 * TableInfoJson#OPTION}; no metadata is read here.
 */
@Internal
public final class FlussSinkFactory implements DynamicTableSinkFactory, TableCheck {

  public static final String IDENTIFIER = "fluss";

  private static final ConfigOption<String> BOOTSTRAP_SERVERS =
      ConfigOptions.key(ClientConfig.BOOTSTRAP_SERVERS).stringType().noDefaultValue();

  @Override
  public String factoryIdentifier() {
    return IDENTIFIER;
  }

  @Override
  public Set<ConfigOption<?>> requiredOptions() {
    return Set.of(BOOTSTRAP_SERVERS);
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    Set<ConfigOption<?>> options = new LinkedHashSet<>(SinkOptions.all());
    options.addAll(WriterOptions.all());
    options.addAll(TableOptions.all());
    return options;
  }

  @Override
  public DynamicTableSink createDynamicTableSink(Context context) {
    Map<String, String> options = context.getCatalogTable().getOptions();
    TableInfo table = table(context, options);
    PlannedColumns.requireSame(table, (RowType) context.getPhysicalRowDataType().getLogicalType());
    TableSinkConfig config = TableSinkConfig.of(table, options);
    return table.hasPrimaryKey()
        ? new KeyedDynamicTableSink(config)
        : new LogDynamicTableSink(config);
  }

  @Override
  public List<String> problems(TableDescriptor descriptor) {
    return TableSinkConfig.problems(descriptor.options());
  }

  private static TableInfo table(Context context, Map<String, String> options) {
    ObjectIdentifier id = context.getObjectIdentifier();
    String json = options.get(TableInfoJson.OPTION);
    if (json == null) {
      SecretOptions.hideIn(options); // Flink puts them into its message
      throw new ValidationException(
          "Cannot write to table "
              + id.asSummaryString()
              + ": it is not in a Fluss catalog. Create one with CREATE CATALOG ... WITH ('type' ="
              + " 'fluss', ...) and the table in it.");
    }
    return TableInfoJson.read(TablePath.of(id.getDatabaseName(), id.getObjectName()), json);
  }
}
