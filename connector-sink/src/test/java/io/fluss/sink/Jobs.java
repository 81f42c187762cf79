package io.fluss.sink;

import java.io.Serializable;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.data.RowData;

/** Jobs that write rows 0, 1, 2, ... into a table. */
final class Jobs {

  static final Duration CHECKPOINT_INTERVAL = Duration.ofMillis(100);

  /** What a test does with each row on its way. */
  interface Step extends Serializable {
    void accept(RowData row) throws Exception;
  }

  /** As fast as it goes; even a high limit would cost a wait per row. */
  static final double UNLIMITED = Double.POSITIVE_INFINITY;

  private Jobs() {}

  /** Settings for jobs that come back as often as they fail, at once. */
  static Configuration restarting() {
    Configuration config = failing();
    config.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    config.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, Integer.MAX_VALUE);
    config.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(20));
    return config;
  }

  /** Settings for jobs that fail for good at their first failure. */
  static Configuration failing() {
    Configuration config = new Configuration();
    config.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, CHECKPOINT_INTERVAL);
    config.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    return config;
  }

  /** {@code count} rows, as many a second as given, through a step of the test into the sink. */
  static StreamExecutionEnvironment write(
      Configuration config,
      int parallelism,
      long count,
      double rowsPerSecond,
      Step step,
      Sink<RowData> sink) {
    return write(
        config,
        parallelism,
        generator(TestTable::row, TestTable.rowTypeInfo(), count, rowsPerSecond),
        step,
        sink);
  }

  /** The same with rows of {@link KeyedTestTable}, each of another key. */
  static StreamExecutionEnvironment writeKeyed(
      Configuration config,
      int parallelism,
      long count,
      double rowsPerSecond,
      Step step,
      Sink<RowData> sink) {
    return write(
        config,
        parallelism,
        generator(KeyedTestTable::row, KeyedTestTable.rowTypeInfo(), count, rowsPerSecond),
        step,
        sink);
  }

  /** The same with rows of {@link PartitionedTestTable}. */
  static StreamExecutionEnvironment writePartitioned(
      Configuration config,
      int parallelism,
      long count,
      double rowsPerSecond,
      Step step,
      PartitionedTestTable table,
      Sink<RowData> sink) {
    return write(
        config,
        parallelism,
        generator(PartitionedTestTable::row, table.rowTypeInfo(), count, rowsPerSecond),
        step,
        sink);
  }

  private static DataGeneratorSource<RowData> generator(
      GeneratorFunction<Long, RowData> rows,
      TypeInformation<RowData> type,
      long count,
      double rowsPerSecond) {
    return new DataGeneratorSource<>(
        rows,
        count,
        rowsPerSecond == UNLIMITED
            ? RateLimiterStrategy.noOp()
            : RateLimiterStrategy.perSecond(rowsPerSecond),
        type);
  }

  private static StreamExecutionEnvironment write(
      Configuration config,
      int parallelism,
      DataGeneratorSource<RowData> source,
      Step step,
      Sink<RowData> sink) {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(config);
    env.setParallelism(parallelism);
    DataStream<RowData> rows = env.fromSource(source, WatermarkStrategy.noWatermarks(), "rows");
    rows.map(
            row -> {
              step.accept(row);
              return row;
            })
        .returns(source.getProducedType())
        .sinkTo(sink);
    return env;
  }
}
