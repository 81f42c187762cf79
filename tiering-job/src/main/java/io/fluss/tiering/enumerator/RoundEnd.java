package io.fluss.tiering.enumerator;

import io.fluss.lake.LakeSnapshot;

/** How a round ended. */
sealed interface RoundEnd {

  /** Its rows are in the lake, or at least the offsets that it has passed. */
  record Committed(LakeSnapshot snapshot, int files) implements RoundEnd {}

  /** Its range held no rows, and the lake has no snapshot yet that says where to go on. */
  record Empty() implements RoundEnd {}

  /** Another round was faster; nothing of this one is in the lake. */
  record Overtaken(String reason) implements RoundEnd {}

  /**
   * Nothing of it is in the lake, as far as is known.
   *
   * @param lakeIsAsBefore whether the lake was seen to have what the round began with
   */
  record Failed(String reason, boolean lakeIsAsBefore) implements RoundEnd {

    Failed(String reason) {
      this(reason, false);
    }
  }
}
