package io.fluss.client.scan;

import io.fluss.lake.LakeStorage;
import io.fluss.read.LogPosition;
import io.fluss.read.LogScan;
import io.fluss.union.LakeRest;
import io.fluss.union.UnionedBucket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import javax.annotation.Nullable;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The rows of one bucket of a primary-key table, of which some are in a lake: what {@link
 * UnionedBucket} asks for, step by step.
 */
final class UnionRead implements BatchRead {

  private enum Step {
    FRESH,
    LAKE,
    AGAIN,
    ROWS
  }

  private final BoundedLog log;
  private final BucketRange range;
  private final LakeStorage lake;
  private final LogScan scan;
  private final LakeRest rest;
  private final RowSelection selection;
  private final Runnable atEndOfLog;
  private final UnionedBucket bucket;
  private Step step = Step.FRESH;
  private boolean reading;
  @Nullable private LakeSource source;

  /**
   * @param log stays the caller's, as does the lake
   * @param atEndOfLog checks that nothing was missed
   */
  UnionRead(
      BoundedLog log,
      BucketRange range,
      LakeStorage lake,
      LogScan scan,
      LakeRest rest,
      RowSelection selection,
      long memoryBytes,
      Path directory,
      Runnable atEndOfLog) {
    this.log = log;
    this.range = range;
    this.lake = lake;
    this.scan = scan;
    this.rest = rest;
    this.selection = selection;
    this.atEndOfLog = atEndOfLog;
    this.bucket =
        new UnionedBucket(
            scan,
            range.bucket().bucket().bucket(),
            LogPosition.at(range.start()),
            rest.ofFormerTopic(),
            memoryBytes,
            directory);
  }

  @Override
  @Nullable
  public RowBatch next(Duration timeout) {
    return switch (step) {
      case FRESH -> {
        if (readLog(timeout, bucket::addFresh)) {
          step = Step.LAKE;
        }
        yield RowBatch.NOTHING;
      }
      case LAKE -> ofLake();
      case AGAIN -> {
        if (readLog(timeout, bucket::addAgain)) {
          step = Step.ROWS;
        }
        yield RowBatch.NOTHING;
      }
      case ROWS -> bucket.next().map(rows -> RowBatch.of(selection.of(rows))).orElse(null);
    };
  }

  /** Whether the log was read to the end of the range. */
  private boolean readLog(Duration timeout, Consumer<ConsumerRecord<byte[], byte[]>> use) {
    if (!reading) {
      reading = true;
      log.begin(List.of(range));
    }
    if (!log.isAtEnd()) {
      log.poll(timeout).values().forEach(records -> records.forEach(use));
    }
    if (log.isAtEnd()) {
      reading = false;
      atEndOfLog.run();
      return true;
    }
    return false;
  }

  private RowBatch ofLake() {
    if (source == null) {
      source = new LakeSource(lake, scan, rest, selection, bucket);
    }
    RowBatch rows = source.next();
    if (rows == null) {
      step = bucket.readsAgain() ? Step.AGAIN : Step.ROWS;
      return RowBatch.NOTHING;
    }
    return rows;
  }

  @Override
  public void close() {
    try {
      if (source != null) {
        source.close();
      }
    } finally {
      bucket.close();
    }
  }
}
