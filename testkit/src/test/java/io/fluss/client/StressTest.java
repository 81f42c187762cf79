package io.fluss.client;

import static io.fluss.client.ClientTables.order;
import static io.fluss.client.ClientTables.orders;
import static org.assertj.core.api.Assertions.assertThat;

import io.fluss.client.lookup.Lookuper;
import io.fluss.client.scan.BatchScanner;
import io.fluss.client.scan.LogScanner;
import io.fluss.client.scan.ScanRecord;
import io.fluss.client.table.Table;
import io.fluss.client.write.AppendWriter;
import io.fluss.client.write.UpsertWriter;
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
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import javax.management.ObjectName;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.util.CloseableIterator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

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
  void sixteenThreadsOnOneConnectionWriteAndReadExactlyTheirRows() throws Exception {
    try (ClientTables tables = ClientTables.open()) {
      // Given
      Table log = tables.create("log", orders().buckets(4));
      Table keyed = tables.create("keyed", orders().primaryKey(List.of("id")).buckets(4));
      Set<String> threadsBefore = clientThreads();
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
        try (AppendWriter oneForAll = sharedLog.newAppend().createWriter()) {
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
      }

      // Then
      assertAppended(log, appended);
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
        Map<Long, Long> last = new HashMap<>();
        while (!isOver()) {
          for (ScanRecord record : scanner.poll(Duration.ofMillis(100))) {
            last.merge(record.getRow().getLong(0) >> 40, 1L, Long::sum);
          }
          if (number == 0) {
            break;
          }
        }
        assertThat(last.keySet()).allMatch(thread -> thread < THREADS_OF_A_KIND);
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

  private static Set<String> clientThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(
            name ->
                name.startsWith("fluss-")
                    || name.startsWith("kafka-producer-network")
                    || name.startsWith("kafka-admin-client"))
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
