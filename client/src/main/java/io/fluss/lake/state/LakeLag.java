package io.fluss.lake.state;

import java.util.List;
import java.util.Optional;
import javax.annotation.Nullable;
import org.apache.flink.annotation.PublicEvolving;

/**
 * How far the lake of a table is behind its log, as far as that was recorded.
 *
 * @param recordedState see {@link #state}, null where nobody has begun to tier the table
 * @param buckets by partition topic and bucket
 */
@PublicEvolving
public record LakeLag(@Nullable LakeState recordedState, List<BucketLag> buckets) {

  public LakeLag {
    buckets = List.copyOf(buckets);
  }

  /** Newest snapshot, and why the table is not tiered; empty where nobody has begun. */
  public Optional<LakeState> state() {
    return Optional.ofNullable(recordedState);
  }
}
