package io.fluss.dist.tpch;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import javax.annotation.Nullable;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.connector.source.SourceProvider;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.factories.DynamicTableSourceFactory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;

/**
 * {@code 'connector' = 'tpch'}: a bounded table of generated TPC-H rows. The columns that are
 * declared are made, found by their TPC-H names with or without prefix and underscores.
 */
public final class TpchTableFactory implements DynamicTableSourceFactory {

  static final String IDENTIFIER = "tpch";

  private static final ConfigOption<String> TABLE =
      ConfigOptions.key("table").stringType().noDefaultValue();

  /** 1 means 1,500,000 orders of 150,000 customers. */
  private static final ConfigOption<Double> SCALE_FACTOR =
      ConfigOptions.key("scale-factor").doubleType().defaultValue(0.001);

  private static final ConfigOption<Double> ROWS_PER_SECOND =
      ConfigOptions.key("rows-per-second").doubleType().noDefaultValue();

  @Override
  public String factoryIdentifier() {
    return IDENTIFIER;
  }

  @Override
  public Set<ConfigOption<?>> requiredOptions() {
    return Set.of(TABLE);
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    return Set.of(SCALE_FACTOR, ROWS_PER_SECOND);
  }

  @Override
  public DynamicTableSource createDynamicTableSource(Context context) {
    FactoryUtil.TableFactoryHelper helper = FactoryUtil.createTableFactoryHelper(this, context);
    helper.validate();
    ReadableConfig options = helper.getOptions();
    DataType type = context.getPhysicalRowDataType();
    double scaleFactor = options.get(SCALE_FACTOR);
    if (scaleFactor <= 0) {
      throw new ValidationException("'scale-factor' must be above 0, got " + scaleFactor + ".");
    }
    TpchTable table =
        TpchTable.of(options.get(TABLE))
            .orElseThrow(
                () ->
                    new ValidationException(
                        "There is no TPC-H table '"
                            + options.get(TABLE)
                            + "' here. There are: "
                            + Arrays.stream(TpchTable.values()).map(TpchTable::sqlName).toList()
                            + "."));
    TpchRows rows = new TpchRows(table, scaleFactor, (RowType) type.getLogicalType());
    List<String> problems = rows.problems();
    if (!problems.isEmpty()) {
      throw new ValidationException(String.join("\n", problems));
    }
    return new Tpch(rows, table.rowCount(scaleFactor), options.get(ROWS_PER_SECOND), type);
  }

  private record Tpch(TpchRows rows, long count, @Nullable Double rowsPerSecond, DataType type)
      implements ScanTableSource {

    @Override
    public ChangelogMode getChangelogMode() {
      return ChangelogMode.insertOnly();
    }

    @Override
    public ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
      RateLimiterStrategy<?> rate =
          rowsPerSecond == null
              ? RateLimiterStrategy.noOp()
              : RateLimiterStrategy.perSecond(rowsPerSecond);
      return SourceProvider.of(source(context, rate));
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // Flink's own factories return raw strategies
    private DataGeneratorSource<RowData> source(ScanContext context, RateLimiterStrategy rate) {
      return new DataGeneratorSource<>(rows, count, rate, context.createTypeInformation(type));
    }

    @Override
    public DynamicTableSource copy() {
      return this;
    }

    @Override
    public String asSummaryString() {
      return IDENTIFIER;
    }
  }
}
