package io.fluss.source.lookup;

import io.fluss.kafka.ClientConfig;
import io.fluss.metadata.TableInfoJson;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.table.catalog.ObjectIdentifier;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.LookupTableSource;
import org.apache.flink.table.connector.source.abilities.SupportsLookupCustomShuffle;
import org.apache.flink.table.connector.source.abilities.SupportsProjectionPushDown;
import org.apache.flink.table.factories.DynamicTableSourceFactory;
import org.apache.flink.table.types.DataType;

/** A table source that can be looked up and nothing else. */
public final class LookupTestTableFactory implements DynamicTableSourceFactory {

  @Override
  public String factoryIdentifier() {
    return "lookup-test";
  }

  @Override
  public Set<ConfigOption<?>> requiredOptions() {
    return Set.of();
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    return Set.of();
  }

  @Override
  public DynamicTableSource createDynamicTableSource(Context context) {
    ObjectIdentifier name = context.getObjectIdentifier();
    Map<String, String> options = context.getCatalogTable().getOptions();
    TableInfo table =
        TableInfoJson.read(
            TablePath.of(name.getDatabaseName(), name.getObjectName()),
            options.get(TableInfoJson.OPTION));
    return new LookupTestTable(
        table, options, IntStream.range(0, table.rowType().getFieldCount()).toArray());
  }

  private static final class LookupTestTable
      implements LookupTableSource, SupportsProjectionPushDown, SupportsLookupCustomShuffle {

    private final TableInfo table;
    private final Map<String, String> options;
    private int[] projection;
    private LookupRuntime lookup;

    LookupTestTable(TableInfo table, Map<String, String> options, int[] projection) {
      this.table = table;
      this.options = options;
      this.projection = projection;
    }

    @Override
    public boolean supportsNestedProjection() {
      return false;
    }

    @Override
    public void applyProjection(int[][] projectedFields, DataType producedDataType) {
      projection = Arrays.stream(projectedFields).mapToInt(path -> path[0]).toArray();
    }

    @Override
    public LookupRuntimeProvider getLookupRuntimeProvider(LookupContext context) {
      lookup =
          LookupRuntime.of(table, ClientConfig.fromOptions(options), options, projection, context);
      return lookup.provider();
    }

    @Override
    public Optional<InputDataPartitioner> getPartitioner() {
      return Optional.ofNullable(lookup).map(LookupRuntime::partitioner);
    }

    @Override
    public DynamicTableSource copy() {
      LookupTestTable copy = new LookupTestTable(table, options, projection);
      copy.lookup = lookup;
      return copy;
    }

    @Override
    public String asSummaryString() {
      return "lookup test table";
    }
  }
}
