package io.fluss.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.ProviderContext;
import org.apache.flink.table.connector.source.DataStreamScanProvider;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.connector.source.abilities.SupportsFilterPushDown;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.expressions.ResolvedExpression;
import org.apache.flink.table.factories.DynamicTableSourceFactory;
import org.apache.flink.table.types.DataType;

/** Tables of the rows that a test sets; the filters that are pushed into them are kept. */
public final class FilteredTestTableFactory implements DynamicTableSourceFactory {

  private static volatile List<RowData> rows = List.of();
  private static volatile List<ResolvedExpression> pushed = List.of();

  /** The rows of all tables from now on. */
  static void setRows(List<RowData> newRows) {
    rows = List.copyOf(newRows);
  }

  /** The filters of the query that was planned last; none from now on. */
  static List<ResolvedExpression> takePushed() {
    List<ResolvedExpression> taken = pushed;
    pushed = List.of();
    return taken;
  }

  @Override
  public String factoryIdentifier() {
    return "filtered-test";
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
    return new Filtered(context.getPhysicalRowDataType());
  }

  private record Filtered(DataType type) implements ScanTableSource, SupportsFilterPushDown {

    @Override
    public Result applyFilters(List<ResolvedExpression> filters) {
      pushed = filters;
      return Result.of(List.of(), filters);
    }

    @Override
    public ChangelogMode getChangelogMode() {
      return ChangelogMode.insertOnly();
    }

    @Override
    public ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
      return new Rows(context.createTypeInformation(type));
    }

    @Override
    public DynamicTableSource copy() {
      return new Filtered(type);
    }

    @Override
    public String asSummaryString() {
      return "filtered";
    }
  }

  private record Rows(TypeInformation<RowData> type) implements DataStreamScanProvider {

    @Override
    public DataStream<RowData> produceDataStream(
        ProviderContext context, StreamExecutionEnvironment environment) {
      return environment.fromData(type, new ArrayList<>(rows).toArray(new RowData[0]));
    }

    @Override
    public boolean isBounded() {
      return true;
    }
  }
}
