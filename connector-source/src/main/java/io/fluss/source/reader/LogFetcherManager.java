package io.fluss.source.reader;

import io.fluss.source.split.TableSplit;
import io.fluss.source.split.TopicsGone;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.source.reader.fetcher.SingleThreadFetcherManager;
import org.apache.flink.connector.base.source.reader.fetcher.SplitFetcher;
import org.apache.flink.connector.base.source.reader.fetcher.SplitFetcherTask;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.TopicPartition;

/** Owns the fetcher thread, and takes work to it beside the splits. Called by the task thread. */
final class LogFetcherManager extends SingleThreadFetcherManager<SplitRows, TableSplit> {

  LogFetcherManager(
      Supplier<SplitReader<SplitRows, TableSplit>> reader, Configuration configuration) {
    super(reader, configuration);
  }

  /** Commits in the fetcher thread, which starts again where all splits have ended. */
  void commit(Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
    SplitFetcher<SplitRows, TableSplit> running = getRunningFetcher();
    SplitFetcher<SplitRows, TableSplit> fetcher = running == null ? createSplitFetcher() : running;
    enqueue(fetcher, reader -> reader.commit(offsets, callback));
    if (running == null) {
      startFetcher(fetcher);
    }
  }

  /** Reads these topics no more; without a fetcher nothing is read. */
  void drop(TopicsGone gone) {
    SplitFetcher<SplitRows, TableSplit> running = getRunningFetcher();
    if (running != null) {
      enqueue(running, reader -> reader.drop(gone));
    }
  }

  /** Runs in the fetcher thread, behind what it was given before. */
  private static void enqueue(
      SplitFetcher<SplitRows, TableSplit> fetcher, Consumer<TableSplitReader> work) {
    TableSplitReader reader = (TableSplitReader) fetcher.getSplitReader();
    fetcher.enqueueTask(
        new SplitFetcherTask() {
          @Override
          public boolean run() {
            work.accept(reader);
            return true;
          }

          @Override
          public void wakeUp() {
            // Such work does not block.
          }
        });
    // Flink does not do it for tasks of others; an idle poll would hold the work back.
    reader.wakeUp();
  }
}
