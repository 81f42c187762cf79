package io.fluss.tiering.reader;

import io.fluss.FlussException;
import io.fluss.lake.LakeStorage;
import io.fluss.merge.TombstonesGoneException;
import io.fluss.read.LogGapException;
import io.fluss.tiering.config.TieringConfig;
import io.fluss.tiering.split.RangeDone;
import io.fluss.tiering.split.RangeFailed;
import io.fluss.tiering.split.RangeSplit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.ServiceConfigurationError;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import javax.annotation.Nullable;
import org.apache.flink.api.connector.source.SourceEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread of a reader: takes one split after the other, and tells what became of each.
 *
 * <p>A split that fails is told of and leaves nothing behind; the next one is taken as if nothing
 * had happened. So does one whose classes do not fit or whose data nest too deeply. Another error
 * of the JVM ends the worker, and is passed on.
 */
final class RangeWorker implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RangeWorker.class);

  private static final int ROUNDS_REMEMBERED = 1000;

  private static final long CLOSE_MILLIS = 30_000;

  private final TieringConfig config;
  private final long memoryBytes;
  private final Path temporaryDirectory;
  private final ClassLoader classLoader;
  private final Consumer<SourceEvent> results;
  private final Consumer<Throwable> ended;
  private final BlockingQueue<RangeSplit> splits = new LinkedBlockingQueue<>();
  private final String name;
  private final Thread thread;

  private volatile boolean closed;

  /** Guarded by this. */
  @Nullable private RangeSplit current;

  /** Rounds that were given up lately; guarded by this. */
  private final Set<Long> over = new LinkedHashSet<>();

  @Nullable private volatile BucketReader reader;
  @Nullable private LakeStorage storage;

  /**
   * @param name told to the brokers as client id, and that of the thread
   * @param memoryBytes for keys and rows of primary-key tables
   * @param temporaryDirectory an existing directory
   * @param results is called by the thread with each result
   * @param ended is called by the thread where it ends by an error
   */
  RangeWorker(
      TieringConfig config,
      String name,
      long memoryBytes,
      Path temporaryDirectory,
      ClassLoader classLoader,
      Consumer<SourceEvent> results,
      Consumer<Throwable> ended) {
    this.config = config;
    this.name = name;
    this.memoryBytes = memoryBytes;
    this.temporaryDirectory = temporaryDirectory;
    this.classLoader = classLoader;
    this.results = results;
    this.ended = ended;
    this.thread = new Thread(this::run, name);
    this.thread.setDaemon(true);
    this.thread.setContextClassLoader(classLoader);
  }

  void start() {
    thread.start();
  }

  void add(RangeSplit split) {
    splits.add(split);
  }

  /** Gives up the splits of a round, also the one in work; they are told of as failed. */
  synchronized void cancel(long round) {
    over.add(round);
    if (over.size() > ROUNDS_REMEMBERED) {
      over.remove(over.iterator().next());
    }
    BucketReader running = reader;
    if (current != null && current.round() == round && running != null) {
      running.cancel();
    }
  }

  private void run() {
    try {
      while (!closed) {
        work(splits.take());
      }
    } catch (InterruptedException e) {
      // closed
    } catch (Throwable e) {
      ended.accept(e);
    } finally {
      release();
    }
  }

  private void work(RangeSplit split) {
    SourceEvent result = null;
    try {
      begin(split);
      result = write(split);
    } catch (RangeCancelledException e) {
      LOG.debug("Gave up {}.", split);
    } catch (RuntimeException
        | IOException
        | LinkageError
        | ServiceConfigurationError
        | StackOverflowError e) {
      if (!closed) {
        LOG.warn("Could not tier {}.", split, e);
        result = new RangeFailed(split.round(), split.index(), reason(split, e), isGap(e));
      }
      // A consumer that failed may not be of use any more.
      release();
    } finally {
      end();
    }
    if (result == null) {
      result = new RangeFailed(split.round(), split.index(), "It was given up.", false);
    }
    results.accept(result);
  }

  private RangeDone write(RangeSplit split) throws IOException {
    Path directory = Files.createTempDirectory(temporaryDirectory, "fluss-tiering-");
    try {
      return RangeTask.of(split, storage(), reader(), memoryBytes, directory).run();
    } finally {
      Files.deleteIfExists(directory);
    }
  }

  private LakeStorage storage() {
    if (storage == null) {
      storage =
          config
              .lakes()
              .open(config.format(), classLoader)
              .orElseThrow(
                  () ->
                      new FlussException(
                          "Nothing says where the lake of format '"
                              + config.format()
                              + "' is: no option 'datalake."
                              + config.format()
                              + ".*' is set."));
    }
    return storage;
  }

  private BucketReader reader() {
    BucketReader open = reader;
    if (open == null) {
      open = new BucketReader(config.client(), name);
      reader = open;
    }
    return open;
  }

  private synchronized void begin(RangeSplit split) {
    if (closed || over.contains(split.round())) {
      throw new RangeCancelledException();
    }
    reader().begin();
    current = split;
  }

  private synchronized void end() {
    current = null;
  }

  private static String reason(RangeSplit split, Throwable e) {
    if (e instanceof TombstonesGoneException) {
      return "deletes of rows that the lake has may have been compacted away in the log unseen, since"
          + " tiering stood still for longer than topic '"
          + split.topic()
          + "' keeps deletes ('table.log.ttl', at least a day).";
    }
    if (e instanceof LogGapException) {
      return "Records of " + split + " are not in the log any more. The next round finds out why.";
    }
    String message = e instanceof FlussException ? e.getMessage() : e.toString();
    return message.contains(split.table().path().toString())
        ? message
        : "Could not tier " + split + ": " + message;
  }

  /**
   * Whether what is missing is gone for good. Records that are not there may be those of a
   * partition that was dropped, or was created again, under the hands of this round: a plan, which
   * knows the topics by their ids, can tell.
   */
  private static boolean isGap(Throwable e) {
    return e instanceof TombstonesGoneException;
  }

  private void release() {
    BucketReader openReader = reader;
    LakeStorage openStorage = storage;
    reader = null;
    storage = null;
    close(openReader);
    close(openStorage);
  }

  private void close(@Nullable AutoCloseable connection) {
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (Exception e) {
      LOG.warn("Could not close a connection of {}.", name, e);
    }
  }

  /** Gives up what is in work and ends the thread. */
  @Override
  public void close() {
    closed = true;
    BucketReader running = reader;
    if (running != null) {
      running.cancel();
    }
    thread.interrupt();
    try {
      thread.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
