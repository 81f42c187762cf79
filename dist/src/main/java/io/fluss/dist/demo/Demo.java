package io.fluss.dist.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.LogDirDescription;

/**
 * The story of the demo: tables, a stream of flights, live statistics while they arrive, a batch
 * answer, the plan, and the bytes on the log. Runs against a Kafka and a Flink that are given.
 */
public final class Demo {

  /** Options of the cluster: results of a running query are shown with its checkpoints. */
  public static final Map<String, String> FLINK =
      Map.of("execution.checkpointing.interval", "500 ms");

  /** At this pace all flights arrive in about 13 s, slow enough to watch. */
  public static final double FLIGHTS_PER_SECOND = 1_500;

  private static final String FLIGHTS = "flights-20k.csv";
  private static final long FRAME_NANOS = 1_500_000_000L;
  private static final long PATIENCE_NANOS = 60_000_000_000L;

  private static final String LIVE =
      """
      SELECT f.origin, a.city, COUNT(*) AS flights,
             AVG(CAST(f.delay_minutes AS DOUBLE)) AS delay,
             AVG(CASE WHEN f.delay_minutes > 15 THEN 1.0 ELSE 0.0 END) AS late
      FROM flights AS f JOIN airports AS a ON f.origin = a.iata
      GROUP BY f.origin, a.city""";

  private static final String RANKING =
      """
      SELECT f.origin, a.city, a.state, COUNT(*) AS flights,
             CAST(AVG(CAST(f.delay_minutes AS DOUBLE)) AS DECIMAL(5, 1)) AS avg_delay,
             MAX(f.delay_minutes) AS worst
      FROM flights AS f JOIN airports AS a ON f.origin = a.iata
      GROUP BY f.origin, a.city, a.state
      HAVING COUNT(*) >= 200
      ORDER BY avg_delay DESC
      LIMIT 5""";

  private static final String RANK_FORMAT = "   %-6s  %-10s  %-5s  %7s  %9s  %5s%n";

  private final StreamTableEnvironment streaming;
  private final StreamExecutionEnvironment streams;
  private final TableEnvironment batch;
  private final Configuration flink;
  private final String bootstrap;
  private final double flightsPerSecond;
  private final Path scratch;
  private final PrintStream out;

  /**
   * A demo that is ready to {@link #run()}.
   *
   * @param flink how to reach the cluster, which has the options {@link #FLINK}
   * @param bootstrap address of the brokers
   * @param flightsPerSecond how fast the flights arrive, {@link #FLIGHTS_PER_SECOND} to watch them
   * @param scratch an empty folder for the data of the demo, deleted by the caller
   */
  public Demo(
      Configuration flink,
      String bootstrap,
      double flightsPerSecond,
      Path scratch,
      PrintStream out) {
    this.streams = StreamExecutionEnvironment.getExecutionEnvironment(flink);
    this.streaming = StreamTableEnvironment.create(streams);
    this.batch =
        TableEnvironment.create(
            EnvironmentSettings.newInstance().inBatchMode().withConfiguration(flink).build());
    this.flink = flink;
    this.bootstrap = bootstrap;
    this.flightsPerSecond = flightsPerSecond;
    this.scratch = scratch;
    this.out = out;
  }

  /** Tells the story; throws where a step fails. */
  public void run() throws Exception {
    createTables();
    loadAirports();
    streamFlights();
    answerInBatch();
    showPlan();
    compareBytes();
    keepInLakes();
  }

  private void createTables() {
    step("1", "Create a catalog and two log tables: each is a Kafka topic, no server to run");
    String catalog =
        """
        CREATE CATALOG demo WITH (
          'type' = 'fluss', 'bootstrap.servers' = '%s',
          'datalake.paimon.warehouse' = '%s', 'datalake.iceberg.warehouse' = '%s'
        )"""
            .formatted(bootstrap, warehouse("paimon"), warehouse("iceberg"));
    sql(streaming, catalog);
    sql(streaming, "USE CATALOG demo");
    batch.executeSql(catalog);
    batch.executeSql("USE CATALOG demo");
    sql(
        streaming,
        """
        CREATE TABLE airports (
          iata STRING, name STRING, city STRING, state STRING, country STRING,
          latitude DOUBLE, longitude DOUBLE
        )""");
    sql(
        streaming,
        """
        CREATE TABLE flights (
          flight_id INT, flight_time TIMESTAMP(3), delay_minutes INT, distance_miles INT,
          origin STRING, destination STRING,
          WATERMARK FOR flight_time AS flight_time - INTERVAL '1' HOUR
        ) WITH ('bucket.num' = '4')""");
  }

  private void loadAirports() throws Exception {
    step("2", "Load the airports, a bounded INSERT from CSV");
    Path rows = scratch.resolve("airports-rows.csv");
    List<String> airports = Files.readAllLines(unpack("airports.csv"));
    Files.write(rows, airports.subList(1, airports.size()));
    streaming.executeSql(
        "CREATE TEMPORARY TABLE airports_csv (iata STRING, name STRING, city STRING, state STRING,"
            + " country STRING, latitude DOUBLE, longitude DOUBLE) WITH ('connector' ="
            + " 'filesystem', 'format' = 'csv', 'path' = '"
            + rows.toUri()
            + "')");
    long start = System.nanoTime();
    sql(streaming, "INSERT INTO airports SELECT * FROM airports_csv").await();
    out.printf(Locale.ROOT, "   %,d airports in %.1f s%n", count("airports"), secondsSince(start));
  }

  private void streamFlights() throws Exception {
    Path file = unpack(FLIGHTS);
    long rows = Files.readAllLines(file).size() - 1;
    step(
        "3",
        String.format(
            Locale.ROOT,
            "Stream %,d flights in, %,.0f a second, and follow the delays per airport live",
            rows,
            flightsPerSecond));
    DataStream<Row> arriving =
        streams.fromSource(
            FlightLines.source(file, rows, flightsPerSecond),
            WatermarkStrategy.noWatermarks(),
            "flights");
    streaming.createTemporaryView("arriving", arriving);
    try (LiveDelays live = new LiveDelays(sql(streaming, LIVE))) {
      TableResult insert =
          sql(
              streaming,
              """
              INSERT INTO flights
              SELECT flight_id, TO_TIMESTAMP(flight_time, 'yyyy-MM-dd HH:mm'), delay_minutes,
                     distance_miles, origin, destination
              FROM arriving""");
      follow(live, insert, rows);
    }
  }

  private void follow(LiveDelays live, TableResult insert, long rows) throws Exception {
    long start = System.nanoTime();
    long deadline = start + PATIENCE_NANOS;
    long seen = 0;
    while (seen < rows) {
      if (System.nanoTime() > deadline) {
        insert.await();
        throw new IllegalStateException(
            "The live query saw " + seen + " of " + rows + " flights in 60 s.");
      }
      LockSupport.parkNanos(FRAME_NANOS);
      seen = live.print(out, secondsSince(start));
    }
    insert.await();
  }

  private void answerInBatch() throws Exception {
    step("4", "Ask the same tables in batch: bounded at the end offsets of this moment");
    out.printf(Locale.ROOT, "   COUNT(*) = %,d, from the batch headers alone%n", count("flights"));
    long start = System.nanoTime();
    out.println(indent(RANKING, "   > "));
    TableResult ranking = batch.executeSql(RANKING);
    out.printf(RANK_FORMAT, ranking.getResolvedSchema().getColumnNames().toArray());
    ranking
        .collect()
        .forEachRemaining(
            airport ->
                out.printf(
                    RANK_FORMAT,
                    IntStream.range(0, airport.getArity()).mapToObj(airport::getField).toArray()));
    out.printf(Locale.ROOT, "   answered in %.1f s%n", secondsSince(start));
  }

  private void showPlan() {
    step("5", "The plan: only the columns asked for are decoded");
    String query = "SELECT origin, AVG(delay_minutes) FROM flights GROUP BY origin";
    out.println("   > EXPLAIN " + query);
    String plan = batch.explainSql(query);
    String optimized = plan.substring(plan.indexOf("== Optimized Execution Plan"));
    out.println(indent(optimized.substring(optimized.indexOf('\n') + 1).strip(), "   "));
  }

  private void compareBytes() throws Exception {
    step("6", "Bytes on the log against the CSV");
    long csv = Files.size(scratch.resolve(FLIGHTS));
    long log = bytesOfTopic("fluss.flights");
    out.printf(
        Locale.ROOT,
        "   CSV %,d bytes, log %,d bytes: %.2fx, written live in small batches%n",
        csv,
        log,
        (double) log / csv);
  }

  private String warehouse(String format) {
    return scratch.resolve(format).toUri().toString();
  }

  private void keepInLakes() throws Exception {
    step("7", "Keep the history in lakes: flights in Paimon, the delay of each airport in Iceberg");
    sql(
        streaming,
        """
        ALTER TABLE flights SET (
          'table.datalake.enabled' = 'true', 'table.datalake.format' = 'paimon',
          'table.datalake.freshness' = '2 s'
        )""");
    sql(
        streaming,
        """
        CREATE TABLE delays (
          origin STRING, flights BIGINT, delay DOUBLE, PRIMARY KEY (origin) NOT ENFORCED
        ) WITH (
          'bucket.num' = '2', 'table.datalake.enabled' = 'true',
          'table.datalake.format' = 'iceberg', 'table.datalake.freshness' = '2 s'
        )""");
    sql(
            batch,
            """
            INSERT INTO delays SELECT origin, COUNT(*), AVG(CAST(delay_minutes AS DOUBLE))
            FROM flights GROUP BY origin""")
        .await();
    LakeStory lakes = new LakeStory(flink, bootstrap, batch, out);
    out.println("   One tiering job for each lake; they can be stopped and started at any time.");
    JobClient paimon = lakes.startTiering("paimon", warehouse("paimon"));
    JobClient iceberg = lakes.startTiering("iceberg", warehouse("iceberg"));
    lakes.awaitTiered("flights");
    lakes.awaitTiered("delays");
    lakes.showOffsets("flights");
    LakeStory.stop(paimon);
    LakeStory.stop(iceberg);
    readAsOne();
    readAsStrangers();
  }

  private void readAsOne() throws Exception {
    step("8", "Lake and log are one table: write some more, now that nobody tiers, and count");
    sql(
            batch,
            """
            INSERT INTO flights VALUES
              (900001, TIMESTAMP '2001-04-01 00:05:00', 7, 100, 'JFK', 'BOS'),
              (900002, TIMESTAMP '2001-04-01 00:06:00', 9, 100, 'BOS', 'JFK')""")
        .await();
    sql(batch, "INSERT INTO delays VALUES ('JFK', 1, 0.0), ('ZZZ', 1, 1.0)").await();
    out.printf(
        Locale.ROOT,
        "   flights: %,d in all, %,d of them in the lake; delays: %,d airports, %,d in the lake%n",
        count("flights"),
        count("`flights$lake`"),
        count("delays"),
        count("`delays$lake`"));
  }

  private void readAsStrangers() throws Exception {
    step("9", "And the lake tables are Paimon's and Iceberg's own: read them without us");
    out.printf(
        Locale.ROOT,
        "   Paimon's own reader finds %,d flights, Iceberg's own %,d airports%n",
        ForeignReaders.countInPaimon(warehouse("paimon"), "fluss", "flights"),
        ForeignReaders.countInIceberg(warehouse("iceberg"), "fluss", "delays"));
  }

  private long bytesOfTopic(String topic) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
      List<Integer> brokers =
          admin.describeCluster().nodes().get().stream().map(node -> node.id()).toList();
      long bytes = 0;
      for (Map<String, LogDirDescription> dirs :
          admin.describeLogDirs(brokers).allDescriptions().get().values()) {
        for (LogDirDescription dir : dirs.values()) {
          bytes +=
              dir.replicaInfos().entrySet().stream()
                  .filter(replica -> replica.getKey().topic().equals(topic))
                  .mapToLong(replica -> replica.getValue().size())
                  .sum();
        }
      }
      return bytes;
    }
  }

  private long count(String table) {
    return batch.executeSql("SELECT COUNT(*) FROM " + table).collect().next().getFieldAs(0);
  }

  /** A file that comes with the demo, as a file that Flink can read. */
  private Path unpack(String name) throws IOException {
    Path file = scratch.resolve(name);
    try (InputStream content = Demo.class.getResourceAsStream(name)) {
      Files.copy(Objects.requireNonNull(content, name), file);
    }
    return file;
  }

  private TableResult sql(TableEnvironment environment, String statement) {
    out.println(indent(statement + ";", "   > "));
    return environment.executeSql(statement);
  }

  private void step(String number, String what) {
    out.println();
    out.println(number + ". " + what);
  }

  private static String indent(String text, String prefix) {
    return text.lines().map(line -> prefix + line).reduce((a, b) -> a + "\n" + b).orElse(prefix);
  }

  private static double secondsSince(long nanos) {
    return (System.nanoTime() - nanos) / 1e9;
  }
}
