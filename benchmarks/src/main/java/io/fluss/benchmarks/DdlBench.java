package io.fluss.benchmarks;

import io.fluss.admin.TableAdmin;
import io.fluss.admin.TableDescriptor;
import io.fluss.kafka.ClientConfig;
import io.fluss.partition.Partition;
import io.fluss.partition.PartitionName;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/**
 * Creates a table of 1,024 buckets, and one of 100 partitions with 4 buckets each, beside Kafka's
 * admin client making the same topics: until the call returns, and until every bucket answers.
 * Taken in turn on one broker, each of the two first in every other round; one round warms up and
 * is not reported. Nothing is dropped meanwhile: a broker that deletes a thousand logs is slow at
 * all else.
 */
final class DdlBench implements Bench {

  private static final int ROUNDS = Integer.getInteger("bench.rounds", 5);
  private static final int BUCKETS = 1024;
  private static final int PARTITIONS = 100;
  private static final int BUCKETS_OF_PARTITION = 4;
  private static final long PATIENCE_NANOS = 120_000_000_000L;
  private static final long POLL_NANOS = 5_000_000L;

  private enum Subject {
    FLUSS,
    KAFKA_ADMIN
  }

  /** What is created. */
  private enum Shape {
    BUCKETS(DdlBench.BUCKETS),
    PARTITIONS(BUCKETS_OF_PARTITION);

    private final int buckets;

    Shape(int bucketsOfTopic) {
      this.buckets = bucketsOfTopic;
    }
  }

  @Override
  public String name() {
    return "ddl";
  }

  @Override
  public String about() {
    return "create a table of 1,024 buckets and one of 100 partitions, beside Kafka's admin client"
        + " alone (about 2 min)";
  }

  @Override
  public void run(Results results) throws Exception {
    for (Shape shape : Shape.values()) {
      run(shape, results);
    }
  }

  private static void run(Shape shape, Results results) throws Exception {
    double[][] returned = new double[Subject.values().length][ROUNDS];
    double[][] ready = new double[Subject.values().length][ROUNDS];
    try (BrokerProcess broker = BrokerProcess.start();
        Admin kafka = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
        TableAdmin tables =
            TableAdmin.connect(new ClientConfig(broker.bootstrapServers(), Map.of()))) {
      tables.createDatabase("bench", null, Map.of());
      for (int round = 0; round <= ROUNDS; round++) {
        for (Subject subject : order(round)) {
          long start = System.nanoTime();
          Collection<String> topics =
              subject == Subject.FLUSS
                  ? createTable(shape, "t" + round, tables)
                  : createTopics(shape, "raw.t" + round, kafka);
          double returnedMillis = millisSince(start);
          awaitEveryBucket(topics, shape.buckets, kafka);
          if (round > 0) {
            returned[subject.ordinal()][round - 1] = returnedMillis;
            ready[subject.ordinal()][round - 1] = millisSince(start);
          }
        }
      }
    }
    report(shape, returned, ready, results);
  }

  private static List<Subject> order(int round) {
    return round % 2 == 0
        ? List.of(Subject.FLUSS, Subject.KAFKA_ADMIN)
        : List.of(Subject.KAFKA_ADMIN, Subject.FLUSS);
  }

  /** Returns the topics. */
  private static Collection<String> createTable(Shape shape, String name, TableAdmin tables) {
    TableDescriptor.Builder wanted =
        TableDescriptor.builder().column("id", new BigIntType()).buckets(shape.buckets);
    TablePath path = TablePath.of("bench", name);
    if (shape == Shape.BUCKETS) {
      return List.of(tables.createTable(path, wanted.build()).topic());
    }
    TableInfo table =
        tables.createTable(
            path, wanted.column("part", new IntType()).partitionKeys(List.of("part")).build());
    return tables.createPartitions(table, partitions()).values().stream()
        .map(Partition::topic)
        .toList();
  }

  private static List<PartitionName> partitions() {
    return IntStream.range(0, PARTITIONS)
        .mapToObj(i -> PartitionName.of(Integer.toString(i)))
        .toList();
  }

  private static Collection<String> createTopics(Shape shape, String name, Admin kafka)
      throws Exception {
    List<String> topics =
        shape == Shape.BUCKETS
            ? List.of(name)
            : IntStream.range(0, PARTITIONS).mapToObj(i -> name + "." + i).toList();
    kafka
        .createTopics(
            topics.stream()
                .map(t -> new NewTopic(t, Optional.of(shape.buckets), Optional.empty()))
                .toList())
        .all()
        .get();
    return topics;
  }

  private static void awaitEveryBucket(Collection<String> topics, int buckets, Admin kafka)
      throws Exception {
    Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
    for (String topic : topics) {
      for (int bucket = 0; bucket < buckets; bucket++) {
        wanted.put(new TopicPartition(topic, bucket), OffsetSpec.latest());
      }
    }
    long limit = System.nanoTime() + PATIENCE_NANOS;
    while (true) {
      try {
        kafka.listOffsets(wanted).all().get();
        return;
      } catch (ExecutionException e) {
        if (System.nanoTime() > limit) {
          throw e;
        }
        LockSupport.parkNanos(POLL_NANOS);
      }
    }
  }

  private static double millisSince(long start) {
    return (System.nanoTime() - start) / 1e6;
  }

  private static void report(Shape shape, double[][] returned, double[][] ready, Results results) {
    for (Subject subject : Subject.values()) {
      double[] returns = sorted(returned[subject.ordinal()]);
      double[] readies = sorted(ready[subject.ordinal()]);
      results.add(
          "bench",
          "ddl",
          "system",
          subject.name().toLowerCase(java.util.Locale.ROOT),
          "partitions",
          shape == Shape.BUCKETS ? 0 : PARTITIONS,
          "buckets",
          shape.buckets,
          "returns_p50_ms",
          returns[returns.length / 2],
          "returns_max_ms",
          returns[returns.length - 1],
          "ready_p50_ms",
          readies[readies.length / 2],
          "ready_max_ms",
          readies[readies.length - 1],
          "ready_ratio",
          readies[readies.length / 2]
              / sorted(ready[Subject.KAFKA_ADMIN.ordinal()])[readies.length / 2]);
    }
  }

  private static double[] sorted(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted;
  }
}
