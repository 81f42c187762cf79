package io.fluss.tiering.split;

import org.apache.flink.api.connector.source.SourceEvent;

/**
 * A range could not be read or written; no file of it is left.
 *
 * @param round see {@link RangeSplit}
 * @param index see {@link RangeSplit}
 * @param reason for the user
 * @param isGap whether what the range needs is gone for good
 */
public record RangeFailed(long round, int index, String reason, boolean isGap)
    implements SourceEvent {

  private static final long serialVersionUID = 1L;
}
