package io.fluss.union;

import io.fluss.lake.LakeSnapshot;
import java.io.Serializable;

/**
 * A snapshot of a lake that a read stays with.
 *
 * @param completeAtMillis records that were appended before this time are in the snapshot, or
 *     tiering has begun at it, whichever is later; epoch milliseconds. {@link #UNKNOWN} where
 *     nobody has said so, or nobody wants to know
 */
public record PinnedLake(LakeSnapshot snapshot, long completeAtMillis) implements Serializable {

  public static final long UNKNOWN = 0;
}
