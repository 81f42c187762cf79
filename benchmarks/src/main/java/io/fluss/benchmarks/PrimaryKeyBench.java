package io.fluss.benchmarks;

import io.fluss.admin.TableAdmin;
import io.fluss.dist.flink.EmbeddedFlink;
import io.fluss.format.key.KeyEncoder;
import io.fluss.format.keyed.KeyedSchema;
import io.fluss.kafka.ClientConfig;
import io.fluss.lookup.LookupSettings;
import io.fluss.lookup.TableLookup;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import io.fluss.write.KeyedBucketRouter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.util.CollectionUtil;

/**
 * A primary-key table of 1 M rows with 12 columns: writing it through Flink, the cold start of
 * lookups, lookups once it is over, point queries in SQL, and the state of a job that reads the
 * table as a stream.
 */
final class PrimaryKeyBench implements Bench {

  private static final long ROWS = Long.getLong("bench.rows", 1_000_000);
  private static final int BUCKETS = 4;
  private static final int LOOKUPS = 1_000_000;
  private static final int POINT_QUERIES = 11;
  private static final String COLUMNS =
      OrderRows.ddl().replace("order_id BIGINT", "order_id BIGINT NOT NULL");

  @Override
  public String name() {
    return "primary-key";
  }

  @Override
  public String about() {
    return "a primary-key table of 1 M rows: write, lookups cold and warm, point queries, state of"
        + " a reading job (about 1 min)";
  }

  @Override
  public void run(Results results) throws Exception {
    Path state = Files.createTempDirectory("fluss-bench-state");
    try (BrokerProcess broker = BrokerProcess.start();
        EmbeddedFlink flink =
            EmbeddedFlink.start(
                Map.of(
                    "table.dml-sync",
                    "true",
                    "execution.checkpointing.dir",
                    state.resolve("checkpoints").toUri().toString()))) {
      TableEnvironment tables = flink.tableEnvironment();
      TableInfo table = write(tables, broker.bootstrapServers(), results);
      lookups(table, broker.bootstrapServers(), state, results);
      pointQueries(batch(flink, broker.bootstrapServers()), results);
      stateOfReader(tables, state, results);
    } finally {
      FileUtils.deleteDirectory(state.toFile());
    }
  }

  private static TableInfo write(TableEnvironment tables, String servers, Results results)
      throws Exception {
    tables.executeSql(
        "CREATE TABLE orders_in ("
            + OrderRows.ddl()
            + ") WITH ('connector' = '"
            + OrdersTableFactory.IDENTIFIER
            + "', 'rows' = '"
            + ROWS
            + "')");
    createCatalog(tables, servers);
    tables.executeSql(
        "CREATE TABLE f.fluss.orders ("
            + COLUMNS
            + ", PRIMARY KEY (order_id) NOT ENFORCED) WITH ('bucket.num' = '"
            + BUCKETS
            + "')");
    long start = System.nanoTime();
    tables.executeSql("INSERT INTO f.fluss.orders SELECT * FROM orders_in").await();
    results.add(
        "bench",
        "primary-key",
        "what",
        "write, cold",
        "rows",
        ROWS,
        "rows_per_s",
        ROWS / since(start));
    try (TableAdmin admin = TableAdmin.connect(new ClientConfig(servers, Map.of()))) {
      return admin.table(TablePath.of("fluss", "orders"));
    }
  }

  private static void lookups(TableInfo table, String servers, Path dir, Results results) {
    LookupSettings settings =
        new LookupSettings(
            table, new ClientConfig(servers, Map.of()), dir, 1L << 30, Duration.ZERO);
    try (TableLookup lookup = TableLookup.open(settings)) {
      long start = System.nanoTime();
      CompletableFuture.allOf(
              IntStream.range(0, BUCKETS)
                  .mapToObj(lookup.whole()::whenReady)
                  .toArray(CompletableFuture[]::new))
          .join();
      results.add(
          "bench",
          "primary-key",
          "what",
          "lookup cold start",
          "rows",
          ROWS,
          "ms_per_million_rows",
          since(start) * 1e3 * 1e6 / ROWS,
          "heap_bytes_per_row",
          (double) lookup.heapBytes() / ROWS);
      find(table, lookup, LOOKUPS / 5);
      long warm = System.nanoTime();
      long[] nanos = find(table, lookup, LOOKUPS);
      double seconds = since(warm);
      Arrays.sort(nanos);
      results.add(
          "bench",
          "primary-key",
          "what",
          "lookup warm",
          "rows",
          LOOKUPS,
          "rows_per_s",
          LOOKUPS / seconds,
          "p50_us",
          nanos[LOOKUPS / 2] / 1e3,
          "p99_us",
          nanos[LOOKUPS / 100 * 99] / 1e3);
    }
  }

  private static long[] find(TableInfo table, TableLookup lookup, int count) {
    KeyEncoder keys = KeyedSchema.of(table).keyEncoder();
    KeyedBucketRouter router = KeyedBucketRouter.of(table);
    long[] nanos = new long[count];
    GenericRowData row = new GenericRowData(table.rowType().getFieldCount());
    long random = 42;
    for (int i = 0; i < count; i++) {
      random = random * 6364136223846793005L + 1442695040888963407L;
      row.setField(0, (random >>> 1) % ROWS);
      long start = System.nanoTime();
      byte[] found = lookup.whole().get(router.bucket(row), keys.encode((RowData) row, 0));
      nanos[i] = System.nanoTime() - start;
      if (found == null) {
        throw new IllegalStateException("Row " + row.getField(0) + " was not found.");
      }
    }
    return nanos;
  }

  private static TableEnvironment batch(EmbeddedFlink flink, String servers) {
    TableEnvironment tables =
        TableEnvironment.create(
            EnvironmentSettings.newInstance()
                .inBatchMode()
                .withConfiguration(flink.clientConfiguration())
                .build());
    createCatalog(tables, servers);
    return tables;
  }

  private static void createCatalog(TableEnvironment tables, String servers) {
    tables.executeSql(
        "CREATE CATALOG f WITH ('type' = 'fluss', 'bootstrap.servers' = '" + servers + "')");
  }

  private static void pointQueries(TableEnvironment tables, Results results) throws Exception {
    double[] millis = new double[POINT_QUERIES];
    for (int i = 0; i < POINT_QUERIES; i++) {
      long start = System.nanoTime();
      List<?> rows =
          CollectionUtil.iteratorToList(
              tables
                  .executeSql("SELECT * FROM f.fluss.orders WHERE order_id = " + i * ROWS / 12)
                  .collect());
      millis[i] = since(start) * 1e3;
      if (rows.size() != 1) {
        throw new IllegalStateException("A point query found " + rows.size() + " rows.");
      }
    }
    Arrays.sort(millis);
    results.add(
        "bench",
        "primary-key",
        "what",
        "point query",
        "rows",
        ROWS,
        "p50_ms",
        millis[POINT_QUERIES / 2],
        "max_ms",
        millis[POINT_QUERIES - 1]);
  }

  /** Flink needs state where the changes of a key have to say what its row was before. */
  private static void stateOfReader(TableEnvironment tables, Path dir, Results results)
      throws Exception {
    tables.getConfig().set("table.dml-sync", "false");
    tables.executeSql(
        "CREATE TABLE upserts ("
            + COLUMNS
            + ", PRIMARY KEY (order_id) NOT ENFORCED)"
            + " WITH ('connector' = 'blackhole')");
    JobClient job =
        tables
            .executeSql("INSERT INTO upserts SELECT * FROM f.fluss.orders")
            .getJobClient()
            .orElseThrow();
    Path savepoint = dir.resolve("savepoint");
    long read = -1;
    long size = 0;
    // The state stops growing, but for some bytes of offsets, once everything was read.
    while (read <= 0 || Math.abs(size - read) > read / 100) {
      LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
      read = size;
      size = savepointBytes(job, savepoint);
    }
    job.cancel().get();
    results.add(
        "bench",
        "primary-key",
        "what",
        "state of a reading job",
        "rows",
        ROWS,
        "bytes",
        size,
        "bytes_per_row",
        (double) size / ROWS);
  }

  /** 0 while not all tasks are up. */
  private static long savepointBytes(JobClient job, Path savepoint) throws Exception {
    FileUtils.deleteQuietly(savepoint.toFile());
    try {
      job.triggerSavepoint(savepoint.toUri().toString(), SavepointFormatType.CANONICAL).get();
      return bytes(savepoint);
    } catch (ExecutionException e) {
      if (job.getJobStatus().get().isTerminalState()) {
        throw e;
      }
      return 0;
    }
  }

  private static long bytes(Path dir) throws IOException {
    try (Stream<Path> files = Files.walk(dir)) {
      return files.filter(Files::isRegularFile).mapToLong(f -> f.toFile().length()).sum();
    }
  }

  private static double since(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
