package io.fluss.client.scan;

import org.apache.flink.annotation.PublicEvolving;

/**
 * A row as an object, and where in the log it is.
 *
 * @param logOffset see {@link ScanRecord#logOffset}
 * @param timestamp see {@link ScanRecord#timestamp}
 * @param value of the row. Of the end of a row only the columns of the primary key are set
 */
@PublicEvolving
public record TypedScanRecord<T>(long logOffset, long timestamp, ChangeType changeType, T value) {}
