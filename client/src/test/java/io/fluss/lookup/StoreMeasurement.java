package io.fluss.lookup;

import io.fluss.table.TableInfo;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/**
 * Measures the stores of lookups: heap or disk per row and reads per second of one thread, for keys
 * of 8 bytes behind the column set and states of 100. Not a test: run {@code main} with a heap of 3
 * GB or more and the numbers of rows, for example {@code 200000 2000000}.
 */
final class StoreMeasurement {

  private static final int STATE_BYTES = 100;
  private static final int ROUNDS = 5;

  private StoreMeasurement() {}

  public static void main(String[] rowCounts) throws Exception {
    for (String rows : rowCounts) {
      memory(Integer.parseInt(rows));
    }
    for (String rows : rowCounts) {
      rocks(Integer.parseInt(rows));
    }
  }

  private static void memory(int rows) {
    long before = usedHeap();
    MemoryStore store = new MemoryStore();
    double fillSeconds = fill(store, rows);
    long used = usedHeap() - before;
    System.out.printf(
        "memory %,d rows: %.1f bytes/row measured, %.1f counted, %.1f of them beyond key and"
            + " state; %,.0f puts/s%n",
        rows,
        used / (double) rows,
        store.heapBytes() / (double) rows,
        used / (double) rows - STATE_BYTES - 9,
        rows / fillSeconds);
    reads("memory", store, rows);
    store.scan(key(0), (key, state) -> {});
    System.out.printf(
        "memory %,d rows with index: %.1f bytes/row measured, %.1f counted%n",
        rows, (usedHeap() - before) / (double) rows, store.heapBytes() / (double) rows);
  }

  private static void rocks(int rows) throws Exception {
    Path dir = Files.createTempDirectory("fluss-lookup-measure");
    TableInfo table = LocalFixtures.table("topic");
    try (RocksFiles files = RocksFiles.open(dir, table.id(), 256 << 20)) {
      RocksStore store = RocksStore.empty(files, StoredBucket.of(table, 0));
      double fillSeconds = fill(store, rows);
      System.out.printf("rocks %,d rows: %,.0f puts/s%n", rows, rows / fillSeconds);
      reads("rocks", store, rows);
    }
    try (LocalDirectory directory = LocalDirectory.take(dir, table.id())) {
      directory.deleteFiles();
    }
  }

  private static double fill(LookupStore store, int rows) {
    long start = System.nanoTime();
    byte[] state = new byte[STATE_BYTES];
    for (int i = 0; i < rows; i++) {
      store.apply(key(i), state);
      if (i % 10_000 == 0) {
        store.commit(new LogProgress(i, 0));
      }
    }
    store.commit(new LogProgress(rows, 0));
    return (System.nanoTime() - start) / 1e9;
  }

  private static void reads(String name, LookupStore store, int rows) {
    byte[][] keys = new byte[Math.min(rows, 1_000_000)][];
    byte[][] missing = new byte[keys.length][];
    Random random = new Random(7);
    for (int i = 0; i < keys.length; i++) {
      keys[i] = key(random.nextInt(rows));
      missing[i] = key(rows + random.nextInt(rows));
    }
    for (int round = 0; round < ROUNDS; round++) {
      System.out.printf(
          "%s %,d rows: %,.0f gets/s found, %,.0f gets/s missing%n",
          name, rows, getsPerSecond(store, keys, true), getsPerSecond(store, missing, false));
    }
  }

  private static double getsPerSecond(LookupStore store, byte[][] keys, boolean found) {
    long start = System.nanoTime();
    for (byte[] key : keys) {
      if (store.get(key) != null != found) {
        throw new IllegalStateException("The store does not hold what it should.");
      }
    }
    return keys.length * 1e9 / (System.nanoTime() - start);
  }

  private static byte[] key(long number) {
    return ByteBuffer.allocate(1 + Long.BYTES).put((byte) 0).putLong(number ^ 1L << 63).array();
  }

  private static long usedHeap() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }
}
