package io.fluss.source.enumerator;

import io.fluss.source.split.TableSplit;
import io.fluss.union.PinnedLake;
import java.util.List;
import javax.annotation.Nullable;

/**
 * What is to be read.
 *
 * @param lake the snapshot that splits were made of, null where the log alone is read
 */
record Discovered(List<TableSplit> splits, @Nullable PinnedLake lake) {

  Discovered {
    splits = List.copyOf(splits);
  }
}
