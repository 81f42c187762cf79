package io.fluss.source.reader;

import io.fluss.read.LogBatch;

/**
 * Rows of one batch that are emitted in one go; checkpoints happen between slices.
 *
 * @param from first row
 * @param to behind the last row
 */
record RowSlice(LogBatch batch, int from, int to) {}
