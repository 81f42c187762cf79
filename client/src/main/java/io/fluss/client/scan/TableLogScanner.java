package io.fluss.client.scan;

import io.fluss.FlussException;
import io.fluss.client.shared.ClientContext;
import io.fluss.partition.PartitionName;
import io.fluss.partition.TableBucket;
import io.fluss.read.LogScan;
import io.fluss.read.RecordDecoder;
import io.fluss.read.StartingOffsets;
import io.fluss.read.StoppingOffsets;
import io.fluss.table.TableInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.annotation.Nullable;
import org.apache.flink.util.IOUtils;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/** Consumer -> records -> {@link RecordDecoder} -> {@link RowSelection} -> the caller. */
final class TableLogScanner implements LogScanner {

  /** Stored bytes that one poll decodes at most, or one batch; what was fetched beyond waits. */
  private static final int MOST_DECODED_BYTES = 8 << 20;

  private static final Duration IDENTITY_CHECK_INTERVAL = Duration.ofSeconds(10);

  private final TableInfo table;
  private final ClientContext context;
  private final RowSelection selection;
  private final OwningThread thread;
  private final ReadConsumer consumer;
  private final ReadTopics topics;
  private final ReadHorizons horizons;
  private final RecordDecoder decoder;
  @Nullable private final ArrowBatches arrow;
  private final Map<TopicPartition, ReadBucket> subscribed = new LinkedHashMap<>();

  /** What was fetched and not decoded yet, bucket by bucket. */
  private final Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> pending =
      new LinkedHashMap<>();

  private long checkedAtNanos;

  private TableLogScanner(TableInfo table, ClientContext context, RowSelection selection) {
    this.table = table;
    this.context = context;
    this.selection = selection;
    this.thread =
        new OwningThread(
            "A log scanner of table '" + table.path() + "'",
            "only wakeup() may be called from elsewhere");
    this.topics = new ReadTopics(table, context);
    this.horizons = new ReadHorizons(table, topics.log());
    LogScan scan =
        new LogScan(
                table,
                context.client(),
                selection.selection(),
                StartingOffsets.earliest(),
                StoppingOffsets.never(),
                null)
            .withFilter(selection.filter().orElse(null));
    this.decoder = RecordDecoder.of(scan);
    this.arrow = table.hasPrimaryKey() ? null : new ArrowBatches(table, scan.schemas(), selection);
    this.consumer = ReadConsumer.open(table, context, false);
  }

  static TableLogScanner open(TableInfo table, ClientContext context, RowSelection selection) {
    context.requireOpen();
    return context.opened(new TableLogScanner(table, context, selection));
  }

  // -------------------------------------------------------------------------------- subscriptions

  @Override
  public void subscribe(int bucket, long offset) {
    subscribe(TableBucket.of(bucket), offset);
  }

  @Override
  public void subscribe(PartitionName partition, int bucket, long offset) {
    subscribe(TableBucket.of(partition, bucket), offset);
  }

  private void subscribe(TableBucket bucket, long offset) {
    thread.use(() -> begin(bucket, offset));
  }

  private void begin(TableBucket bucket, long offset) {
    if (offset < EARLIEST_OFFSET) {
      throw new FlussException(
          "Cannot subscribe to bucket "
              + bucket
              + " of table '"
              + table.path()
              + "' from offset "
              + offset
              + ". Offsets are 0 or more, or LogScanner.EARLIEST_OFFSET or LATEST_OFFSET.");
    }
    ReadBucket found = topics.find(bucket);
    long first = first(found.place(), offset);
    subscribed.put(found.place(), found);
    pending.remove(found.place());
    consumer.assign(subscribed.keySet());
    consumer.seek(found.place(), first);
    horizons.begin(found.place());
  }

  private long first(TopicPartition place, long offset) {
    if (offset == EARLIEST_OFFSET) {
      return topics.log().logStart(List.of(place)).get(place);
    }
    return offset == LATEST_OFFSET ? topics.log().logEnd(List.of(place)).get(place) : offset;
  }

  @Override
  public void unsubscribe(int bucket) {
    unsubscribe(TableBucket.of(bucket));
  }

  @Override
  public void unsubscribe(PartitionName partition, int bucket) {
    unsubscribe(TableBucket.of(partition, bucket));
  }

  private void unsubscribe(TableBucket bucket) {
    thread.use(() -> end(bucket));
  }

  private void end(TableBucket bucket) {
    bucket.requireOf(table);
    subscribed
        .values()
        .removeIf(
            known -> {
              boolean meant = known.bucket().equals(bucket);
              if (meant) {
                pending.remove(known.place());
                horizons.end(known.place());
              }
              return meant;
            });
    consumer.assign(subscribed.keySet());
  }

  // ---------------------------------------------------------------------------------------- polls

  @Override
  public ScanRecords poll(Duration timeout) {
    ScanRecords.Builder found = new ScanRecords.Builder();
    poll(timeout, records -> decode(records, found));
    return found.build();
  }

  private int decode(List<ConsumerRecord<byte[], byte[]>> records, ScanRecords.Builder into) {
    TableBucket bucket = bucketOf(records.get(0));
    SelectedRows rows = selection.of(decoder.decode(records));
    into.add(bucket, rows);
    return rows.count();
  }

  @Override
  public ArrowScanRecords pollArrow(Duration timeout) {
    ArrowBatches batches = arrow;
    if (batches == null) {
      throw new FlussException(
          "Table '"
              + table.path()
              + "' has a primary key, so its rows are not stored in Arrow batches. Use poll(), or"
              + " createBatchScanner().");
    }
    List<ArrowBatch> found = new ArrayList<>();
    poll(
        timeout,
        records -> {
          int before = found.size();
          records.forEach(r -> batches.of(bucketOf(r), r).ifPresent(found::add));
          return found.size() - before;
        });
    return new ArrowScanRecords(found);
  }

  private TableBucket bucketOf(ConsumerRecord<byte[], byte[]> record) {
    return subscribed.get(new TopicPartition(record.topic(), record.partition())).bucket();
  }

  /** What is done with records; tells how much came of them. */
  @FunctionalInterface
  private interface Use {
    int of(List<ConsumerRecord<byte[], byte[]>> records);
  }

  private void poll(Duration timeout, Use use) {
    thread.use(() -> pollMine(timeout, use));
  }

  private void pollMine(Duration timeout, Use use) {
    if (subscribed.isEmpty()) {
      throw new IllegalStateException(
          "The scanner of table '" + table.path() + "' is not subscribed to any bucket.");
    }
    long deadline = System.nanoTime() + nanos(timeout);
    int found = take(use);
    while (found == 0) {
      long left = Math.max(0, deadline - System.nanoTime());
      if (pending.isEmpty()) {
        fetch(Duration.ofNanos(left));
      }
      found = take(use);
      if (pending.isEmpty()) {
        horizons.noteCaughtUp(consumer::position);
        if (left == 0) {
          return;
        }
      }
    }
  }

  private void fetch(Duration timeout) {
    requireStillThere();
    ConsumerRecords<byte[], byte[]> records = consumer.poll(timeout);
    horizons.check();
    for (TopicPartition place : records.partitions()) {
      pending.put(place, records.records(place));
    }
  }

  private static long nanos(Duration timeout) {
    long longest = Duration.ofDays(365).toNanos();
    return timeout.compareTo(Duration.ofDays(365)) > 0 ? longest : timeout.toNanos();
  }

  /**
   * Uses what is pending, up to the bound. Where a record cannot be used, what was found before it
   * is returned first, and the record stays to be met by the next poll.
   */
  private int take(Use use) {
    int found = 0;
    long bytes = 0;
    while (!pending.isEmpty() && bytes < MOST_DECODED_BYTES) {
      Map.Entry<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> bucket =
          pending.entrySet().iterator().next();
      List<ConsumerRecord<byte[], byte[]>> records = bucket.getValue();
      int end = Math.min(records.size(), decoder.maxRecords());
      List<ConsumerRecord<byte[], byte[]>> run = records.subList(0, end);
      try {
        found += use.of(run);
      } catch (RuntimeException e) {
        if (found == 0) {
          throw e;
        }
        return found;
      }
      for (ConsumerRecord<byte[], byte[]> record : run) {
        bytes += Math.max(0, record.serializedKeySize() + record.serializedValueSize());
      }
      horizons.read(bucket.getKey(), run.get(end - 1).timestamp());
      if (end == records.size()) {
        pending.remove(bucket.getKey());
      } else {
        bucket.setValue(records.subList(end, records.size()));
      }
    }
    return found;
  }

  private void requireStillThere() {
    long now = System.nanoTime();
    if (checkedAtNanos == 0) {
      checkedAtNanos = now;
    } else if (now - checkedAtNanos > IDENTITY_CHECK_INTERVAL.toNanos()) {
      topics.requireStillThere(subscribed.values());
      checkedAtNanos = now;
    }
  }

  @Override
  public void wakeup() {
    consumer.wakeup();
  }

  /** May be called by whoever closes the connection: a poll that waits is ended first. */
  @Override
  public void close() {
    thread.close(
        consumer::wakeup,
        () -> {
          pending.clear();
          IOUtils.closeQuietly(consumer);
          context.closed(this);
        });
  }
}
