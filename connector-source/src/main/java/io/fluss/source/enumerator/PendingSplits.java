package io.fluss.source.enumerator;

import io.fluss.source.split.LakeTableSplit;
import io.fluss.source.split.LogSplit;
import io.fluss.source.split.TableSplit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;

/** The splits that no reader has, and their way to the readers. Coordinator thread. */
final class PendingSplits {

  /** A message to a reader has to stay below a few megabytes, whatever is in its splits. */
  private static final int MESSAGE_SPLITS = 256;

  private static final long MESSAGE_BYTES = 1 << 20;

  private final SplitEnumeratorContext<TableSplit> context;
  private final Set<TableSplit> splits;

  /**
   * Readers of splits of the lake alone, by split: decided once, before any of them is assigned.
   */
  private final Map<String, Integer> readersOfLake = new HashMap<>();

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

  /** Takes splits back that a reader had, for when it returns. */
  void addBack(Collection<TableSplit> returned, int reader) {
    splits.addAll(returned);
    returned.stream()
        .filter(LakeTableSplit.class::isInstance)
        .forEach(s -> readersOfLake.put(s.splitId(), reader));
  }

  /** Puts in place of each split what is left of it. */
  void replaceAll(Function<TableSplit, Optional<TableSplit>> rest) {
    List<TableSplit> left = splits.stream().map(rest).flatMap(Optional::stream).toList();
    splits.clear();
    splits.addAll(left);
  }

  /** Hands these readers the splits that are theirs. */
  void assignTo(Set<Integer> readers) {
    int parallelism = context.currentParallelism();
    decideReadersOfLake(parallelism);
    Map<Integer, List<TableSplit>> assignment = new HashMap<>();
    for (TableSplit split : splits) {
      int reader = readerOf(split, parallelism);
      if (readers.contains(reader)) {
        assignment.computeIfAbsent(reader, r -> new ArrayList<>()).add(split);
      }
    }
    while (!assignment.isEmpty()) {
      Map<Integer, List<TableSplit>> message = new HashMap<>();
      assignment.forEach(
          (reader, all) ->
              message.put(reader, List.copyOf(all.subList(0, fittingIntoMessage(all)))));
      context.assignSplits(new SplitsAssignment<>(message));
      message.forEach(
          (reader, sent) -> {
            sent.forEach(splits::remove);
            assignment.get(reader).subList(0, sent.size()).clear();
          });
      assignment.values().removeIf(List::isEmpty);
    }
  }

  /** How many of these splits, the first ones, go into a message: at least one. */
  private static int fittingIntoMessage(List<TableSplit> splits) {
    int count = 1;
    long bytes = splits.get(0).descriptionBytes();
    while (count < Math.min(splits.size(), MESSAGE_SPLITS)) {
      bytes += splits.get(count).descriptionBytes();
      if (bytes > MESSAGE_BYTES) {
        break;
      }
      count++;
    }
    return count;
  }

  private int readerOf(TableSplit split, int parallelism) {
    Optional<LogSplit> log = split.log();
    return log.isPresent()
        ? SplitAssigner.readerOf(log.get().bucket(), parallelism)
        : readersOfLake.get(split.splitId());
  }

  private void decideReadersOfLake(int parallelism) {
    List<LakeTableSplit> undecided =
        splits.stream()
            .filter(LakeTableSplit.class::isInstance)
            .map(LakeTableSplit.class::cast)
            .filter(s -> !readersOfLake.containsKey(s.splitId()))
            .toList();
    readersOfLake.putAll(SplitAssigner.readersOf(undecided, parallelism));
  }
}
