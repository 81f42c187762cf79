package io.fluss.lake;

import java.io.Serializable;
import org.apache.flink.annotation.PublicEvolving;

/**
 * A snapshot of a lake table.
 *
 * @param id the format's own number of it
 * @param offsets what of the log it has
 * @param committedAtMillis when it was made, epoch milliseconds
 */
@PublicEvolving
public record LakeSnapshot(long id, LakeOffsets offsets, long committedAtMillis)
    implements Serializable {}
