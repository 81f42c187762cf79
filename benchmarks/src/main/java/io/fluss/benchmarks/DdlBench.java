package io.fluss.benchmarks;

import io.fluss.admin.TableAdmin;
import io.fluss.admin.TableDescriptor;
import io.fluss.kafka.ClientConfig;
import io.fluss.table.TablePath;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/**
 * Creates a table of 1,024 buckets, beside Kafka's admin client making a topic of as many
 * partitions: until the call returns, and until every bucket answers. Taken in turn on one broker,
 * each of the two first in every other round; one round warms up and is not reported. Nothing is
 * dropped meanwhile: a broker that deletes a thousand logs is slow at all else.
 */
final class DdlBench implements Bench {

  private static final int ROUNDS = Integer.getInteger("bench.rounds", 5);
  private static final int BUCKETS = 1024;
  private static final long PATIENCE_NANOS = 120_000_000_000L;
  private static final long POLL_NANOS = 5_000_000L;

  private enum Subject {
    FLUSS,
    KAFKA_ADMIN
  }

  @Override
  public String name() {
    return "ddl";
  }

  @Override
  public String about() {
    return "create a table of 1,024 buckets, beside Kafka's admin client alone (about 1 min)";
  }

  @Override
  public void run(Results results) throws Exception {
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
          String topic = create(subject, "t" + round, tables, kafka);
          double returnedMillis = millisSince(start);
          awaitEveryBucket(topic, kafka);
          if (round > 0) {
            returned[subject.ordinal()][round - 1] = returnedMillis;
            ready[subject.ordinal()][round - 1] = millisSince(start);
          }
        }
      }
    }
    report(returned, ready, results);
  }

  private static List<Subject> order(int round) {
    return round % 2 == 0
        ? List.of(Subject.FLUSS, Subject.KAFKA_ADMIN)
        : List.of(Subject.KAFKA_ADMIN, Subject.FLUSS);
  }

  /** Returns the topic. */
  private static String create(Subject subject, String name, TableAdmin tables, Admin kafka)
      throws Exception {
    return switch (subject) {
      case FLUSS ->
          tables
              .createTable(
                  TablePath.of("bench", name),
                  TableDescriptor.builder().column("id", new BigIntType()).buckets(BUCKETS).build())
              .topic();
      case KAFKA_ADMIN -> {
        String topic = "raw." + name;
        kafka
            .createTopics(List.of(new NewTopic(topic, Optional.of(BUCKETS), Optional.empty())))
            .all()
            .get();
        yield topic;
      }
    };
  }

  private static void awaitEveryBucket(String topic, Admin kafka) throws Exception {
    Map<TopicPartition, OffsetSpec> buckets = new HashMap<>();
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
      buckets.put(new TopicPartition(topic, bucket), OffsetSpec.latest());
    }
    long limit = System.nanoTime() + PATIENCE_NANOS;
    while (true) {
      try {
        kafka.listOffsets(buckets).all().get();
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

  private static void report(double[][] returned, double[][] ready, Results results) {
    for (Subject subject : Subject.values()) {
      double[] returns = sorted(returned[subject.ordinal()]);
      double[] readies = sorted(ready[subject.ordinal()]);
      results.add(
          "bench",
          "ddl",
          "system",
          subject.name().toLowerCase(java.util.Locale.ROOT),
          "buckets",
          BUCKETS,
          "returns_p50_ms",
          returns[returns.length / 2],
          "returns_max_ms",
          returns[returns.length - 1],
          "ready_p50_ms",
          readies[readies.length / 2],
          "ready_max_ms",
          readies[readies.length - 1]);
    }
  }

  private static double[] sorted(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted;
  }
}
