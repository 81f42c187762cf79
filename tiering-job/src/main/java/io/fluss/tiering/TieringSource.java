package io.fluss.tiering;

import io.fluss.tiering.config.TieringConfig;
import io.fluss.tiering.enumerator.TieringEnumerator;
import io.fluss.tiering.reader.TieringReader;
import io.fluss.tiering.split.InstantSerializer;
import io.fluss.tiering.split.NoState;
import io.fluss.tiering.split.RangeSplit;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** All of the job: its readers move rows by themselves, so what it emits is nothing. */
public final class TieringSource implements Source<Long, RangeSplit, NoState> {

  private static final long serialVersionUID = 1L;

  private final TieringConfig config;

  public TieringSource(TieringConfig config) {
    this.config = config;
  }

  @Override
  public Boundedness getBoundedness() {
    return Boundedness.CONTINUOUS_UNBOUNDED;
  }

  @Override
  public SplitEnumerator<RangeSplit, NoState> createEnumerator(
      SplitEnumeratorContext<RangeSplit> context) {
    return new TieringEnumerator(context, config, Thread.currentThread().getContextClassLoader());
  }

  @Override
  public SplitEnumerator<RangeSplit, NoState> restoreEnumerator(
      SplitEnumeratorContext<RangeSplit> context, NoState state) {
    return createEnumerator(context);
  }

  @Override
  public SourceReader<Long, RangeSplit> createReader(SourceReaderContext context) {
    return TieringReader.create(context, config);
  }

  @Override
  public SimpleVersionedSerializer<RangeSplit> getSplitSerializer() {
    return new InstantSerializer<>(RangeSplit.class);
  }

  @Override
  public SimpleVersionedSerializer<NoState> getEnumeratorCheckpointSerializer() {
    return new InstantSerializer<>(NoState.class);
  }
}
