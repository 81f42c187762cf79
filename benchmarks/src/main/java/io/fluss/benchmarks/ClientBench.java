package io.fluss.benchmarks;

import io.fluss.admin.TableDescriptor;
import io.fluss.client.Connection;
import io.fluss.client.ConnectionFactory;
import io.fluss.client.admin.OffsetSpec;
import io.fluss.client.lookup.Lookuper;
import io.fluss.client.scan.LogScanner;
import io.fluss.client.scan.ScanRecord;
import io.fluss.client.scan.ScanRecords;
import io.fluss.client.table.Table;
import io.fluss.client.write.AppendWriter;
import io.fluss.client.write.UpsertWriter;
import io.fluss.table.TablePath;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.VarBinaryType;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The Java client beside Kafka's own producer and consumer, which move the same bytes: rows of an
 * id and 1 KiB of noise, so that compression is nobody's advantage, in batches of 1 MB. Then rows
 * of an order, as they are: the client encodes and compresses them, the producer is given the
 * batches that came of it.
 */
final class ClientBench implements Bench {

  private static final long BYTES = Long.getLong("bench.megabytes", 1024) << 20;
  private static final long ROWS = Long.getLong("bench.rows", 2_000_000);
  private static final int PAYLOAD_BYTES = 1024;
  private static final int BATCH_BYTES = 1_000_000;
  private static final int BUCKETS = 4;
  private static final int ROUNDS = 3;
  private static final int KEYS = 200_000;
  private static final int LOOKUPS = 1_000_000;
  private static final Duration POLL = Duration.ofSeconds(10);
  private static final int PAYLOADS = 256;

  @Override
  public String name() {
    return "client";
  }

  @Override
  public String about() {
    return "the Java client's append, scan, upsert and lookup beside Kafka's producer and consumer"
        + " with the same bytes (about 2 min)";
  }

  @Override
  public void run(Results results) throws Exception {
    try (BrokerProcess broker = BrokerProcess.start()) {
      String servers = broker.bootstrapServers();
      try (Connection connection =
          ConnectionFactory.createConnection(
              Map.of(
                  "bootstrap.servers", servers, "client.writer.batch-size", BATCH_BYTES + "b"))) {
        payloads(connection, servers, results);
        orders(connection, servers, results);
        upserts(connection, servers, results);
      }
    }
  }

  // ------------------------------------------------------------------------------- incompressible

  private static void payloads(Connection connection, String servers, Results results)
      throws Exception {
    long rows = BYTES / PAYLOAD_BYTES;
    byte[][] payloads = new byte[PAYLOADS][PAYLOAD_BYTES];
    Random random = new Random(1);
    for (byte[] payload : payloads) {
      random.nextBytes(payload);
    }
    List<byte[]> noise = batchesOf(payloads);
    double[] append = new double[ROUNDS];
    double[] produce = new double[ROUNDS];
    double[] scan = new double[ROUNDS];
    double[] scanArrow = new double[ROUNDS];
    double[] consume = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      // In turn, since what the first writes is on its way to the disk when the second begins.
      if (round % 2 == 0) {
        produce[round] = produce(servers, topic(servers, round), noise, BYTES / BATCH_BYTES);
      }
      Table table = create(connection, "payloads" + round, payloadTable());
      append[round] = append(table, rows, payloads);
      scan[round] = scan(connection, table, rows);
      scanArrow[round] = scanArrow(connection, table, rows);
      if (round % 2 == 1) {
        produce[round] = produce(servers, topic(servers, round), noise, BYTES / BATCH_BYTES);
      }
      consume[round] = consume(servers, "raw-" + round);
    }
    double megabytes = rows * (double) PAYLOAD_BYTES / 1e6;
    double rawMegabytes = (BYTES / BATCH_BYTES) * (double) BATCH_BYTES / 1e6;
    add(results, "append", megabytes / best(append), rawMegabytes / best(produce));
    add(results, "scan", megabytes / best(scan), rawMegabytes / best(consume));
    add(results, "scan, Arrow", megabytes / best(scanArrow), rawMegabytes / best(consume));
  }

  private static String topic(String servers, int round) throws Exception {
    createTopic(servers, "raw-" + round);
    return "raw-" + round;
  }

  private static TableDescriptor.Builder payloadTable() {
    return TableDescriptor.builder()
        .column("id", new BigIntType(false))
        .column("payload", new VarBinaryType(VarBinaryType.MAX_LENGTH))
        .option("table.log.arrow.compression.type", "NONE");
  }

  /** Kafka's records are as large as the client's batches, and of the same noise. */
  private static List<byte[]> batchesOf(byte[][] payloads) {
    List<byte[]> batches = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      byte[] batch = new byte[BATCH_BYTES];
      for (int at = 0; at < BATCH_BYTES; at += PAYLOAD_BYTES) {
        byte[] payload = payloads[(i * 31 + at / PAYLOAD_BYTES) % PAYLOADS];
        System.arraycopy(payload, 0, batch, at, Math.min(PAYLOAD_BYTES, BATCH_BYTES - at));
      }
      batches.add(batch);
    }
    return batches;
  }

  private static double append(Table table, long rows, byte[][] payloads) {
    long start = System.nanoTime();
    try (AppendWriter writer = table.newAppend().createWriter()) {
      GenericRowData row = new GenericRowData(2);
      for (long i = 0; i < rows; i++) {
        row.setField(0, i);
        row.setField(1, payloads[(int) (i % PAYLOADS)]);
        writer.append(row);
      }
      writer.flush();
    }
    return since(start);
  }

  // -------------------------------------------------------------------------------------- orders

  private static void orders(Connection connection, String servers, Results results)
      throws Exception {
    double[] append = new double[ROUNDS];
    double[] produce = new double[ROUNDS];
    double[] scan = new double[ROUNDS];
    double[] consume = new double[ROUNDS];
    long bytes = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Table table = create(connection, "orders" + round, ordersTable());
      long start = System.nanoTime();
      try (AppendWriter writer = table.newAppend().createWriter()) {
        for (long i = 0; i < ROWS; i++) {
          writer.append(OrderRows.row(i));
        }
        writer.flush();
      }
      append[round] = since(start);
      scan[round] = scan(connection, table, ROWS);
      List<byte[]> batches = batches(servers, table.getTableInfo().topic());
      bytes = batches.stream().mapToLong(b -> b.length).sum();
      String topic = "raw-orders-" + round;
      createTopic(servers, topic);
      produce[round] = produce(servers, topic, batches, batches.size());
      consume[round] = consume(servers, topic);
    }
    addRows(results, "append orders", ROWS / best(append), ROWS / best(produce), bytes);
    addRows(results, "scan orders", ROWS / best(scan), ROWS / best(consume), bytes);
  }

  private static TableDescriptor.Builder ordersTable() {
    TableDescriptor.Builder descriptor = TableDescriptor.builder();
    OrderRows.TYPE
        .getFields()
        .forEach(field -> descriptor.column(field.getName(), field.getType()));
    return descriptor;
  }

  /** The records of a log as they are stored. */
  private static List<byte[]> batches(String servers, String topic) {
    List<byte[]> batches = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(servers, topic)) {
      Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
      long left = ends.values().stream().mapToLong(Long::longValue).sum();
      while (batches.size() < left) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          batches.add(record.value());
        }
      }
    }
    return batches;
  }

  // ------------------------------------------------------------------------- primary-key tables

  private static void upserts(Connection connection, String servers, Results results)
      throws Exception {
    Table table =
        create(
            connection,
            "keyed",
            TableDescriptor.builder()
                .column("id", new BigIntType(false))
                .column("payload", new VarBinaryType(VarBinaryType.MAX_LENGTH))
                .primaryKey(List.of("id")));
    byte[] payload = new byte[100];
    double[] upsert = new double[ROUNDS];
    double[] produce = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      new Random(round).nextBytes(payload);
      long start = System.nanoTime();
      try (UpsertWriter writer = table.newUpsert().createWriter()) {
        GenericRowData row = new GenericRowData(2);
        for (long i = 0; i < 5L * KEYS; i++) {
          row.setField(0, i % KEYS);
          row.setField(1, payload);
          writer.upsert(row);
        }
        writer.flush();
      }
      upsert[round] = since(start);
      String topic = "raw-keyed-" + round;
      createTopic(servers, topic);
      produce[round] = produceRows(servers, topic, payload);
    }
    addRows(results, "upsert", 5L * KEYS / best(upsert), 5L * KEYS / best(produce), 0);
    lookups(table, results);
  }

  private static double produceRows(String servers, String topic, byte[] payload) {
    Properties settings = new Properties();
    settings.put("bootstrap.servers", servers);
    settings.put("acks", "all");
    settings.put("linger.ms", "20");
    settings.put("batch.size", Integer.toString(512 * 1024));
    settings.put("buffer.memory", Long.toString(64 << 20));
    settings.put("compression.type", "lz4");
    long start = System.nanoTime();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (long i = 0; i < 5L * KEYS; i++) {
        long id = i % KEYS;
        byte[] key = new byte[9];
        for (int b = 0; b < 8; b++) {
          key[1 + b] = (byte) (id >>> (56 - 8 * b));
        }
        byte[] value = new byte[payload.length + 8];
        System.arraycopy(payload, 0, value, 8, payload.length);
        producer.send(new ProducerRecord<>(topic, (int) (id % BUCKETS), key, value));
      }
      producer.flush();
    }
    return since(start);
  }

  private static void lookups(Table table, Results results) throws Exception {
    try (Lookuper lookuper = table.newLookup().createLookuper()) {
      long cold = System.nanoTime();
      for (long key = 0; key < 64; key++) {
        lookuper.lookup(GenericRowData.of(key)).get();
      }
      double coldSeconds = since(cold);
      long found = 0;
      long start = System.nanoTime();
      GenericRowData key = new GenericRowData(1);
      for (long i = 0; i < LOOKUPS; i++) {
        key.setField(0, i * 7919 % KEYS);
        CompletableFuture<?> answer = lookuper.lookup(key);
        found += answer.isDone() ? 1 : 0;
      }
      results.add(
          "bench",
          "client",
          "what",
          "lookup",
          "rows_per_s",
          LOOKUPS / since(start),
          "ms_until_all_buckets_answer",
          coldSeconds * 1e3,
          "answered_at_once",
          (double) found / LOOKUPS);
    }
  }

  // ---------------------------------------------------------------------------------------- both

  private static Table create(
      Connection connection, String name, TableDescriptor.Builder descriptor) {
    TablePath path = TablePath.of("fluss", name);
    connection.getAdmin().createTable(path, descriptor.buckets(BUCKETS).build(), false).join();
    return connection.getTable(path);
  }

  private static double scan(Connection connection, Table table, long rows) {
    long sum = 0;
    long start = System.nanoTime();
    try (LogScanner scanner = fromBeginning(connection, table)) {
      long left = rows;
      while (left > 0) {
        ScanRecords records = scanner.poll(POLL);
        for (ScanRecord record : records) {
          RowData row = record.getRow();
          sum += row.getLong(0);
        }
        left -= records.count();
      }
    }
    double seconds = since(start);
    if (sum != rows * (rows - 1) / 2) {
      throw new IllegalStateException("The sum of the ids is " + sum + ".");
    }
    return seconds;
  }

  private static double scanArrow(Connection connection, Table table, long rows) {
    long start = System.nanoTime();
    try (LogScanner scanner = fromBeginning(connection, table)) {
      long left = rows;
      while (left > 0) {
        left -= scanner.pollArrow(POLL).count();
      }
    }
    return since(start);
  }

  private static LogScanner fromBeginning(Connection connection, Table table) {
    List<Integer> buckets = IntStream.range(0, BUCKETS).boxed().toList();
    Map<Integer, Long> offsets =
        connection
            .getAdmin()
            .listOffsets(table.getTableInfo().path(), buckets, OffsetSpec.earliest())
            .join();
    LogScanner scanner = table.newScan().createLogScanner();
    offsets.forEach(scanner::subscribe);
    return scanner;
  }

  private static void createTopic(String servers, String topic) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      NewTopic made = new NewTopic(topic, BUCKETS, (short) 1);
      made.configs(Map.of("max.message.bytes", Integer.toString(16 << 20)));
      admin.createTopics(List.of(made)).all().get();
      awaitLeaders(admin, topic);
    }
  }

  /** Without, a producer may write to a leader that is not one yet, and wait for two minutes. */
  private static void awaitLeaders(Admin admin, String topic) throws Exception {
    Map<TopicPartition, org.apache.kafka.clients.admin.OffsetSpec> ends = new HashMap<>();
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
      ends.put(
          new TopicPartition(topic, bucket), org.apache.kafka.clients.admin.OffsetSpec.latest());
    }
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (true) {
      try {
        admin.listOffsets(ends).all().get();
        return;
      } catch (ExecutionException e) {
        if (System.nanoTime() > deadline) {
          throw e;
        }
        LockSupport.parkNanos(20_000_000);
      }
    }
  }

  private static double produce(String servers, String topic, List<byte[]> batches, long count) {
    Properties settings = new Properties();
    settings.put("bootstrap.servers", servers);
    settings.put("acks", "all");
    settings.put("linger.ms", "0");
    settings.put("buffer.memory", Long.toString(64 << 20));
    settings.put("max.request.size", Integer.toString(16 << 20));
    long start = System.nanoTime();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (long i = 0; i < count; i++) {
        producer.send(
            new ProducerRecord<>(
                topic, (int) (i % BUCKETS), null, batches.get((int) (i % batches.size()))));
      }
      producer.flush();
    }
    return since(start);
  }

  private static KafkaConsumer<byte[], byte[]> consumer(String servers, String topic) {
    Properties settings = new Properties();
    settings.put("bootstrap.servers", servers);
    settings.put("auto.offset.reset", "earliest");
    settings.put("max.partition.fetch.bytes", Integer.toString(8 << 20));
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> places =
        IntStream.range(0, BUCKETS).mapToObj(b -> new TopicPartition(topic, b)).toList();
    consumer.assign(places);
    consumer.seekToBeginning(places);
    return consumer;
  }

  private static double consume(String servers, String topic) {
    long start = System.nanoTime();
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(servers, topic)) {
      long left =
          consumer.endOffsets(consumer.assignment()).values().stream()
              .mapToLong(Long::longValue)
              .sum();
      while (left > 0) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
        left -= records.count();
      }
    }
    return since(start);
  }

  private static void add(Results results, String what, double ours, double raw) {
    results.add(
        "bench",
        "client",
        "what",
        what,
        "mb_per_s",
        ours,
        "raw_mb_per_s",
        raw,
        "ours_to_raw",
        ours / raw);
  }

  private static void addRows(
      Results results, String what, double ours, double raw, long storedBytes) {
    results.add(
        "bench",
        "client",
        "what",
        what,
        "rows_per_s",
        ours,
        "raw_rows_per_s",
        raw,
        "ours_to_raw",
        ours / raw,
        "stored_mb",
        storedBytes / 1e6);
  }

  /** Of the rounds after the first, which warms up. */
  private static double best(double[] seconds) {
    double best = Double.MAX_VALUE;
    for (int i = 1; i < seconds.length; i++) {
      best = Math.min(best, seconds[i]);
    }
    return best;
  }

  private static double since(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
