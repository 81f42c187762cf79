package io.fluss.lake;

import io.fluss.read.LogBatch;

/** Writes rows of a log table. */
public interface LakeAppender extends LakeWriter {

  /**
   * Writes the rows of a batch, in their order.
   *
   * @param batch all physical columns in the table's current schema, see {@link
   *     io.fluss.table.TableInfo#rowType}, and where each row is in the log
   */
  void append(LogBatch batch);
}
