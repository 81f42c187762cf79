package io.fluss.source;

import io.fluss.read.Selection;
import io.fluss.source.deserializer.FlussDeserializationSchema;
import io.fluss.source.fold.RecordKey;
import io.fluss.source.fold.RowFold;
import io.fluss.source.reader.MetadataColumns;
import io.fluss.source.table.FoldScanProvider;
import java.util.Optional;
import javax.annotation.Nullable;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.DataType;
import org.apache.flink.util.Collector;
import org.apache.flink.util.UserCodeClassLoader;

/**
 * Puts a changelog into a job:
 *
 * <pre>
 *   records of a primary-key table --by key--> fold in keyed state --changes--> values
 * </pre>
 */
final class ChangelogStream {

  private ChangelogStream() {}

  static <T> DataStream<T> of(
      SourcePlan<T> plan, StreamExecutionEnvironment environment, String name) {
    if (!plan.table().hasPrimaryKey() || plan.stop().bounded()) {
      return environment
          .fromSource(plan.source(), WatermarkStrategy.noWatermarks(), name)
          .uid(name);
    }
    ReadRow row = plan.row();
    RowFold fold =
        new RowFold(
            plan.table(),
            plan.settings().client(),
            row.selection(),
            row.metadata(),
            type(FoldScanProvider.metadataType(row.metadata())));
    MetadataColumns needed = FoldScanProvider.metadata(plan.table(), row.metadata());
    return new FoldScanProvider(
            plan.rows(Selection.records(), needed),
            type(FoldScanProvider.recordType(needed)),
            RecordKey.of(needed),
            fold,
            InternalTypeInfo.of(row.readType()),
            null,
            name,
            null)
        .produceDataStream(id -> Optional.of(name + "-" + id), environment)
        .process(new Values<>(row, plan.schema()))
        .returns(plan.schema().getProducedType(row.rowType()))
        .name(name)
        .uid(name);
  }

  private static TypeInformation<RowData> type(DataType type) {
    return InternalTypeInfo.of(type.getLogicalType());
  }

  /** Makes values of changes. */
  private static final class Values<T> extends ProcessFunction<RowData, T> {

    private static final long serialVersionUID = 1L;

    private final ReadRow shape;
    private final FlussDeserializationSchema<T> schema;
    @Nullable private transient RecordValues<T> values;

    Values(ReadRow shape, FlussDeserializationSchema<T> schema) {
      this.shape = shape;
      this.schema = schema;
    }

    @Override
    public void open(OpenContext context) throws Exception {
      schema.open(
          new ValueReader.TaskContext(
              shape.rowType(),
              getRuntimeContext().getMetricGroup(),
              new JobClassLoader(getRuntimeContext().getUserCodeClassLoader())));
      values = new RecordValues<>(shape, schema);
    }

    @Override
    public void processElement(RowData row, Context context, Collector<T> out) throws Exception {
      Long timestamp = context.timestamp();
      T value = values.value(row, timestamp == null ? Long.MIN_VALUE : timestamp);
      if (value != null) {
        out.collect(value);
      }
    }
  }

  /** A class loader in Flink's other form. */
  private record JobClassLoader(ClassLoader asClassLoader) implements UserCodeClassLoader {

    /** Nothing is kept that would have to be released. */
    @Override
    public void registerReleaseHookIfAbsent(String name, Runnable hook) {}
  }
}
