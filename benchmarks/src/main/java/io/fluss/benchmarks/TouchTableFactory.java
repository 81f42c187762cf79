package io.fluss.benchmarks;

import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.sink.SinkV2Provider;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.factories.DynamicTableSinkFactory;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/**
 * {@code 'connector'='bench-touch'}: reads every field of every row, so that lazily decoded rows
 * are decoded, and counts rows of this JVM. With a primary key it takes upserts, of which none may
 * be a delete.
 */
public final class TouchTableFactory implements DynamicTableSinkFactory {

  static final String IDENTIFIER = "bench-touch";

  private static final LongAdder ROWS = new LongAdder();
  private static final LongAdder CHECKSUM = new LongAdder();

  /** Rows seen since the last call. */
  static long takeRows() {
    return ROWS.sumThenReset();
  }

  /** Order-independent sum over all fields since the last call. */
  static long takeChecksum() {
    return CHECKSUM.sumThenReset();
  }

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
    RowType type = (RowType) context.getPhysicalRowDataType().getLogicalType();
    boolean keyed = context.getCatalogTable().getResolvedSchema().getPrimaryKey().isPresent();
    return new TouchTableSink(
        new TouchSink(FieldKind.of(type)),
        keyed ? ChangelogMode.upsert() : ChangelogMode.insertOnly());
  }

  /** What a field is read as; resolved once per job. */
  private enum FieldKind {
    LONG,
    INT,
    DOUBLE,
    DECIMAL,
    TIMESTAMP,
    STRING;

    static FieldKind[] of(RowType type) {
      return type.getChildren().stream().map(FieldKind::of).toArray(FieldKind[]::new);
    }

    private static FieldKind of(LogicalType type) {
      return switch (type.getTypeRoot()) {
        case BIGINT -> LONG;
        case INTEGER -> INT;
        case DOUBLE -> DOUBLE;
        case DECIMAL -> DECIMAL;
        case TIMESTAMP_WITHOUT_TIME_ZONE -> TIMESTAMP;
        default -> STRING;
      };
    }
  }

  private record TouchTableSink(TouchSink sink, ChangelogMode mode) implements DynamicTableSink {

    @Override
    public ChangelogMode getChangelogMode(ChangelogMode requested) {
      return mode;
    }

    @Override
    public SinkRuntimeProvider getSinkRuntimeProvider(Context context) {
      return SinkV2Provider.of(sink);
    }

    @Override
    public DynamicTableSink copy() {
      return this;
    }

    @Override
    public String asSummaryString() {
      return IDENTIFIER;
    }
  }

  private record TouchSink(FieldKind[] kinds) implements Sink<RowData> {

    @Override
    public SinkWriter<RowData> createWriter(WriterInitContext context) {
      return new TouchWriter(kinds);
    }
  }

  private static final class TouchWriter implements SinkWriter<RowData> {

    private final FieldKind[] kinds;
    private long rows;
    private long checksum;

    TouchWriter(FieldKind[] kinds) {
      this.kinds = kinds;
    }

    @Override
    public void write(RowData row, Context context) {
      long hash = 17;
      for (int i = 0; i < kinds.length; i++) {
        hash = (hash + field(row, i)) * 0x9E3779B97F4A7C15L;
      }
      checksum += hash ^ hash >>> 29;
      rows++;
    }

    private long field(RowData row, int i) {
      return switch (kinds[i]) {
        case LONG -> row.getLong(i);
        case INT -> row.getInt(i);
        case DOUBLE -> Double.doubleToLongBits(row.getDouble(i));
        case DECIMAL -> row.getDecimal(i, 15, 2).toUnscaledLong();
        case TIMESTAMP -> row.getTimestamp(i, 3).getMillisecond();
        case STRING -> row.getString(i).hashCode();
      };
    }

    @Override
    public void flush(boolean endOfInput) {
      ROWS.add(rows);
      CHECKSUM.add(checksum);
      rows = 0;
      checksum = 0;
    }

    @Override
    public void close() {
      // Counted in flush, which a bounded job always calls at its end.
    }
  }
}
