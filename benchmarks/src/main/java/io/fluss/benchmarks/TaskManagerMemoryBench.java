package io.fluss.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.apache.commons.io.FileUtils;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CollectionUtil;

/**
 * A table of 5 M keys, written, scanned, read as a stream and looked up by a task manager whose
 * whole process may take 512 MB. It fails where
 *
 * <ul>
 *   <li>a job fails, since none is restarted, or the task manager ends;
 *   <li>a result is not right;
 *   <li>the process ever holds more than 512 MB.
 * </ul>
 *
 * <p>Broker, job manager and task manager are processes of their own.
 */
final class TaskManagerMemoryBench implements Bench {

  private static final long ROWS = Long.getLong("bench.rows", 5_000_000);
  private static final long LOOKUPS = ROWS / 5;
  private static final int LIMIT_MB = 512;
  private static final int BUCKETS = 4;

  /** Options of the cluster that are set as system properties win over ours. */
  private static final String OPTION_PREFIX = "bench.flink.";

  /** Prime to the number of rows, so that the probed keys differ and lie all over the table. */
  private static final int STRIDE = 48_271;

  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final String TABLE = "f.fluss.orders";

  @Override
  public String name() {
    return "task-manager-memory";
  }

  @Override
  public String about() {
    return "a table of 5 M keys scanned, read as a stream and looked up by a task manager of "
        + LIMIT_MB
        + " MB, Linux only (about 5 min)";
  }

  @Override
  public void run(Results results) throws Exception {
    if (!ResidentMemory.isKnown()) {
      throw new IllegalStateException("Cannot measure the memory of a process: no /proc here.");
    }
    Path directory = Files.createTempDirectory("fluss-bench-task-manager");
    try (BrokerProcess broker = BrokerProcess.start();
        FlinkProcesses flink = FlinkProcesses.start(options(directory), directory)) {
      new Run(flink, broker.bootstrapServers(), results).all();
    } catch (Exception e) {
      System.err.println("# Logs and files of the task manager are kept in " + directory);
      throw e;
    }
    FileUtils.deleteDirectory(directory.toFile());
  }

  /** What is not heap here is: network, RocksDB, metaspace and the JVM's own. */
  private static Configuration options(Path directory) {
    Map<String, String> options = new TreeMap<>();
    options.put("taskmanager.memory.process.size", LIMIT_MB + "m");
    options.put("taskmanager.memory.jvm-metaspace.size", "112m");
    options.put("taskmanager.memory.jvm-overhead.min", "80m");
    options.put("taskmanager.memory.jvm-overhead.max", "80m");
    options.put("taskmanager.memory.framework.heap.size", "64m");
    options.put("taskmanager.memory.framework.off-heap.size", "32m");
    options.put("taskmanager.memory.framework.off-heap.batch-shuffle.size", "8m");
    options.put("taskmanager.memory.task.off-heap.size", "32m");
    options.put("taskmanager.memory.network.min", "32m");
    options.put("taskmanager.memory.network.max", "32m");
    options.put("taskmanager.memory.managed.size", "32m");
    options.put("taskmanager.numberOfTaskSlots", "2");
    options.put("parallelism.default", "2");
    options.put("restart-strategy.type", "disable");
    options.put("execution.checkpointing.interval", "10 s");
    options.put("execution.checkpointing.dir", directory.resolve("checkpoints").toUri().toString());
    options.put("metrics.fetcher.update-interval", "1 s");
    options.put("io.tmp.dirs", directory.toString());
    System.getProperties().stringPropertyNames().stream()
        .filter(name -> name.startsWith(OPTION_PREFIX))
        .forEach(
            name -> options.put(name.substring(OPTION_PREFIX.length()), System.getProperty(name)));
    return Configuration.fromMap(options);
  }

  /** One run: the steps of the benchmark in their order. */
  private static final class Run {

    private final FlinkProcesses flink;
    private final ResidentMemory memory;
    private final Results results;
    private final TableEnvironment batch;
    private final TableEnvironment streaming;

    Run(FlinkProcesses flink, String servers, Results results) {
      this.flink = flink;
      this.memory = new ResidentMemory(flink.taskManagerPid());
      this.results = results;
      this.batch = environment(EnvironmentSettings.newInstance().inBatchMode(), servers);
      this.streaming = environment(EnvironmentSettings.newInstance().inStreamingMode(), servers);
    }

    private TableEnvironment environment(EnvironmentSettings.Builder mode, String servers) {
      TableEnvironment tables =
          TableEnvironment.create(mode.withConfiguration(flink.clientConfiguration()).build());
      tables.executeSql(
          "CREATE CATALOG f WITH ('type' = 'fluss', 'bootstrap.servers' = '" + servers + "')");
      tables.executeSql(orders("orders_in", ROWS));
      tables.executeSql(orders("probes", LOOKUPS));
      return tables;
    }

    private static String orders(String name, long rows) {
      return "CREATE TEMPORARY TABLE "
          + name
          + " ("
          + OrderRows.ddl()
          + ", proc AS PROCTIME()) WITH ('connector' = '"
          + OrdersTableFactory.IDENTIFIER
          + "', 'rows' = '"
          + rows
          + "')";
    }

    void all() throws Exception {
      measure("write", ROWS, this::write);
      measure("batch count", ROWS, this::count);
      measure("batch aggregate", ROWS, this::aggregate);
      measure("streaming read", ROWS, this::read);
      measure("lookup join", LOOKUPS, this::lookUp);
    }

    private interface Step {
      void run() throws Exception;
    }

    private void measure(String what, long rows, Step step) throws Exception {
      memory.forgetPeak();
      long start = System.nanoTime();
      try {
        step.run();
      } catch (Exception e) {
        flink.requireAlive();
        throw e;
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      flink.requireAlive();
      double peak = memory.peakMegabytes();
      results.add(
          "bench",
          "task-manager-memory",
          "what",
          what,
          "rows",
          rows,
          "seconds",
          seconds,
          "peak_rss_mb",
          peak,
          "limit_mb",
          LIMIT_MB,
          "of_files_mb",
          memory.fileMegabytes());
      if (peak > LIMIT_MB) {
        throw new IllegalStateException(
            "The task manager held " + peak + " MB in '" + what + "', more than " + LIMIT_MB + ".");
      }
    }

    private void write() throws Exception {
      batch.executeSql(
          "CREATE TABLE "
              + TABLE
              + " (order_id BIGINT NOT NULL, customer_id BIGINT, product STRING, address STRING,"
              + " remark STRING, PRIMARY KEY (order_id) NOT ENFORCED) WITH ('bucket.num' = '"
              + BUCKETS
              + "')");
      batch
          .executeSql(
              "INSERT INTO "
                  + TABLE
                  + " SELECT order_id, customer_id, product, address, remark FROM orders_in")
          .await();
    }

    private void count() {
      require("SELECT COUNT(*) FROM " + TABLE, Row.of(ROWS));
    }

    private void aggregate() {
      require(
          "SELECT COUNT(remark), SUM(order_id), MIN(CHAR_LENGTH(product)) > 0,"
              + " MIN(CHAR_LENGTH(address)) > 0, COUNT(customer_id) FROM "
              + TABLE,
          Row.of(ROWS, ROWS * (ROWS - 1) / 2, true, true, ROWS));
    }

    private void require(String query, Row expected) {
      List<Row> rows = CollectionUtil.iteratorToList(batch.executeSql(query).collect());
      if (!rows.equals(List.of(expected))) {
        throw new IllegalStateException(query + " gave " + rows + ", not " + expected + ".");
      }
    }

    /** It never ends by itself, and is cancelled when it has seen all rows. */
    private void read() throws Exception {
      streaming.executeSql(
          "CREATE TEMPORARY TABLE seen (order_id BIGINT NOT NULL, customer_id BIGINT,"
              + " product STRING, address STRING, remark STRING, PRIMARY KEY (order_id) NOT"
              + " ENFORCED) WITH ('connector' = '"
              + TouchTableFactory.IDENTIFIER
              + "')");
      JobClient job =
          streaming
              .executeSql("INSERT INTO seen SELECT * FROM " + TABLE)
              .getJobClient()
              .orElseThrow();
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      long rows = 0;
      while (rows < ROWS) {
        LockSupport.parkNanos(PAUSE.toNanos());
        if (job.getJobStatus().get().isTerminalState() || System.nanoTime() > deadline) {
          job.getJobExecutionResult().get(); // throws the cause where it failed
          throw new IllegalStateException("A streaming read saw " + rows + " rows of " + ROWS);
        }
        rows = flink.metric(job.getJobID(), "Writer.numRecordsIn");
      }
      job.cancel().get();
      if (rows != ROWS) {
        throw new IllegalStateException("A streaming read saw " + rows + " rows of " + ROWS + ".");
      }
    }

    private void lookUp() {
      require(
          "SELECT COUNT(o.remark) FROM probes AS p JOIN "
              + TABLE
              + " FOR SYSTEM_TIME AS OF p.proc AS o ON o.order_id = MOD(p.order_id * "
              + STRIDE
              + ", "
              + ROWS
              + ")",
          Row.of(LOOKUPS));
    }
  }
}
