package io.fluss.sink;

import io.fluss.upsert.LeaseTimes;
import java.io.IOException;
import java.time.Duration;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.streaming.api.connector.sink2.SupportsPreWriteTopology;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.table.data.RowData;

/**
 * Writes changes of rows to a primary-key table, each at least once.
 *
 * <pre>
 *   changes --by bucket--> KeyedTableWriter
 * </pre>
 *
 * A checkpoint completes once all changes before it are in the log. Changes after the last
 * checkpoint repeat when the job restarts, in the same order for each row, so the table ends as if
 * they did not.
 */
final class KeyedTableSink implements Sink<RowData>, SupportsPreWriteTopology<RowData> {

  private static final long serialVersionUID = 1L;

  private final TableSinkConfig config;
  private final LeaseTimes times;
  private final Duration topicCheckInterval;

  KeyedTableSink(TableSinkConfig config) {
    this(config, LeaseTimes.standard(), TopicWatch.INTERVAL);
  }

  KeyedTableSink(TableSinkConfig config, LeaseTimes times, Duration topicCheckInterval) {
    this.config = config;
    this.times = times;
    this.topicCheckInterval = topicCheckInterval;
  }

  @Override
  public DataStream<RowData> addPreWriteTopology(DataStream<RowData> changes) {
    return BucketShuffle.apply(changes, config);
  }

  @Override
  public KeyedTableWriter createWriter(WriterInitContext context) throws IOException {
    return KeyedTableWriter.open(config, context, times, topicCheckInterval);
  }
}
