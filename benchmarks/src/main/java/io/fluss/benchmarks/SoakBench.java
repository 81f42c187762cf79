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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A writer over 200 buckets for minutes, with batches from one row to 1 MB. It fails where
 *
 * <ul>
 *   <li>its memory leaves its bound, or never came near it, so that the bound was not tested;
 *   <li>a pooled buffer does not come back;
 *   <li>the heap after full collections grows from the first third to the last;
 *   <li>the rows in the log are not as many as were written.
 * </ul>
 *
 * <p>The broker is a process of its own.
 */
final class SoakBench implements Bench {

  private static final int BUCKETS = 200;
  private static final long MINUTES = Long.getLong("bench.soak.minutes", 10);
  private static final long MEMORY = 16L << 20;

  /** Where the gatherer begins to send early and to wait; the rest is for its idle buffers. */
  private static final long GATHERER_LIMIT = MEMORY - MEMORY / 8;

  private static final double NEAR = 0.8;
  private static final double HEAP_GROWTH_MB = 5;
  private static final double HEAP_GROWTH = 1.05;
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
    for (long now = start; now < end; now = System.nanoTime()) {
      Phase phase = Phase.at(now - start);
      for (int i = load.burstRows(phase); i > 0; i--) {
        load.write(phase, gatherer);
        mostMemory = Math.max(mostMemory, gatherer.gatheredBytes() + sender.inFlightBytes());
      }
      if (System.currentTimeMillis() >= wakeAt[0]) {
        wakeAt[0] = Long.MAX_VALUE;
        gatherer.onTimer();
      }
      // Always in the same phase, in which little is gathered: the samples can be compared.
      if (phase == Phase.TRICKLE && heap.isDue()) {
        heap.sample();
        System.err.printf(
            "# soak: %d s, %,d rows, most memory %.1f MB, heap %.1f MB%n",
            (now - start) / 1_000_000_000, load.rows, megabytes(mostMemory), heap.last());
      }
      load.pace(phase);
    }
    gatherer.sealAll();
    sender.flush();
    gatherer.close();
    long outstanding = gatherer.gatheredBytes();
    sender.close();
    LogContent log = LogContent.read(table, client);
    results.add(
        "bench",
        "soak",
        "minutes",
        MINUTES,
        "rows",
        load.rows,
        "rows_in_log",
        log.rows,
        "batches",
        log.batches,
        "batch_rows_min",
        log.fewestRows,
        "batch_rows_max",
        log.mostRows,
        "value_bytes_min",
        log.smallestValue,
        "value_bytes_max",
        log.largestValue,
        "memory_bound_mb",
        MEMORY >> 20,
        "most_memory_mb",
        megabytes(mostMemory),
        "buffers_out_bytes",
        outstanding,
        "heap_first_third_mb",
        heap.medianOfThird(0),
        "heap_last_third_mb",
        heap.medianOfThird(2));
    List<String> problems = heap.problems();
    if (log.rows != load.rows) {
      problems.add("The log has " + log.rows + " rows, written were " + load.rows + ".");
    }
    if (mostMemory > MEMORY) {
      problems.add("The writer held " + mostMemory + " bytes, its bound is " + MEMORY + ".");
    }
    if (mostMemory < NEAR * GATHERER_LIMIT) {
      problems.add(
          "The writer held no more than "
              + mostMemory
              + " bytes, so that its limit of "
              + GATHERER_LIMIT
              + " was not tested.");
    }
    if (outstanding != 0) {
      problems.add(outstanding + " bytes of buffers did not come back.");
    }
    if (!problems.isEmpty()) {
      throw new IllegalStateException("The soak failed: " + String.join(" ", problems));
    }
  }

  private static double megabytes(long bytes) {
    return bytes / 1048576.0;
  }

  /** What the load does for some seconds; all phases follow each other again and again. */
  private enum Phase {
    /** As fast as the writer takes it, to all buckets: only the bound of memory holds it back. */
    FLOOD(2, Long.MAX_VALUE),
    /** As fast as the writer takes it, to one bucket after the other: full batches. */
    ONE_BUCKET(2, Long.MAX_VALUE),
    /** What a busy table sees. */
    STEADY(8, 4L << 20),
    /** Single short rows: batches of one row. */
    TRICKLE(8, 20_000);

    private static final int CYCLE = Stream.of(values()).mapToInt(p -> p.seconds).sum();

    private final int seconds;
    private final long bytesPerSecond;

    Phase(int seconds, long bytesPerSecond) {
      this.seconds = seconds;
      this.bytesPerSecond = bytesPerSecond;
    }

    static Phase at(long elapsedNanos) {
      long second = elapsedNanos / 1_000_000_000 % CYCLE;
      for (Phase phase : values()) {
        second -= phase.seconds;
        if (second < 0) {
          return phase;
        }
      }
      throw new IllegalStateException("No phase at " + elapsedNanos);
    }
  }

  /** Rows of a key and a text of noise, which zstd makes little smaller. */
  private static final class Load {

    private static final int LONGEST_TEXT = 16 << 10;
    private static final int MOST_ROWS_OF_A_BURST = 2048;

    private final Random random = new Random(7);
    private final byte[] noise = new byte[16 << 20];
    private final GenericRowData row = new GenericRowData(2);
    private long key;
    private long rows;
    private long burstBytes;

    Load() {
      for (int i = 0; i < noise.length; i++) {
        noise[i] = (byte) ('0' + random.nextInt(64));
      }
    }

    /** Begins a burst. */
    int burstRows(Phase phase) {
      key = random.nextLong();
      burstBytes = 0;
      return switch (phase) {
        case FLOOD, STEADY -> 1 << random.nextInt(8);
        case ONE_BUCKET -> MOST_ROWS_OF_A_BURST;
        case TRICKLE -> 1;
      };
    }

    void write(Phase phase, LogBatchGatherer gatherer) throws InterruptedException {
      int length =
          phase == Phase.TRICKLE ? 8 : 8 + random.nextInt(LONGEST_TEXT >> random.nextInt(8));
      row.setField(0, phase == Phase.ONE_BUCKET ? key : random.nextLong());
      row.setField(1, StringData.fromBytes(noise, random.nextInt(noise.length - length), length));
      gatherer.write(row);
      burstBytes += Long.BYTES + length;
      rows++;
    }

    /** Waits as long as the burst should have taken. */
    void pace(Phase phase) {
      LockSupport.parkNanos((long) (burstBytes * 1e9 / phase.bytesPerSecond));
    }
  }

  /** What the records of the log say of themselves, read independently of the writer. */
  private static final class LogContent {

    private long rows;
    private long batches;
    private int fewestRows = Integer.MAX_VALUE;
    private int mostRows;
    private int smallestValue = Integer.MAX_VALUE;
    private int largestValue;

    static LogContent read(TableInfo table, ClientConfig client) {
      LogContent content = new LogContent();
      Map<String, Object> properties = client.toKafka();
      try (KafkaConsumer<byte[], byte[]> consumer =
          new KafkaConsumer<>(
              properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
        List<TopicPartition> buckets =
            IntStream.range(0, BUCKETS)
                .mapToObj(b -> new TopicPartition(table.topic(), b))
                .toList();
        Map<TopicPartition, Long> ends = consumer.endOffsets(buckets);
        consumer.assign(buckets);
        consumer.seekToBeginning(buckets);
        while (buckets.stream().anyMatch(b -> consumer.position(b) < ends.get(b))) {
          consumer.poll(Duration.ofSeconds(1)).forEach(content::add);
        }
      }
      return content;
    }

    private void add(ConsumerRecord<byte[], byte[]> record) {
      BatchHeader header = BatchHeader.parse(record.headers().lastHeader(BatchHeader.KEY).value());
      rows += header.rowCount();
      batches++;
      fewestRows = Math.min(fewestRows, header.rowCount());
      mostRows = Math.max(mostRows, header.rowCount());
      smallestValue = Math.min(smallestValue, record.value().length);
      largestValue = Math.max(largestValue, record.value().length);
    }
  }

  /** Used heap after full collections. */
  private static final class Heap {

    private final List<Long> samples = new ArrayList<>();

    private long nextAt = System.nanoTime() + 1_000_000_000L;

    boolean isDue() {
      return System.nanoTime() >= nextAt;
    }

    void sample() {
      nextAt = System.nanoTime() + 1_000_000_000L;
      System.gc();
      samples.add(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }

    double last() {
      return megabytes(samples.get(samples.size() - 1));
    }

    List<String> problems() {
      List<String> problems = new ArrayList<>();
      double first = medianOfThird(0);
      double last = medianOfThird(2);
      if (samples.size() < 3) {
        problems.add("Too short to see the heap grow.");
      } else if (last > first * HEAP_GROWTH + HEAP_GROWTH_MB) {
        problems.add("The heap grew from " + first + " to " + last + " MB.");
      }
      return problems;
    }

    double medianOfThird(int third) {
      int from = samples.size() * third / 3;
      int to = Math.max(from + 1, samples.size() * (third + 1) / 3);
      List<Long> part =
          samples.subList(from, Math.min(to, samples.size())).stream().sorted().toList();
      return part.isEmpty() ? 0 : megabytes(part.get(part.size() / 2));
    }
  }
}
