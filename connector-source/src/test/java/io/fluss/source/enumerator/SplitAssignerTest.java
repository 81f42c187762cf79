package io.fluss.source.enumerator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluss.lake.LakeSplit;
import io.fluss.source.split.LakeTableSplit;
import io.fluss.source.split.TableBucket;
import io.fluss.union.LakeRest;
import java.util.List;
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

  @Test
  void sharesOutTheLakeByItsBytes() {
    // When
    Map<String, Integer> readers =
        SplitAssigner.readersOf(
            List.of(lake("a", 90), lake("b", 30), lake("c", 30), lake("d", 20), lake("e", 10)), 2);

    // Then
    assertThat(readers).containsOnlyKeys("a", "b", "c", "d", "e");
    assertThat(readers.get("a")).isNotEqualTo(readers.get("b")).isNotEqualTo(readers.get("d"));
    assertThat(readers.get("c")).isEqualTo(readers.get("b"));
  }

  private static LakeTableSplit lake(String id, int megabytes) {
    LakeSplit split = new LakeSplit(null, 0, (long) megabytes << 20, 1, new byte[0]);
    return new LakeTableSplit(id, LakeRest.all(List.of(split), 0));
  }

  private static Map<Integer, Long> assign(String topic, int buckets, int parallelism) {
    return IntStream.range(0, buckets)
        .mapToObj(b -> SplitAssigner.readerOf(new TableBucket(topic, null, null, b), parallelism))
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
  }
}
