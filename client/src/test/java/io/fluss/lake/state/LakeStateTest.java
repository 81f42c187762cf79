package io.fluss.lake.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluss.lake.LakeOffsets;
import io.fluss.lake.LakeSnapshot;
import io.fluss.lake.TopicOffsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is recorded is said of one snapshot, and the lake may have another. */
class LakeStateTest {

  private static final LakeState BEGUN = LakeState.begun(UUID.randomUUID(), "paimon", 1_000);
  private static final LakeState TIERED = BEGUN.tiered(snapshot(7, 500, "a", 5L, 3L), 1_000);

  @Test
  void aSnapshotThatHasAsMuchIsAsComplete() {
    assertThat(TIERED.completeAtMillis(snapshot(7, 500, "a", 5L, 3L))).isEqualTo(1_000);
    assertThat(TIERED.completeAtMillis(snapshot(8, 700, "a", 5L, 3L)))
        .as("compacted by somebody")
        .isEqualTo(1_000);
    assertThat(TIERED.completeAtMillis(snapshot(8, 700, "a", 5L, 4L)))
        .as("committed and not recorded")
        .isEqualTo(1_000);
  }

  @Test
  void aLakeThatWasRolledBackIsOfUnknownAge() {
    LakeSnapshot before = snapshot(3, 900, "a", 5L, 2L);

    assertThat(TIERED.completeAtMillis(before)).isZero();
    assertThat(TIERED.repaired(before).completeAtMillis()).isZero();
  }

  @Test
  void aSnapshotOfWhichNothingIsRecordedIsCompleteUpToItsTime() {
    LakeSnapshot old = snapshot(3, 200, "b", 9L);

    assertThat(BEGUN.completeAtMillis(old)).isEqualTo(200);
    assertThat(BEGUN.repaired(old).completeAtMillis()).isEqualTo(200);
    assertThat(TIERED.completeAtMillis(old)).isEqualTo(200);
    assertThat(BEGUN.completeAtMillis(snapshot(3, 2_000, "b", 9L))).isEqualTo(1_000);
    assertThat(BEGUN.repaired(null).completeAtMillis()).isEqualTo(1_000);
  }

  private static LakeSnapshot snapshot(long id, long committedAt, String topicId, Long... next) {
    return new LakeSnapshot(
        id,
        new LakeOffsets(List.of(new TopicOffsets(null, topicId, List.of(next), -1))),
        committedAt);
  }
}
