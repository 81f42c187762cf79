package io.fluss.source.table;

import io.fluss.source.fold.ChangeFold;
import io.fluss.source.fold.KeyedFold;
import io.fluss.source.fold.LogOrder;
import io.fluss.source.fold.RecordKey;
import io.fluss.source.reader.MetadataColumn;
import io.fluss.source.reader.MetadataColumns;
import io.fluss.source.scan.LogSource;
import io.fluss.table.TableInfo;
import java.util.ArrayList;
import java.util.List;
import javax.annotation.Nullable;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSource;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.connector.ProviderContext;
import org.apache.flink.table.connector.source.DataStreamScanProvider;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;

/**
 * Puts the source of a primary-key table's records into the job, and behind it their fold in keyed
 * state. The records of a key keep their order: they are in one bucket, which one reader reads. In
 * batch mode Flink sorts them by key and timestamp, and leaves open the order of equal ones, so
 * there their offset stands in for it on the way to the fold.
 *
 * @param watermarks of the rows, null where none are wanted
 * @param parallelism of the source, null where Flink decides
 */
public record FoldScanProvider(
    LogSource source,
    TypeInformation<RowData> recordType,
    RecordKey key,
    KeyedFold fold,
    TypeInformation<RowData> type,
    @Nullable WatermarkStrategy<RowData> watermarks,
    String table,
    @Nullable Integer parallelism)
    implements DataStreamScanProvider {

  /** What the records of a table need, for their fold, beside what it tells of them. */
  public static MetadataColumns metadata(TableInfo table, MetadataColumns told) {
    return table.isPartitioned() ? told.withTopicId() : told;
  }

  /** Type of the records: key, value, metadata. */
  public static DataType recordType(MetadataColumns metadata) {
    List<DataTypes.Field> fields = new ArrayList<>();
    fields.add(DataTypes.FIELD("key", DataTypes.BYTES().notNull()));
    fields.add(DataTypes.FIELD("value", DataTypes.BYTES()));
    fields.addAll(fields(metadata));
    return DataTypes.ROW(fields).notNull();
  }

  /** Type of the metadata alone. */
  public static DataType metadataType(MetadataColumns metadata) {
    return DataTypes.ROW(fields(metadata)).notNull();
  }

  private static List<DataTypes.Field> fields(MetadataColumns metadata) {
    return metadata.columns().stream()
        .map((MetadataColumn c) -> DataTypes.FIELD(c.key(), c.type()))
        .toList();
  }

  @Override
  public DataStream<RowData> produceDataStream(
      ProviderContext context, StreamExecutionEnvironment environment) {
    DataStreamSource<RowData> records =
        environment.fromSource(
            source, WatermarkStrategy.noWatermarks(), "Read " + table, recordType);
    if (parallelism != null) {
      records.setParallelism(parallelism);
    }
    // Not "log": a state of the plain scan, whose fold would be empty, is not to be restored here.
    context.generateUid("records").ifPresent(records::uid);
    SingleOutputStreamOperator<RowData> rows =
        sorts(environment) && fold instanceof ChangeFold changes
            ? LogOrder.fold(records, key, changes, type).name("Fold " + table)
            : records.keyBy(key, Types.STRING).process(fold, type).name("Fold " + table);
    context.generateUid("fold").ifPresent(rows::uid);
    if (watermarks == null) {
      return rows;
    }
    // Watermarks are of rows, and before the fold there are none.
    SingleOutputStreamOperator<RowData> timed = rows.assignTimestampsAndWatermarks(watermarks);
    context.generateUid("watermarks").ifPresent(timed::uid);
    return timed;
  }

  private static boolean sorts(StreamExecutionEnvironment environment) {
    return environment.getConfiguration().get(ExecutionOptions.RUNTIME_MODE)
        == RuntimeExecutionMode.BATCH;
  }

  @Override
  public boolean isBounded() {
    return source.getBoundedness() == Boundedness.BOUNDED;
  }
}
