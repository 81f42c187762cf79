package io.fluss.source.enumerator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluss.source.split.TableBucket;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SplitAssignerTest {

  @Test
  void spreadsBucketsEvenly() {
    Map<Integer, Long> bucketsByReader = assign("d.t", 10, 4);
    assertThat(bucketsByReader.keySet()).containsExactlyInAnyOrder(0, 1, 2, 3);
    assertThat(bucketsByReader.values()).containsExactlyInAnyOrder(3L, 3L, 2L, 2L);
  }

  @Test
  void beginsElsewhereForOtherTopics() {
    long firstReaders =
        IntStream.range(0, 100)
            .map(i -> SplitAssigner.readerOf(new TableBucket("d.t.2025-" + i, null, null, 0), 4))
            .distinct()
            .count();
    assertThat(firstReaders).isEqualTo(4);
  }

  @Test
  void leavesReadersIdleWhereThereAreMoreThanBuckets() {
    assertThat(assign("d.t", 2, 8)).hasSize(2);
  }

  private static Map<Integer, Long> assign(String topic, int buckets, int parallelism) {
    return IntStream.range(0, buckets)
        .mapToObj(b -> SplitAssigner.readerOf(new TableBucket(topic, null, null, b), parallelism))
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
  }
}
