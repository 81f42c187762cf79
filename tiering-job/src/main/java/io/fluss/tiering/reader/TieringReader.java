package io.fluss.tiering.reader;

import io.fluss.tiering.config.TieringConfig;
import io.fluss.tiering.split.RangeSplit;
import io.fluss.tiering.split.RoundOver;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.annotation.Nullable;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.configuration.ConfigurationUtils;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.io.InputStatus;

/**
 * A reader of the job: hands splits to its {@link RangeWorker}, sends what became of them to the
 * enumerator, and asks for more. It emits nothing, and has nothing to keep in checkpoints: a split
 * that is lost with it is planned again. Flink's thread, but for what the worker calls.
 */
public final class TieringReader implements SourceReader<Long, RangeSplit> {

  private final SourceReaderContext context;
  private final RangeWorker worker;

  /** Results that the worker has and the enumerator not. */
  private final Queue<SourceEvent> results = new ConcurrentLinkedQueue<>();

  private volatile CompletableFuture<Void> available = new CompletableFuture<>();

  /** What the worker ended by. */
  @Nullable private volatile Throwable failure;

  private TieringReader(
      SourceReaderContext context, TieringConfig config, long memoryBytes, Path directory) {
    this.context = context;
    this.worker =
        new RangeWorker(
            config,
            "fluss-tiering-" + context.getIndexOfSubtask(),
            memoryBytes,
            directory,
            context.getUserCodeClassLoader().asClassLoader(),
            this::done,
            this::ended);
  }

  public static TieringReader create(SourceReaderContext context, TieringConfig config) {
    long memoryBytes =
        config
            .folding()
            .memoryBytes(context.getConfiguration().get(TaskManagerOptions.NUM_TASK_SLOTS));
    String[] directories = ConfigurationUtils.parseTempDirectories(context.getConfiguration());
    int index = context.getIndexOfSubtask();
    return new TieringReader(
        context, config, memoryBytes, Path.of(directories[index % directories.length]));
  }

  @Override
  public void start() {
    worker.start();
    context.sendSplitRequest();
  }

  private void done(SourceEvent result) {
    results.add(result);
    available.complete(null);
  }

  private void ended(Throwable reason) {
    failure = reason;
    available.complete(null);
  }

  @Override
  public InputStatus pollNext(ReaderOutput<Long> output) throws IOException {
    available = new CompletableFuture<>();
    if (failure != null) {
      throw new IOException("A reader of the tiering job ended.", failure);
    }
    SourceEvent result = results.poll();
    while (result != null) {
      context.sendSourceEventToCoordinator(result);
      context.sendSplitRequest();
      result = results.poll();
    }
    return InputStatus.NOTHING_AVAILABLE;
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    CompletableFuture<Void> current = available;
    if (!results.isEmpty() || failure != null) {
      current.complete(null);
    }
    return current;
  }

  @Override
  public void addSplits(List<RangeSplit> splits) {
    splits.forEach(worker::add);
  }

  @Override
  public void handleSourceEvents(SourceEvent event) {
    if (event instanceof RoundOver over) {
      worker.cancel(over.round());
    }
  }

  @Override
  public void notifyNoMoreSplits() {
    // there are always more
  }

  @Override
  public List<RangeSplit> snapshotState(long checkpointId) {
    return List.of();
  }

  @Override
  public void close() {
    worker.close();
  }
}
