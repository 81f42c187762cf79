package io.fluss.write;

import io.fluss.FlussException;
import io.fluss.format.arrow.ArrowBatchEncoder;
import io.fluss.format.arrow.BufferPool;
import io.fluss.table.TableInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import javax.annotation.Nullable;
import org.apache.flink.table.data.RowData;

/**
 * Gathers the rows of a log table into one open Arrow batch per bucket of each of its partitions.
 *
 * <p>A batch is sealed, that is encoded and sent, by whichever comes first:
 *
 * <ul>
 *   <li>its size: it has reached the bucket's {@link BatchTarget};
 *   <li>its age: its first row has waited for the batch timeout;
 *   <li>the caller: {@link #sealAll()}, before a checkpoint;
 *   <li>memory: the writer's bound is reached and it is the largest open batch.
 * </ul>
 *
 * <p>Guarantees: rows of one bucket are sent in the order given. Memory for gathered rows and for
 * batches on their way, these counted in the bytes of their records, stays within the configured
 * bound, give or take one row and one encoded batch; what a sender sets aside beyond a record's
 * bytes is the sender's to bound. {@link #write} blocks while batches on their way hold more than
 * the open ones. Per row there is no clock read, no system call and no allocation beyond what
 * growing batches need, and the number of partitions changes neither. Rows of a partition that is
 * not there yet are gathered while it is being created; only sending them waits. After {@link
 * #close()} every buffer is back in the pool.
 *
 * <p>One thread. Owns its encoders; pool, topics and sender belong to the caller.
 */
public final class LogBatchGatherer implements AutoCloseable {

  private static final long NEVER = Long.MAX_VALUE;

  /** When to look again for a topic that was not there when its rows were due. */
  private static final long LOOK_AGAIN_MILLIS = 5;

  /** Part of the memory that the pool may keep while nobody uses it. */
  private static final int IDLE_FRACTION = 8;

  private final TableInfo table;
  private final WriterConfig config;
  private final RowTopics topics;
  private final BufferPool pool;
  private final BatchSender sender;
  private final LongSupplier clockMillis;
  private final WriteTimer timer;

  private final long memoryLimit;
  private final long recordLimit;
  private final long timeoutMillis;
  private final boolean eager;
  private final BatchSealer sealer;

  /** By number of the topic. */
  private TopicBatches[] byTopic = {};

  /** Where all topics take rows by their key, one router for all. */
  @Nullable private final KeyedBucketRouter keyedRouter;

  private final IdleEncoders idleEncoders;

  /** Open batches by the age of their first row, oldest first. */
  private final Set<OpenBatch> openByAge = new LinkedHashSet<>();

  private long seenPoolBytes;
  private long wakeAt = NEVER;

  /**
   * Of a table that has a topic of its own.
   *
   * @param config how much and how long to gather
   * @param limits what the table's topic takes
   * @param clockMillis the clock of {@code timer}
   */
  public LogBatchGatherer(
      TableInfo table,
      WriterConfig config,
      TopicLimits limits,
      BatchSender sender,
      LongSupplier clockMillis,
      WriteTimer timer) {
    this(table, config, RowTopics.of(table), limits, sender, clockMillis, timer);
  }

  /**
   * @param config how much and how long to gather
   * @param topics of the table's rows
   * @param limits what each topic takes
   * @param clockMillis the clock of {@code timer}
   */
  public LogBatchGatherer(
      TableInfo table,
      WriterConfig config,
      RowTopics topics,
      TopicLimits limits,
      BatchSender sender,
      LongSupplier clockMillis,
      WriteTimer timer) {
    this(
        table,
        config,
        topics,
        limits,
        new BufferPool(config.memoryBytes() / IDLE_FRACTION),
        sender,
        clockMillis,
        timer);
  }

  LogBatchGatherer(
      TableInfo table,
      WriterConfig config,
      RowTopics topics,
      TopicLimits limits,
      BufferPool pool,
      BatchSender sender,
      LongSupplier clockMillis,
      WriteTimer timer) {
    this.table = table;
    this.config = config;
    this.topics = topics;
    this.pool = pool;
    this.sender = sender;
    this.clockMillis = clockMillis;
    this.timer = timer;
    this.memoryLimit = config.memoryBytes() - config.memoryBytes() / IDLE_FRACTION;
    this.recordLimit = limits.maxRecordBytes();
    this.timeoutMillis = config.batchTimeout().toMillis();
    this.eager = timeoutMillis == 0;
    TableEncoders encoders = new TableEncoders(table, pool);
    this.idleEncoders = new IdleEncoders(encoders);
    this.sealer = new BatchSealer(table, encoders.compression());
    this.keyedRouter = table.bucketKey().isEmpty() ? null : KeyedBucketRouter.of(table);
  }

  /**
   * Adds a row to its bucket's batch; the row may be reused afterwards.
   *
   * @throws RowTooLargeException where a row of a batch that had to be sent does not fit a record
   * @throws WriteFailedException where an earlier batch failed
   * @throws FlussException where the row has no partition, or its partition cannot be created
   */
  public void write(RowData row) throws InterruptedException {
    append(row, batchOf(row));
  }

  /**
   * As {@link #write(RowData)}, and tells what becomes of the row. All rows of a batch have the
   * same outcome, which the first of them makes. Of a row that is refused none is told anything.
   *
   * @param make of outcomes that this gatherer's sender tells
   * @return the outcome of the row's batch
   * @throws IllegalArgumentException where the row does not fit the table; nothing was changed
   */
  public <O extends WriteOutcome> O write(RowData row, Class<O> type, Supplier<O> make)
      throws InterruptedException {
    OpenBatch batch = batchOf(row);
    BatchParts parts = batch.parts;
    if (parts == null) {
      parts = new BatchParts(make.get());
      batch.parts = parts;
    }
    append(row, batch);
    return type.cast(parts.batch());
  }

  /**
   * As the other, in a record of its own: should it be too large, no other row is concerned. For
   * rows that may be.
   *
   * @throws RowTooLargeException where the row does not fit a record; it is left out
   * @throws InterruptedException where it could not be sent; it is left out
   */
  public <O extends WriteOutcome> O writeAlone(RowData row, Class<O> type, Supplier<O> make)
      throws InterruptedException {
    OpenBatch batch = batchOf(row);
    if (batch.encoder != null) {
      sealEarly(batch);
    }
    BatchParts parts = new BatchParts(make.get());
    batch.parts = parts;
    appendTo(row, batch);
    try {
      sealEarly(batch);
    } catch (RowTooLargeException | InterruptedException e) {
      // alone it is one record, so nothing of it was sent
      leaveOut(batch);
      throw e;
    }
    relieveMemory();
    return type.cast(parts.batch());
  }

  private OpenBatch batchOf(RowData row) {
    int topic = topics.number(row);
    TopicBatches ofTopic = topic < byTopic.length ? byTopic[topic] : addTopics(topic);
    return ofTopic.batches[ofTopic.router.bucket(row)];
  }

  private void append(RowData row, OpenBatch batch) throws InterruptedException {
    ArrowBatchEncoder encoder = appendTo(row, batch);
    if (encoder.rowCount() >= batch.measureAtRow || pool.outstandingBytes() != seenPoolBytes) {
      measure(batch, encoder);
    }
  }

  private ArrowBatchEncoder appendTo(RowData row, OpenBatch batch) {
    ArrowBatchEncoder encoder = batch.encoder;
    if (encoder == null) {
      encoder = open(batch);
    }
    boolean appended = false;
    try {
      encoder.append(row);
      appended = true;
    } finally {
      if (!appended && encoder.rowCount() == 0) {
        leaveOut(batch);
      }
    }
    return encoder;
  }

  /** Forgets what is in a batch. */
  private void leaveOut(OpenBatch batch) {
    ArrowBatchEncoder encoder = encoderOf(batch);
    batch.encoder = null;
    batch.parts = null;
    openByAge.remove(batch);
    idleEncoders.giveBack(encoder);
  }

  private TopicBatches addTopics(int last) {
    int first = byTopic.length;
    byTopic = Arrays.copyOf(byTopic, last + 1);
    for (int topic = first; topic <= last; topic++) {
      BucketRouter router =
          keyedRouter == null ? BucketRouter.of(table, config.noKeyAssigner()) : keyedRouter;
      byTopic[topic] = new TopicBatches(router, table.buckets());
      for (int bucket = 0; bucket < table.buckets(); bucket++) {
        byTopic[topic].batches[bucket] =
            new OpenBatch(
                topic,
                bucket,
                config.dynamicBatchSize()
                    ? BatchTarget.dynamic(config.batchBytes())
                    : BatchTarget.fixed(config.batchBytes()));
      }
      topics.ask(topic);
    }
    return byTopic[last];
  }

  /** Sends every open batch. The rows are in the log once the sender has been flushed. */
  public void sealAll() throws InterruptedException {
    while (!openByAge.isEmpty()) {
      sealEarly(openByAge.iterator().next());
    }
    idleEncoders.trim();
    relieveMemory();
  }

  /** Sends the batches that have waited long enough. The {@link WriteTimer} calls this. */
  public void onTimer() throws InterruptedException {
    wakeAt = NEVER;
    if (eager) {
      sealWhereNothingIsInFlight();
    } else {
      sealDue(clockMillis.getAsLong());
    }
    idleEncoders.trim();
    relieveMemory();
    scheduleNext();
  }

  /**
   * Tells that a batch has arrived, so that with a batch timeout of zero the rows gathered
   * meanwhile can follow. Not needed otherwise.
   */
  public void onAck() throws InterruptedException {
    if (eager && !openByAge.isEmpty()) {
      sealWhereNothingIsInFlight();
    }
  }

  /** Batches that have rows. */
  public int openBatches() {
    return openByAge.size();
  }

  /** Memory of gathered rows. */
  public long gatheredBytes() {
    return pool.outstandingBytes();
  }

  /** Forgets the rows that were not sealed, and tells whoever wants to know. */
  public void giveUp(WriteFailedException why) {
    List<BatchParts> waiting = new ArrayList<>();
    for (OpenBatch batch : openByAge) {
      if (batch.parts != null) {
        waiting.add(batch.parts);
      }
    }
    // first of all the batches go: whoever is told may come back
    close();
    waiting.forEach(parts -> parts.failed(why));
  }

  /** Forgets the rows that were not sealed. */
  @Override
  public void close() {
    for (OpenBatch batch : openByAge) {
      encoderOf(batch).close();
      batch.encoder = null;
      batch.parts = null;
    }
    openByAge.clear();
    idleEncoders.close();
  }

  private ArrowBatchEncoder open(OpenBatch batch) {
    ArrowBatchEncoder encoder = idleEncoders.take();
    batch.encoder = encoder;
    batch.measureAtRow = 1;
    batch.sentRows = 0;
    batch.openedAt = clockMillis.getAsLong();
    openByAge.add(batch);
    wakeAt(batch.openedAt + timeoutMillis);
    return encoder;
  }

  /**
   * Seals a batch that is full. Asking an encoder for its size costs a call per column, so it is
   * asked at some rows only: when it took memory, as any row does that is far larger than those
   * before it, and half way from here to where the batch should be full.
   */
  private void measure(OpenBatch batch, ArrowBatchEncoder encoder) throws InterruptedException {
    long bytes = encoder.bodyBytes();
    long missing = batch.target.bytes() - bytes;
    if (missing > 0) {
      int rows = encoder.rowCount();
      long missingRows = (long) ((double) missing / Math.max(bytes, 1) * rows);
      batch.measureAtRow = rows + Math.max(1, missingRows / 2);
    } else {
      batch.target.filled();
      seal(batch);
    }
    relieveMemory();
  }

  private void sealDue(long now) throws InterruptedException {
    OpenBatch due;
    while ((due = firstDue(now)) != null) {
      sealEarly(due);
    }
  }

  /** Passes over batches whose topic is not there yet: they need not hold up others. */
  @Nullable
  private OpenBatch firstDue(long now) {
    for (OpenBatch batch : openByAge) {
      if (batch.openedAt + timeoutMillis > now) {
        return null;
      }
      if (topics.isAnswered(batch.topic)) {
        return batch;
      }
    }
    return null;
  }

  /**
   * With a timeout of zero a batch is open only while another of its bucket is on its way: an idle
   * writer sends single rows at once, a busy one sends what came in during a round trip.
   */
  private void sealWhereNothingIsInFlight() throws InterruptedException {
    // sealing changes the set, and sending may block, so each step looks at it anew
    OpenBatch ready;
    while ((ready = openWithNothingInFlight()) != null) {
      sealEarly(ready);
    }
  }

  @Nullable
  private OpenBatch openWithNothingInFlight() throws InterruptedException {
    for (OpenBatch batch : openByAge) {
      if (!topics.isAnswered(batch.topic)) {
        continue;
      }
      if (sender.inFlightBatches(topics.name(batch.topic), batch.bucket) == 0) {
        return batch;
      }
    }
    return null;
  }

  private void scheduleNext() {
    for (OpenBatch batch : openByAge) {
      if (!topics.isAnswered(batch.topic)) {
        wakeAt(clockMillis.getAsLong() + LOOK_AGAIN_MILLIS);
        return;
      }
      if (!eager) {
        wakeAt(batch.openedAt + timeoutMillis);
        return;
      }
    }
    if (eager) {
      return;
    }
    if (!idleEncoders.isEmpty()) {
      wakeAt(clockMillis.getAsLong() + timeoutMillis);
    }
  }

  private void wakeAt(long time) {
    if (wakeAt == NEVER) {
      wakeAt = time;
      timer.wakeAt(time);
    }
  }

  private void sealEarly(OpenBatch batch) throws InterruptedException {
    batch.target.sealedEarly(encoderOf(batch).bodyBytes());
    seal(batch);
  }

  /** An interrupted batch stays open; a later call sends those of its rows that were not sent. */
  private void seal(OpenBatch batch) throws InterruptedException {
    ArrowBatchEncoder encoder = encoderOf(batch);
    try {
      send(topics.name(batch.topic), batch, batch.sentRows, encoder.rowCount());
    } catch (InterruptedException e) {
      wakeAt(clockMillis.getAsLong() + Math.max(timeoutMillis, LOOK_AGAIN_MILLIS));
      throw e;
    }
    if (batch.parts != null) {
      batch.parts.sealed();
      batch.parts = null;
    }
    batch.encoder = null;
    openByAge.remove(batch);
    byTopic[batch.topic].router.batchSealed(batch.bucket);
    idleEncoders.giveBack(encoder);
  }

  /** Sends the rows {@code [from, to)}, in halves where they do not fit into one record. */
  private void send(String topic, OpenBatch batch, int from, int to) throws InterruptedException {
    ArrowBatchEncoder encoder = encoderOf(batch);
    int rows = to - from;
    SealedBatch sealed = sealer.seal(topic, batch.bucket, encoder, from, to);
    if (sealed.sizeInBytes() <= recordLimit) {
      send(sealed, batch.parts);
      batch.sentRows = to;
    } else if (rows == 1) {
      throw new RowTooLargeException(table.path(), batch.bucket, sealed.sizeInBytes(), recordLimit);
    } else {
      batch.target.tooLarge(encoder.bodyBytes());
      int middle = from + rows / 2;
      send(topic, batch, from, middle);
      send(topic, batch, middle, to);
    }
  }

  private void send(SealedBatch sealed, @Nullable BatchParts parts) throws InterruptedException {
    if (parts == null) {
      sender.send(sealed);
    } else {
      parts.sending();
      try {
        sender.send(sealed, parts);
      } catch (InterruptedException e) {
        parts.notSent();
        throw e;
      }
    }
  }

  /**
   * Brings memory below its bound: first by freeing encoders nobody uses, then by sending the
   * largest batch, which makes it small by compression; but once most memory is on its way, by
   * waiting, for sending yet smaller batches would help nobody.
   */
  private void relieveMemory() throws InterruptedException {
    while (pool.outstandingBytes() + sender.inFlightBytes() > memoryLimit) {
      if (!idleEncoders.isEmpty()) {
        idleEncoders.close();
      } else if (openByAge.isEmpty() || sender.inFlightBytes() > pool.outstandingBytes()) {
        if (sender.inFlightBytes() == 0) {
          break;
        }
        sender.awaitAck();
      } else {
        seal(largestOpen());
      }
    }
    seenPoolBytes = pool.outstandingBytes();
  }

  private OpenBatch largestOpen() {
    OpenBatch largest = openByAge.iterator().next();
    for (OpenBatch batch : openByAge) {
      if (encoderOf(batch).allocatedBytes() > encoderOf(largest).allocatedBytes()) {
        largest = batch;
      }
    }
    return largest;
  }

  private static ArrowBatchEncoder encoderOf(OpenBatch batch) {
    ArrowBatchEncoder encoder = batch.encoder;
    if (encoder == null) {
      throw new IllegalStateException("Bucket " + batch.bucket + " has no open batch.");
    }
    return encoder;
  }

  /** What is kept per topic. */
  private static final class TopicBatches {
    final BucketRouter router;
    final OpenBatch[] batches;

    TopicBatches(BucketRouter router, int buckets) {
      this.router = router;
      this.batches = new OpenBatch[buckets];
    }
  }

  /** What is kept per bucket of a topic; it has an encoder while it has rows. */
  private static final class OpenBatch {
    final int topic;
    final int bucket;
    final BatchTarget target;
    @Nullable ArrowBatchEncoder encoder;

    /** Null where nobody wants to know what becomes of the rows. */
    @Nullable BatchParts parts;

    /** Rows at the beginning that are in records on their way: interrupted between halves. */
    int sentRows;

    long measureAtRow;
    long openedAt;

    OpenBatch(int topic, int bucket, BatchTarget target) {
      this.topic = topic;
      this.bucket = bucket;
      this.target = target;
    }
  }
}
