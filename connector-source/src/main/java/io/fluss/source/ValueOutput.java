package io.fluss.source;

import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.table.data.RowData;
import org.apache.flink.util.FlinkRuntimeException;

/** Takes rows and passes on values. Task thread. */
final class ValueOutput<T> implements ReaderOutput<RowData> {

  private final ReaderOutput<T> output;
  private final RecordValues<T> values;

  ValueOutput(ReaderOutput<T> output, RecordValues<T> values) {
    this.output = output;
    this.values = values;
  }

  /** Whether values go there. */
  boolean leadsTo(ReaderOutput<T> other) {
    return output == other;
  }

  @Override
  public void collect(RowData row) {
    collect(row, Long.MIN_VALUE);
  }

  @Override
  public void collect(RowData row, long timestamp) {
    emit(row, timestamp, output, values);
  }

  private static <T> void emit(
      RowData row, long timestamp, SourceOutput<T> output, RecordValues<T> values) {
    T value;
    try {
      value = values.value(row, timestamp);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new FlinkRuntimeException("The deserialization schema failed: " + e.getMessage(), e);
    }
    if (value != null) {
      output.collect(value, timestamp);
    }
  }

  @Override
  public void emitWatermark(Watermark watermark) {
    output.emitWatermark(watermark);
  }

  @Override
  public void markIdle() {
    output.markIdle();
  }

  @Override
  public void markActive() {
    output.markActive();
  }

  @Override
  public SourceOutput<RowData> createOutputForSplit(String splitId) {
    return new OfSplit<>(output.createOutputForSplit(splitId), values);
  }

  @Override
  public void releaseOutputForSplit(String splitId) {
    output.releaseOutputForSplit(splitId);
  }

  /** The same for one split. */
  private record OfSplit<T>(SourceOutput<T> output, RecordValues<T> values)
      implements SourceOutput<RowData> {

    @Override
    public void collect(RowData row) {
      collect(row, Long.MIN_VALUE);
    }

    @Override
    public void collect(RowData row, long timestamp) {
      emit(row, timestamp, output, values);
    }

    @Override
    public void emitWatermark(Watermark watermark) {
      output.emitWatermark(watermark);
    }

    @Override
    public void markIdle() {
      output.markIdle();
    }

    @Override
    public void markActive() {
      output.markActive();
    }
  }
}
