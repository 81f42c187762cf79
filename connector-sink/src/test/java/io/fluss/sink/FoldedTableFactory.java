package io.fluss.sink;

import io.fluss.metadata.TableInfoJson;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import io.fluss.testkit.kafka.SharedKafka;
import java.util.List;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.catalog.ObjectIdentifier;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.ProviderContext;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.source.DataStreamScanProvider;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.factories.DynamicTableSinkFactory;
import org.apache.flink.table.factories.DynamicTableSourceFactory;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;

/** The sink under test, and a source of the rows that {@link KeyedTestTable} finds. */
public final class FoldedTableFactory
    implements DynamicTableSinkFactory, DynamicTableSourceFactory {

  static final String IDENTIFIER = "fluss-folded";

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
    return Set.of();
  }

  @Override
  public DynamicTableSink createDynamicTableSink(Context context) {
    return new FlussSinkFactory().createDynamicTableSink(context);
  }

  @Override
  public DynamicTableSource createDynamicTableSource(Context context) {
    ObjectIdentifier id = context.getObjectIdentifier();
    return new Source(
        TableInfoJson.read(
            TablePath.of(id.getDatabaseName(), id.getObjectName()),
            context.getCatalogTable().getOptions().get(TableInfoJson.OPTION)));
  }

  private record Source(TableInfo table) implements ScanTableSource {

    @Override
    public ChangelogMode getChangelogMode() {
      return ChangelogMode.insertOnly();
    }

    @Override
    public ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
      return new DataStreamScanProvider() {
        @Override
        public DataStream<RowData> produceDataStream(
            ProviderContext provider, StreamExecutionEnvironment env) {
          List<RowData> rows =
              table.isPartitioned()
                  ? List.copyOf(new PartitionedTestTable(table).rowData())
                  : new KeyedTestTable(SharedKafka.kafka(), table)
                      .folded().stream().map(Source::row).toList();
          return env.fromData(rows, InternalTypeInfo.of(table.rowType()));
        }

        @Override
        public boolean isBounded() {
          return true;
        }
      };
    }

    private static RowData row(Object[] values) {
      return GenericRowData.of(
          values[0],
          StringData.fromString((String) values[1]),
          values[2],
          StringData.fromString((String) values[3]));
    }

    @Override
    public DynamicTableSource copy() {
      return this;
    }

    @Override
    public String asSummaryString() {
      return "rows of " + table.path();
    }
  }
}
