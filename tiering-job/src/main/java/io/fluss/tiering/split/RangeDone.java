package io.fluss.tiering.split;

import javax.annotation.Nullable;
import org.apache.flink.api.connector.source.SourceEvent;

/**
 * A range, or its beginning, is in files of the lake.
 *
 * @param round see {@link RangeSplit}
 * @param index see {@link RangeSplit}
 * @param next the files have the records from the start of the range to before this offset
 * @param written what the committer needs of the files, null where there is none
 * @param rows written, deletes included
 * @param logBytes of the records read, as stored
 * @param lakeBytes of the files, as far as is known
 * @param maxTimestampMillis the greatest timestamp of the records read; -1 where there was none
 * @param lastTimestampMillis that of the last one; -1 where there was none
 */
public record RangeDone(
    long round,
    int index,
    long next,
    @Nullable byte[] written,
    long rows,
    long logBytes,
    long lakeBytes,
    long maxTimestampMillis,
    long lastTimestampMillis)
    implements SourceEvent {

  private static final long serialVersionUID = 1L;
}
