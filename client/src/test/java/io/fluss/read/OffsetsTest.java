package io.fluss.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class OffsetsTest {

  private static final TopicPartition FIRST = new TopicPartition("d.t.a", 0);
  private static final TopicPartition SECOND = new TopicPartition("d.t.b", 0);
  private static final List<TopicPartition> BUCKETS = List.of(FIRST, SECOND);

  /** The first holds 10..20, the record at time 500 is 15; the second is empty at 7. */
  private final LogOffsets log =
      new LogOffsets() {
        @Override
        public Map<TopicPartition, Long> logStart(Collection<TopicPartition> buckets) {
          return Map.of(FIRST, 10L, SECOND, 7L);
        }

        @Override
        public Map<TopicPartition, Long> logEnd(Collection<TopicPartition> buckets) {
          return Map.of(FIRST, 20L, SECOND, 7L);
        }

        @Override
        public Map<TopicPartition, Long> firstAtOrAfter(
            long epochMillis, Collection<TopicPartition> buckets) {
          Map<TopicPartition, Long> found = new HashMap<>();
          if (epochMillis <= 500) {
            found.put(FIRST, 15L);
          }
          return found;
        }
      };

  @Test
  void earliestBeginsWhereTheLogDoes() {
    assertThat(StartingOffsets.earliest().resolve(log, BUCKETS))
        .isEqualTo(Map.of(FIRST, 10L, SECOND, 7L));
  }

  @Test
  void latestBeginsBehindTheLastRecord() {
    assertThat(StartingOffsets.latest().resolve(log, BUCKETS))
        .isEqualTo(Map.of(FIRST, 20L, SECOND, 7L));
  }

  @Test
  void aTimeBeginsAtItsFirstRecordOrAtTheEndOfABucketWithoutOne() {
    assertThat(StartingOffsets.timestamp(500).resolve(log, BUCKETS))
        .isEqualTo(Map.of(FIRST, 15L, SECOND, 7L));
    assertThat(StartingOffsets.timestamp(501).resolve(log, BUCKETS))
        .isEqualTo(Map.of(FIRST, 20L, SECOND, 7L));
  }

  @Test
  void endsNeverAtTheEndOrBeforeATime() {
    assertThat(StoppingOffsets.never().bounded()).isFalse();
    assertThat(StoppingOffsets.never().resolve(log, BUCKETS)).isEmpty();
    assertThat(StoppingOffsets.latest().bounded()).isTrue();
    assertThat(StoppingOffsets.latest().resolve(log, BUCKETS))
        .isEqualTo(Map.of(FIRST, 20L, SECOND, 7L));
    assertThat(StoppingOffsets.timestamp(500).bounded()).isTrue();
    assertThat(StoppingOffsets.timestamp(500).resolve(log, BUCKETS))
        .isEqualTo(Map.of(FIRST, 15L, SECOND, 7L));
  }
}
