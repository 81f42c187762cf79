package io.fluss.source.enumerator;

import io.fluss.source.split.TableSplit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;

/** The splits that no reader has, and their way to the readers. Coordinator thread. */
final class PendingSplits {

  private final SplitEnumeratorContext<TableSplit> context;
  private final Set<TableSplit> splits;

  PendingSplits(SplitEnumeratorContext<TableSplit> context, Collection<TableSplit> splits) {
    this.context = context;
    this.splits = new LinkedHashSet<>(splits);
  }

  List<TableSplit> all() {
    return List.copyOf(splits);
  }

  void add(Collection<? extends TableSplit> added) {
    splits.addAll(added);
  }

  void removeIf(Predicate<TableSplit> unwanted) {
    splits.removeIf(unwanted);
  }

  /** Hands these readers the splits that are theirs. */
  void assignTo(Set<Integer> readers) {
    int parallelism = context.currentParallelism();
    Map<Integer, List<TableSplit>> assignment = new HashMap<>();
    for (TableSplit split : splits) {
      int reader = SplitAssigner.readerOf(split.bucket(), parallelism);
      if (readers.contains(reader)) {
        assignment.computeIfAbsent(reader, r -> new ArrayList<>()).add(split);
      }
    }
    if (!assignment.isEmpty()) {
      context.assignSplits(new SplitsAssignment<>(assignment));
      assignment.values().forEach(splits::removeAll);
    }
  }
}
