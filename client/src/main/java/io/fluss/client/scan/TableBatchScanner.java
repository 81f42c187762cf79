package io.fluss.client.scan;

import io.fluss.FlussException;
import io.fluss.client.shared.ClientContext;
import io.fluss.lake.LakeStorage;
import io.fluss.partition.TableBucket;
import io.fluss.read.BucketFolding;
import io.fluss.read.LogScan;
import io.fluss.read.StartingOffsets;
import io.fluss.read.StoppingOffsets;
import io.fluss.read.WantedKeys;
import io.fluss.table.TableInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import javax.annotation.Nullable;
import org.apache.flink.table.data.RowData;
import org.apache.flink.util.CloseableIterator;
import org.apache.flink.util.FileUtils;
import org.apache.flink.util.IOUtils;

/** Plans with the first poll, then reads part after part. */
final class TableBatchScanner implements BatchScanner {

  private static final byte[] ANY_KEY = {};

  private final TableInfo table;
  private final ClientContext context;
  private final RowSelection selection;
  @Nullable private final Long limit;
  @Nullable private final TableBucket only;
  private final boolean readsLake;
  private final ClassLoader classLoader;
  private final OwningThread thread;
  private final ReadTopics topics;
  private final BoundedLog log;

  /** Null before the first poll. */
  @Nullable private Queue<BatchRead> reads;

  @Nullable private LakeStorage lake;
  @Nullable private Path directory;
  private long rowsLeft;

  @Nullable private RuntimeException failure;

  /** Of the poll that is going on. */
  @Nullable private CloseableIterator<RowData> polled;

  private TableBatchScanner(
      TableInfo table,
      ClientContext context,
      RowSelection selection,
      @Nullable Long limit,
      @Nullable TableBucket only,
      boolean readsLake) {
    this.table = table;
    this.context = context;
    this.selection = selection;
    this.limit = limit;
    this.only = only;
    this.readsLake = readsLake && table.lakeFormat().isPresent();
    this.classLoader = context.classLoader();
    this.thread =
        new OwningThread(
            "A batch scanner of table '" + table.path() + "'",
            "only close() may be called from elsewhere");
    this.rowsLeft = limit == null ? Long.MAX_VALUE : limit;
    this.topics = new ReadTopics(table, context);
    this.log = new BoundedLog(table, context, topics);
  }

  /**
   * @param only the bucket to read; null where all are wanted
   * @throws FlussException where there is no such bucket, or the lake cannot be reached
   */
  static TableBatchScanner open(
      TableInfo table,
      ClientContext context,
      RowSelection selection,
      @Nullable Long limit,
      @Nullable TableBucket only,
      boolean readsLake) {
    context.requireOpen();
    if (only != null) {
      only.requireOf(table);
    }
    if (readsLake && table.lakeFormat().isPresent()) {
      context.lakes().require(table, context.classLoader());
    }
    return context.opened(new TableBatchScanner(table, context, selection, limit, only, readsLake));
  }

  @Override
  @Nullable
  public CloseableIterator<RowData> pollBatch(Duration timeout) {
    polled = null;
    thread.use(() -> polled = pollUnlessFailed(timeout));
    return polled;
  }

  /** After a failure it is not known what of the rows on their way was handed out. */
  @Nullable
  private CloseableIterator<RowData> pollUnlessFailed(Duration timeout) {
    if (failure != null) {
      throw new FlussException(
          "The scanner of table '"
              + table.path()
              + "' has failed before: "
              + failure.getMessage()
              + " Close it and create another one.",
          failure);
    }
    try {
      return poll(timeout);
    } catch (RuntimeException e) {
      failure = e;
      throw e;
    }
  }

  @Nullable
  private CloseableIterator<RowData> poll(Duration timeout) {
    if (reads == null) {
      reads = plan();
    }
    long deadline = System.nanoTime() + Math.min(timeout.toMillis(), Integer.MAX_VALUE) * 1_000_000;
    while (rowsLeft > 0 && !reads.isEmpty()) {
      long left = Math.max(0, deadline - System.nanoTime());
      RowBatch rows = reads.element().next(Duration.ofNanos(left));
      if (rows == null) {
        reads.remove().close();
      } else if (rows.count() > 0) {
        RowBatch wanted = rows.first((int) Math.min(rowsLeft, rows.count()));
        rowsLeft -= wanted.count();
        return new Rows(wanted);
      } else if (left == 0) {
        return CloseableIterator.empty();
      }
    }
    return null;
  }

  private Queue<BatchRead> plan() {
    if (rowsLeft == 0) {
      return new ArrayDeque<>();
    }
    LogScan scan =
        new LogScan(
            table,
            context.client(),
            selection.selection(),
            StartingOffsets.full(),
            StoppingOffsets.latest(),
            limit,
            only == null ? WantedKeys.ALL : new WantedKeys(only.bucket(), ANY_KEY),
            table.hasPrimaryKey() ? new BucketFolding(null, false) : null,
            selection.filter().orElse(null));
    BatchPlan plan = new BatchPlan(scan, context, selection, only, topics, log, directory());
    if (!readsLake) {
      return plan.ofLog();
    }
    lake = context.lakes().open(table, classLoader);
    return plan.ofBoth(lake);
  }

  private Path directory() {
    if (directory == null) {
      try {
        directory = Files.createTempDirectory("fluss-scan");
      } catch (IOException e) {
        throw new FlussException(
            "Cannot scan table '"
                + table.path()
                + "': there is no place for rows that do not fit into memory: "
                + e.getMessage(),
            new UncheckedIOException(e));
      }
    }
    return directory;
  }

  @Override
  public void close() {
    thread.close(log::wakeup, this::free);
  }

  /** All of it, whatever of it fails, as it does in a thread that is interrupted. */
  private void free() {
    if (reads != null) {
      reads.forEach(IOUtils::closeQuietly);
      reads.clear();
    }
    IOUtils.closeQuietly(log);
    IOUtils.closeQuietly(lake);
    if (directory != null) {
      FileUtils.deleteDirectoryQuietly(directory.toFile());
    }
    context.closed(this);
  }

  /** Rows of one batch, made as they are asked for. */
  private static final class Rows implements CloseableIterator<RowData> {

    private final RowBatch batch;
    private int next;

    Rows(RowBatch batch) {
      this.batch = batch;
    }

    @Override
    public boolean hasNext() {
      return next < batch.count();
    }

    @Override
    public RowData next() {
      if (!hasNext()) {
        throw new java.util.NoSuchElementException();
      }
      return batch.row().apply(next++);
    }

    @Override
    public void close() {}
  }
}
