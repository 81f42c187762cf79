package io.fluss.client;

import static io.fluss.client.ClientTables.order;
import static io.fluss.client.ClientTables.orders;
import static org.assertj.core.api.Assertions.assertThat;

import io.fluss.client.lookup.LookupResult;
import io.fluss.client.lookup.Lookuper;
import io.fluss.client.scan.BatchScanner;
import io.fluss.client.scan.LogScanner;
import io.fluss.client.scan.ScanRecord;
import io.fluss.client.scan.ScanRecords;
import io.fluss.client.table.Table;
import io.fluss.client.write.AppendWriter;
import io.fluss.client.write.UpsertWriter;
import io.fluss.client.write.WriterMemory;
import io.fluss.partition.TableBucket;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import javax.management.ObjectName;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.util.CloseableIterator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Sixteen threads on one connection: four append, four upsert and delete, four look up, four scan.
 * What is there at the end is exactly what was written, and nothing is left open. Seconds long; the
 * system property {@code fluss.stress.seconds} makes it longer.
 */
class StressTest {

  private static final int SECONDS = Integer.getInteger("fluss.stress.seconds", 4);
  private static final int THREADS_OF_A_KIND = 4;
  private static final int KEYS_OF_EACH = 5_000;
  private static final int BATCH = 200;

  private final AtomicLong deadline = new AtomicLong();

  private boolean isOver() {
    return System.nanoTime() > deadline.get();
  }

  @Test
  @Timeout(value = 20, unit = TimeUnit.MINUTES) // its length is a property
  void sixteenThreadsOnOneConnectionWriteAndReadExactlyTheirRows() throws Exception {
    try (ClientTables tables = ClientTables.open()) {
      // Given
      Table log = tables.create("log", orders().buckets(4));
      Table keyed = tables.create("keyed", orders().primaryKey(List.of("id")).buckets(4));
      Set<Thread> threadsBefore = clientThreads();
      Set<ObjectName> kafkaBefore = kafkaClients();
      List<Map<Long, Integer>> written = new ArrayList<>();
      long[] appended = new long[THREADS_OF_A_KIND];

      // When
      try (Connection connection =
          ConnectionFactory.createConnection(tables.connection().getConfiguration())) {
        Table sharedLog = connection.getTable(tables.path("log"));
        Table sharedKeyed = connection.getTable(tables.path("keyed"));
        deadline.set(System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos());
        ExecutorService threads = Executors.newFixedThreadPool(4 * THREADS_OF_A_KIND);
        List<Future<?>> running = new ArrayList<>();
        AppendWriter oneForAll = sharedLog.newAppend().createWriter();
        try (oneForAll) {
          for (int i = 0; i < THREADS_OF_A_KIND; i++) {
            int number = i;
            Map<Long, Integer> rows = new HashMap<>();
            written.add(rows);
            running.add(
                threads.submit(() -> appended[number] = append(sharedLog, oneForAll, number)));
            running.add(threads.submit(() -> change(sharedKeyed, number, rows)));
            running.add(threads.submit(() -> lookUp(sharedKeyed, number)));
            running.add(threads.submit(() -> scan(sharedLog, sharedKeyed, number)));
          }
          for (Future<?> thread : running) {
            thread.get();
          }
        } finally {
          threads.shutdownNow();
        }
        assertThat(WriterMemory.gatheredBytes(oneForAll)).as("buffers of a closed writer").isZero();
        // Then
        assertFound(sharedKeyed, written);
      }
      assertAppended(log, appended);
      assertLog(log, appended);
      assertChanged(keyed, written);
      Awaitility.await()
          .atMost(Duration.ofSeconds(40))
          .untilAsserted(
              () -> {
                assertThat(clientThreads()).isSubsetOf(threadsBefore);
                assertThat(kafkaClients()).isSubsetOf(kafkaBefore);
              });
    }
  }

  /** Half of the threads with the writer that they share, half with new ones again and again. */
  private long append(Table table, AppendWriter shared, int number) throws Exception {
    long count = 0;
    while (!isOver()) {
      AppendWriter writer = number % 2 == 0 ? shared : table.newAppend().createWriter();
      List<CompletableFuture<?>> futures = new ArrayList<>();
      for (int batch = 0; batch < 20 && !isOver(); batch++) {
        for (int i = 0; i < BATCH; i++) {
          futures.add(
              writer.append(order((long) number << 40 | count++, "thread-" + number, number)));
        }
        if (batch % 5 == 4) {
          writer.flush();
        }
      }
      if (writer != shared) {
        writer.close();
        assertThat(WriterMemory.gatheredBytes(writer)).as("buffers of a closed writer").isZero();
      }
      CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new)).get();
    }
    return count;
  }

  /** Each thread has keys of its own. */
  private Void change(Table table, int number, Map<Long, Integer> rows) throws Exception {
    long random = number + 1;
    int round = 0;
    while (!isOver()) {
      try (UpsertWriter writer = table.newUpsert().createWriter()) {
        for (int batch = 0; batch < 50 && !isOver(); batch++) {
          round++;
          List<CompletableFuture<?>> futures = new ArrayList<>();
          for (int i = 0; i < BATCH; i++) {
            random = random * 6364136223846793005L + 1442695040888963407L;
            long key = (random >>> 33) % KEYS_OF_EACH * THREADS_OF_A_KIND + number;
            if ((random >>> 60) < 3) {
              futures.add(writer.delete(order(key, null, null)));
              rows.remove(key);
            } else {
              futures.add(writer.upsert(order(key, "thread-" + number, round)));
              rows.put(key, round);
            }
          }
          CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new)).get();
        }
      }
    }
    return null;
  }

  /** What is found of a key was written by the thread of the key. */
  private Void lookUp(Table table, int number) throws Exception {
    while (!isOver()) {
      try (Lookuper lookuper = table.newLookup().createLookuper()) {
        for (long i = 0; i < 20_000 && !isOver(); i++) {
          long key = i % (KEYS_OF_EACH * THREADS_OF_A_KIND);
          RowData row = lookuper.lookup(GenericRowData.of(key)).get().getSingletonRow();
          if (row != null) {
            assertThat(row.getLong(0)).isEqualTo(key);
            assertThat(row.getString(1)).hasToString("thread-" + key % THREADS_OF_A_KIND);
          }
        }
      }
    }
    return null;
  }

  private Void scan(Table log, Table keyed, int number) {
    while (!isOver()) {
      try (LogScanner scanner =
          ClientTables.fromBeginning(log, log.newScan().project("id").createLogScanner())) {
        LogRows seen = new LogRows();
        while (!isOver()) {
          seen.add(scanner.poll(Duration.ofMillis(100)));
          if (number == 0) {
            break;
          }
        }
        assertThat(number == 0 || seen.count() > 0).as("rows of scan %s", number).isTrue();
      }
      if (number == 0) {
        try (BatchScanner scanner = keyed.newScan().createBatchScanner()) {
          BitSet keys = new BitSet();
          CloseableIterator<RowData> rows;
          while ((rows = scanner.pollBatch(Duration.ofSeconds(5))) != null) {
            rows.forEachRemaining(
                row -> {
                  int key = (int) row.getLong(0);
                  assertThat(keys.get(key)).isFalse();
                  keys.set(key);
                });
          }
        }
      }
    }
    return null;
  }

  /**
   * Rows of the log as a scan from its beginning meets them: in each bucket each once, in order.
   */
  private static final class LogRows {

    /** Of each bucket the last number of each thread, plus one. */
    private final Map<TableBucket, long[]> next = new HashMap<>();

    private final long[] counts = new long[THREADS_OF_A_KIND];

    void add(ScanRecords records) {
      for (TableBucket bucket : records.buckets()) {
        long[] inBucket = next.computeIfAbsent(bucket, b -> new long[THREADS_OF_A_KIND]);
        for (ScanRecord record : records.records(bucket)) {
          long id = record.getRow().getLong(0);
          int thread = (int) (id >> 40);
          long number = id & ((1L << 40) - 1);
          if (number < inBucket[thread]) {
            throw new AssertionError(
                "Row " + number + " of thread " + thread + " comes late or again in " + bucket);
          }
          inBucket[thread] = number + 1;
          counts[thread]++;
        }
      }
    }

    long count() {
      return LongStream.of(counts).sum();
    }
  }

  private static void assertLog(Table log, long[] appended) {
    LogRows rows = new LogRows();
    long expected = LongStream.of(appended).sum();
    long giveUp = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    try (LogScanner scanner =
        ClientTables.fromBeginning(log, log.newScan().project("id").createLogScanner())) {
      while (rows.count() < expected && System.nanoTime() < giveUp) {
        rows.add(scanner.poll(Duration.ofSeconds(1)));
      }
      rows.add(scanner.poll(Duration.ofMillis(500)));
    }
    assertThat(rows.counts).as("rows of each thread in the log").isEqualTo(appended);
  }

  /** Every key, those that were deleted or never written among them. */
  private static void assertFound(Table keyed, List<Map<Long, Integer>> written) {
    Map<Long, Integer> expected = new HashMap<>();
    written.forEach(expected::putAll);
    try (Lookuper lookuper = keyed.newLookup().createLookuper()) {
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(lookUpAll(lookuper)).isEqualTo(expected));
    }
    assertThat(expected).isNotEmpty();
  }

  private static Map<Long, Integer> lookUpAll(Lookuper lookuper) {
    List<CompletableFuture<LookupResult>> asked =
        LongStream.range(0, (long) KEYS_OF_EACH * THREADS_OF_A_KIND)
            .mapToObj(key -> lookuper.lookup(GenericRowData.of(key)))
            .toList();
    Map<Long, Integer> found = new HashMap<>();
    for (int key = 0; key < asked.size(); key++) {
      RowData row = asked.get(key).join().getSingletonRow();
      if (row != null) {
        found.put((long) key, row.getInt(2));
      }
    }
    return found;
  }

  private static void assertAppended(Table log, long[] appended) {
    List<BitSet> seen = new ArrayList<>();
    for (int i = 0; i < THREADS_OF_A_KIND; i++) {
      seen.add(new BitSet());
    }
    long total = 0;
    try (BatchScanner scanner = log.newScan().createBatchScanner()) {
      CloseableIterator<RowData> rows;
      while ((rows = scanner.pollBatch(Duration.ofSeconds(5))) != null) {
        while (rows.hasNext()) {
          RowData row = rows.next();
          seen.get((int) (row.getLong(0) >> 40)).set((int) row.getLong(0));
          total++;
        }
      }
    }
    long expected = 0;
    for (int i = 0; i < THREADS_OF_A_KIND; i++) {
      assertThat((long) seen.get(i).cardinality()).as("thread %s", i).isEqualTo(appended[i]);
      expected += appended[i];
    }
    assertThat(total).as("without duplicates").isEqualTo(expected);
    assertThat(total).isPositive();
    System.out.println("appended " + total + " rows");
  }

  private static void assertChanged(Table keyed, List<Map<Long, Integer>> written) {
    Map<Long, Integer> expected = new HashMap<>();
    written.forEach(expected::putAll);
    Map<Long, Integer> found = new HashMap<>();
    try (BatchScanner scanner = keyed.newScan().createBatchScanner()) {
      CloseableIterator<RowData> rows;
      while ((rows = scanner.pollBatch(Duration.ofSeconds(5))) != null) {
        rows.forEachRemaining(row -> found.put(row.getLong(0), row.getInt(2)));
      }
    }
    assertThat(found).isEqualTo(expected);
    assertThat(found).isNotEmpty();
    System.out.println("kept " + found.size() + " keys");
  }

  private static Set<Thread> clientThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(
            thread ->
                thread.getName().startsWith("fluss-")
                    || thread.getName().startsWith("kafka-producer-network")
                    || thread.getName().startsWith("kafka-admin-client"))
        .collect(Collectors.toSet());
  }

  /** Kafka's clients register themselves, and take that back when they are closed. */
  private static Set<ObjectName> kafkaClients() throws Exception {
    Set<ObjectName> clients =
        ManagementFactory.getPlatformMBeanServer().queryNames(new ObjectName("kafka.*:*"), null);
    return clients.stream()
        .filter(name -> name.getKeyProperty("type") != null)
        .filter(
            name ->
                List.of("app-info").contains(name.getKeyProperty("type"))
                    && Set.of("kafka.consumer", "kafka.producer", "kafka.admin.client")
                        .contains(name.getDomain()))
        .collect(Collectors.toSet());
  }
}
