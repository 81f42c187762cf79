package io.fluss.tiering.reader;

/**
 * What was read of a range.
 *
 * @param next the offset behind what was read
 * @param bytes of the records, as stored
 * @param maxTimestampMillis the greatest of the records' timestamps, -1 where there was none
 * @param lastTimestampMillis that of the last record, -1 where there was none
 */
record RangeRead(long next, long bytes, long maxTimestampMillis, long lastTimestampMillis) {}
