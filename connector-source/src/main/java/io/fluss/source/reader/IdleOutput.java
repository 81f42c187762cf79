package io.fluss.source.reader;

import io.fluss.source.split.TableSplit;
import java.util.Collection;
import javax.annotation.Nullable;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.table.data.RowData;

/**
 * Keeps a reader that has nothing to read from holding the watermark back. Where partitions can
 * come, such a reader does not end. Task thread.
 */
final class IdleOutput {

  @Nullable private ReaderOutput<RowData> output;
  private boolean assigned;

  /** The output of the reader, known with its first poll. */
  void use(ReaderOutput<RowData> newOutput) {
    output = newOutput;
  }

  /** The reader has got its splits of all partitions that are known. */
  void assigned() {
    assigned = true;
  }

  /** To be called where nothing is available. */
  void idleWithout(int splits) {
    if (output != null && assigned && splits == 0) {
      output.markIdle();
    }
  }

  /**
   * Splits that are let go: a watermark of theirs must not be what the reader's stands still at.
   */
  void idle(Collection<TableSplit> splits) {
    if (output != null) {
      splits.forEach(s -> output.createOutputForSplit(s.splitId()).markIdle());
    }
  }
}
