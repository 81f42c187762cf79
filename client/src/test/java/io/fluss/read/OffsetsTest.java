package io.fluss.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OffsetsTest {

  private static final List<Integer> BUCKETS = List.of(0, 1);

  /** Bucket 0 holds 10..20, the record at time 500 is 15; bucket 1 is empty at 7. */
  private final LogOffsets log =
      new LogOffsets() {
        @Override
        public Map<Integer, Long> logStart(Collection<Integer> buckets) {
          return Map.of(0, 10L, 1, 7L);
        }

        @Override
        public Map<Integer, Long> logEnd(Collection<Integer> buckets) {
          return Map.of(0, 20L, 1, 7L);
        }

        @Override
        public Map<Integer, Long> firstAtOrAfter(long epochMillis, Collection<Integer> buckets) {
          Map<Integer, Long> found = new HashMap<>();
          if (epochMillis <= 500) {
            found.put(0, 15L);
          }
          return found;
        }
      };

  @Test
  void earliestBeginsWhereTheLogDoes() {
    assertThat(StartingOffsets.earliest().resolve(log, BUCKETS)).isEqualTo(Map.of(0, 10L, 1, 7L));
  }

  @Test
  void latestBeginsBehindTheLastRecord() {
    assertThat(StartingOffsets.latest().resolve(log, BUCKETS)).isEqualTo(Map.of(0, 20L, 1, 7L));
  }

  @Test
  void aTimeBeginsAtItsFirstRecordOrAtTheEndOfABucketWithoutOne() {
    assertThat(StartingOffsets.timestamp(500).resolve(log, BUCKETS))
        .isEqualTo(Map.of(0, 15L, 1, 7L));
    assertThat(StartingOffsets.timestamp(501).resolve(log, BUCKETS))
        .isEqualTo(Map.of(0, 20L, 1, 7L));
  }

  @Test
  void endsNeverAtTheEndOrBeforeATime() {
    assertThat(StoppingOffsets.never().bounded()).isFalse();
    assertThat(StoppingOffsets.never().resolve(log, BUCKETS)).isEmpty();
    assertThat(StoppingOffsets.latest().bounded()).isTrue();
    assertThat(StoppingOffsets.latest().resolve(log, BUCKETS)).isEqualTo(Map.of(0, 20L, 1, 7L));
    assertThat(StoppingOffsets.timestamp(500).bounded()).isTrue();
    assertThat(StoppingOffsets.timestamp(500).resolve(log, BUCKETS))
        .isEqualTo(Map.of(0, 15L, 1, 7L));
  }
}
