package io.fluss.source.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluss.read.LogPosition;
import io.fluss.source.split.LogSplit;
import io.fluss.source.split.TableBucket;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class OffsetsToCommitTest {

  private final OffsetsToCommit offsets = new OffsetsToCommit();

  @Test
  void repeatsTheEndOfAFinishedSplitUntilItIsCommitted() {
    // Given
    offsets.finished(split(0, 7));
    offsets.snapshot(1, List.of(split(1, 3)));
    Map<TopicPartition, OffsetAndMetadata> failed = offsets.completed(1);

    // When
    offsets.snapshot(2, List.of(split(1, 4)));
    Map<TopicPartition, OffsetAndMetadata> repeated = offsets.completed(2);
    offsets.committed(repeated);
    offsets.snapshot(3, List.of(split(1, 5)));

    // Then
    assertThat(failed).isEqualTo(Map.of(bucket(0), at(7), bucket(1), at(3)));
    assertThat(repeated).isEqualTo(Map.of(bucket(0), at(7), bucket(1), at(4)));
    assertThat(offsets.completed(3)).isEqualTo(Map.of(bucket(1), at(5)));
  }

  @Test
  void forgetsTheCheckpointsBeforeTheOneThatCompleted() {
    // Given
    offsets.snapshot(1, List.of(split(0, 1)));
    offsets.snapshot(2, List.of(split(0, 2)));

    // When
    Map<TopicPartition, OffsetAndMetadata> second = offsets.completed(2);

    // Then
    assertThat(second).isEqualTo(Map.of(bucket(0), at(2)));
    assertThat(offsets.completed(1)).isEmpty();
  }

  private static LogSplit split(int bucket, long offset) {
    return new LogSplit(
        new TableBucket("d.t", null, null, bucket), new LogPosition(offset, 5), null, 0);
  }

  private static TopicPartition bucket(int bucket) {
    return new TopicPartition("d.t", bucket);
  }

  private static OffsetAndMetadata at(long offset) {
    return new OffsetAndMetadata(offset);
  }
}
