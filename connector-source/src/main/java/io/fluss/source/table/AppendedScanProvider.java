package io.fluss.source.table;

import io.fluss.source.fold.AppendedChange;
import io.fluss.source.scan.LogSource;
import java.util.Optional;
import javax.annotation.Nullable;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSource;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.connector.ProviderContext;
import org.apache.flink.table.connector.source.DataStreamScanProvider;
import org.apache.flink.table.data.RowData;

/**
 * Puts the source of a log table into the job, and behind it what makes changes of its rows.
 *
 * @param parallelism null where Flink decides
 */
record AppendedScanProvider(
    LogSource source,
    TypeInformation<RowData> rowType,
    AppendedChange change,
    TypeInformation<RowData> type,
    String table,
    @Nullable Integer parallelism)
    implements DataStreamScanProvider {

  @Override
  public DataStream<RowData> produceDataStream(
      ProviderContext context, StreamExecutionEnvironment environment) {
    DataStreamSource<RowData> rows =
        environment.fromSource(source, WatermarkStrategy.noWatermarks(), "Read " + table, rowType);
    if (parallelism != null) {
      rows.setParallelism(parallelism);
    }
    context.generateUid("log").ifPresent(rows::uid);
    SingleOutputStreamOperator<RowData> changes = rows.map(change).returns(type).name("Changes");
    context.generateUid("changes").ifPresent(changes::uid);
    return changes;
  }

  @Override
  public boolean isBounded() {
    return source.getBoundedness() == Boundedness.BOUNDED;
  }

  @Override
  public Optional<Integer> getParallelism() {
    return Optional.ofNullable(parallelism);
  }
}
