package io.fluss.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluss.write.KeyedBucketRouter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Rows of a bucket on their way through several tasks. */
class BucketShuffleTest {

  private static final int BUCKETS = 4;
  private static final int ROWS = 20_000;

  @RegisterExtension
  static final MiniClusterExtension FLINK =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(4)
              .build());

  @Test
  void eachBucketIsWrittenByOneTaskAndInOrder() throws Exception {
    // Given: two tasks make the rows, each one half of them in order
    TestTable table = TestTable.create(BUCKETS, List.of("id"));

    // When
    Jobs.write(Jobs.failing(), 2, ROWS, Jobs.UNLIMITED, row -> {}, Sinks.of(table)).execute();

    // Then: each of the two writing tasks has one producer
    Map<Integer, Set<Long>> producers = producersByBucket(table);
    assertThat(producers).hasSize(BUCKETS);
    assertThat(producers.values()).allSatisfy(ofBucket -> assertThat(ofBucket).hasSize(1));
    assertThat(producers.values().stream().flatMap(Set::stream).distinct()).hasSize(2);

    // Then
    KeyedBucketRouter router = KeyedBucketRouter.of(table.info());
    Map<Long, List<Long>> ids = table.idsByBucket();
    assertThat(ids.values().stream().mapToInt(List::size).sum()).isEqualTo(ROWS);
    ids.forEach(
        (bucket, ofBucket) -> {
          assertThat(ofBucket)
              .allSatisfy(
                  id -> assertThat((long) router.bucket(TestTable.row(id))).isEqualTo(bucket));
          assertThat(ofBucket.stream().filter(id -> id < ROWS / 2).toList()).isSorted();
          assertThat(ofBucket.stream().filter(id -> id >= ROWS / 2).toList()).isSorted();
        });
  }

  /** Who has written: brokers remember the producers of a bucket. */
  private static Map<Integer, Set<Long>> producersByBucket(TestTable table) throws Exception {
    List<TopicPartition> buckets =
        IntStream.range(0, BUCKETS)
            .mapToObj(bucket -> new TopicPartition(table.info().topic(), bucket))
            .toList();
    Map<Integer, Set<Long>> producers = new HashMap<>();
    try (Admin admin = Admin.create(table.kafka().adminProperties())) {
      admin
          .describeProducers(buckets)
          .all()
          .get()
          .forEach(
              (bucket, state) ->
                  producers.put(
                      bucket.partition(),
                      state.activeProducers().stream()
                          .map(ProducerState::producerId)
                          .collect(Collectors.toSet())));
    }
    return producers;
  }
}
