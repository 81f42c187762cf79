package io.fluss.source.enumerator;

import io.fluss.source.split.TableSplit;
import java.util.List;

/**
 * What an enumerator knows that its readers do not.
 *
 * @param discovered whether the splits have been made; their ranges are decided once
 * @param unassigned splits that no reader has
 */
public record EnumeratorState(boolean discovered, List<TableSplit> unassigned) {

  public EnumeratorState {
    unassigned = List.copyOf(unassigned);
  }

  /** Before anything is known. */
  public static EnumeratorState initial() {
    return new EnumeratorState(false, List.of());
  }
}
