package io.fluss.sink;

import java.io.IOException;
import java.time.Duration;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.streaming.api.connector.sink2.SupportsPreWriteTopology;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.table.data.RowData;

/**
 * Writes rows to a log table, each at least once.
 *
 * <pre>
 *   rows --by bucket, where the table has a bucket key--> LogTableWriter
 * </pre>
 *
 * Rows are visible as soon as their batch is sent. A checkpoint completes once all rows before it
 * are in the log. There is no state and no committer; rows after the last checkpoint repeat when
 * the job restarts.
 */
final class LogTableSink implements Sink<RowData>, SupportsPreWriteTopology<RowData> {

  private static final long serialVersionUID = 1L;

  private final TableSinkConfig config;
  private final Duration topicCheckInterval;

  LogTableSink(TableSinkConfig config) {
    this(config, TopicWatch.INTERVAL);
  }

  LogTableSink(TableSinkConfig config, Duration topicCheckInterval) {
    this.config = config;
    this.topicCheckInterval = topicCheckInterval;
  }

  @Override
  public DataStream<RowData> addPreWriteTopology(DataStream<RowData> rows) {
    return BucketShuffle.apply(rows, config);
  }

  @Override
  public LogTableWriter createWriter(WriterInitContext context) throws IOException {
    return LogTableWriter.open(config, context, topicCheckInterval);
  }
}
