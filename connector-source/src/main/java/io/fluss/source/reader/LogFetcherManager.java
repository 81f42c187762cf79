package io.fluss.source.reader;

import io.fluss.source.split.TableSplit;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.source.reader.fetcher.SingleThreadFetcherManager;
import org.apache.flink.connector.base.source.reader.fetcher.SplitFetcher;
import org.apache.flink.connector.base.source.reader.fetcher.SplitFetcherTask;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.TopicPartition;

/** Owns the fetcher thread, and takes offset commits to it. Called by the task thread. */
final class LogFetcherManager extends SingleThreadFetcherManager<RowSlice, TableSplit> {

  LogFetcherManager(
      Supplier<SplitReader<RowSlice, TableSplit>> reader, Configuration configuration) {
    super(reader, configuration);
  }

  /** Commits in the fetcher thread, which starts again where all splits have ended. */
  void commit(Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
    SplitFetcher<RowSlice, TableSplit> running = getRunningFetcher();
    SplitFetcher<RowSlice, TableSplit> fetcher = running == null ? createSplitFetcher() : running;
    TableSplitReader reader = (TableSplitReader) fetcher.getSplitReader();
    fetcher.enqueueTask(
        new SplitFetcherTask() {
          @Override
          public boolean run() {
            reader.commit(offsets, callback);
            return true;
          }

          @Override
          public void wakeUp() {
            // A commit does not block.
          }
        });
    if (running == null) {
      startFetcher(fetcher);
    } else {
      // Flink does not do it for tasks of others; an idle poll would hold the commit back.
      reader.wakeUp();
    }
  }
}
