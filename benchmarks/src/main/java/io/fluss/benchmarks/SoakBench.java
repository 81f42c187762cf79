package io.fluss.benchmarks;

import io.fluss.admin.TableAdmin;
import io.fluss.admin.TableDescriptor;
import io.fluss.format.batch.BatchHeader;
import io.fluss.kafka.ClientConfig;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import io.fluss.write.LogBatchGatherer;
import io.fluss.write.ProducerSender;
import io.fluss.write.SendListener;
import io.fluss.write.TopicLimits;
import io.fluss.write.WriterConfig;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A writer over 200 buckets for minutes, with batches from one row to 1 MB: its memory must stay
 * within its bound, every pooled buffer must come back, the heap after full collections must not
 * grow, and the rows in the log must be the rows written. The broker is a process of its own.
 */
final class SoakBench implements Bench {

  private static final int BUCKETS = 200;
  private static final long MINUTES = Long.getLong("bench.soak.minutes", 10);
  private static final long MEMORY = 64L << 20;
  private static final long BYTES_PER_SECOND = 6L << 20;
  private static final TablePath TABLE = TablePath.of("fluss", "soak");

  @Override
  public String name() {
    return "soak";
  }

  @Override
  public String about() {
    return "memory of a writer over 200 buckets, -Dbench.soak.minutes=" + MINUTES;
  }

  @Override
  public void run(Results results) throws Exception {
    try (BrokerProcess broker = BrokerProcess.start()) {
      ClientConfig client = new ClientConfig(broker.bootstrapServers(), Map.of());
      try (TableAdmin admin = TableAdmin.connect(client)) {
        soak(createTable(admin), client, results);
      }
    }
  }

  private static TableInfo createTable(TableAdmin admin) {
    return admin.createTable(
        TABLE,
        TableDescriptor.builder()
            .column("id", new BigIntType())
            .column("text", VarCharType.STRING_TYPE)
            .buckets(BUCKETS)
            .bucketKey("id")
            .build());
  }

  private static void soak(TableInfo table, ClientConfig client, Results results) throws Exception {
    TopicLimits limits = TopicLimits.ofTopic(table, client);
    WriterConfig config = WriterConfig.defaults().withMemory(MEMORY);
    ProducerSender sender =
        new ProducerSender(table, client, config.memoryBytes(), limits, SendListener.none());
    long[] wakeAt = {Long.MAX_VALUE};
    LogBatchGatherer gatherer =
        new LogBatchGatherer(
            table, config, limits, sender, System::currentTimeMillis, at -> wakeAt[0] = at);
    Load load = new Load();
    Heap heap = new Heap();
    long mostMemory = 0;
    long start = System.nanoTime();
    long end = start + Duration.ofMinutes(MINUTES).toNanos();
    long nextHeap = start + Duration.ofSeconds(30).toNanos();
    while (System.nanoTime() < end) {
      load.burst(gatherer);
      mostMemory = Math.max(mostMemory, gatherer.gatheredBytes() + sender.inFlightBytes());
      if (System.currentTimeMillis() >= wakeAt[0]) {
        wakeAt[0] = Long.MAX_VALUE;
        gatherer.onTimer();
      }
      if (System.nanoTime() > nextHeap) {
        nextHeap = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        heap.sample();
        System.err.printf(
            "# soak: %d s, %,d rows, heap %d MB%n",
            (System.nanoTime() - start) / 1_000_000_000, load.rows, heap.lastMegabytes());
      }
      load.pace(start);
    }
    gatherer.sealAll();
    sender.flush();
    gatherer.close();
    long outstanding = gatherer.gatheredBytes();
    sender.close();
    long inLog = rowsInLog(table, client);
    results.add(
        "bench",
        "soak",
        "minutes",
        MINUTES,
        "rows",
        load.rows,
        "rows_in_log",
        inLog,
        "memory_bound_mb",
        MEMORY >> 20,
        "most_memory_mb",
        mostMemory / 1048576.0,
        "buffers_out_bytes",
        outstanding,
        "heap_first_third_mb",
        heap.medianOfThird(0),
        "heap_last_third_mb",
        heap.medianOfThird(2));
    if (inLog != load.rows || mostMemory > MEMORY || outstanding != 0) {
      throw new IllegalStateException("The soak found a loss or a leak; see its line.");
    }
  }

  /** Counts rows by the headers of the records, independently of the writer. */
  private static long rowsInLog(TableInfo table, ClientConfig client) {
    Map<String, Object> properties = client.toKafka();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> buckets =
          IntStream.range(0, BUCKETS).mapToObj(b -> new TopicPartition(table.topic(), b)).toList();
      Map<TopicPartition, Long> ends = consumer.endOffsets(buckets);
      consumer.assign(buckets);
      consumer.seekToBeginning(buckets);
      long rows = 0;
      while (buckets.stream().anyMatch(b -> consumer.position(b) < ends.get(b))) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofSeconds(1));
        for (ConsumerRecord<byte[], byte[]> record : records) {
          rows +=
              BatchHeader.parse(record.headers().lastHeader(BatchHeader.KEY).value()).rowCount();
        }
      }
      return rows;
    }
  }

  /** Bursts of rows to one bucket or to all, from a single row to far more than a batch. */
  private static final class Load {

    private final Random random = new Random(7);
    private final StringData[] texts = new StringData[64];
    private final GenericRowData row = new GenericRowData(2);
    private long rows;
    private long bytes;

    Load() {
      for (int i = 0; i < texts.length; i++) {
        byte[] text = new byte[8 << i % 12];
        for (int j = 0; j < text.length; j++) {
          text[j] = (byte) ('0' + random.nextInt(64));
        }
        texts[i] = StringData.fromBytes(text);
      }
    }

    void burst(LogBatchGatherer gatherer) throws InterruptedException {
      boolean oneKey = random.nextInt(3) > 0;
      long key = random.nextLong();
      int count = 1 << random.nextInt(12);
      for (int i = 0; i < count; i++) {
        StringData text = texts[random.nextInt(texts.length)];
        row.setField(0, oneKey ? key : random.nextLong());
        row.setField(1, text);
        gatherer.write(row);
        bytes += text.toBytes().length + 8;
        rows++;
      }
    }

    void pace(long startNanos) {
      long due = startNanos + (long) (bytes * 1e9 / BYTES_PER_SECOND);
      long early = due - System.nanoTime();
      if (early > 0) {
        LockSupport.parkNanos(Math.min(early, 5_000_000));
      }
    }
  }

  /** Used heap after full collections. */
  private static final class Heap {

    private final List<Long> samples = new java.util.ArrayList<>();

    void sample() {
      System.gc();
      samples.add(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }

    long lastMegabytes() {
      return samples.get(samples.size() - 1) >> 20;
    }

    double medianOfThird(int third) {
      int from = samples.size() * third / 3;
      int to = Math.max(from + 1, samples.size() * (third + 1) / 3);
      List<Long> part =
          samples.subList(from, Math.min(to, samples.size())).stream().sorted().toList();
      return part.isEmpty() ? 0 : part.get(part.size() / 2) / 1048576.0;
    }
  }
}
