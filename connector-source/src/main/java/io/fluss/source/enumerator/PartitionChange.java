package io.fluss.source.enumerator;

import io.fluss.source.split.LogSplit;
import io.fluss.source.split.TopicIdentity;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How the wanted partitions of a table differ from those that were known. One that was dropped and
 * created again is in both sets, with its two ids.
 *
 * @param splits of those that appeared
 */
record PartitionChange(
    Set<TopicIdentity> gone, Set<TopicIdentity> appeared, List<LogSplit> splits) {

  static final PartitionChange NONE = new PartitionChange(Set.of(), Set.of(), List.of());

  PartitionChange {
    gone = Set.copyOf(gone);
    appeared = Set.copyOf(appeared);
    splits = List.copyOf(splits);
  }

  boolean isNone() {
    return gone.isEmpty() && appeared.isEmpty();
  }

  /**
   * What of this is still a change once these are known: a look that begins before the result of
   * the one before it was used finds the same once more.
   */
  PartitionChange relativeTo(Set<TopicIdentity> known) {
    Set<TopicIdentity> stillGone = new HashSet<>(gone);
    stillGone.retainAll(known);
    Set<TopicIdentity> stillNew = new HashSet<>(appeared);
    stillNew.removeAll(known);
    return new PartitionChange(
        stillGone, stillNew, splits.stream().filter(s -> stillNew.contains(topicOf(s))).toList());
  }

  private static TopicIdentity topicOf(LogSplit split) {
    return new TopicIdentity(split.bucket().topic(), split.bucket().topicId());
  }

  /** Those that were dropped and created again, with the ids they had. */
  List<TopicIdentity> replaced() {
    Set<String> names = appeared.stream().map(TopicIdentity::name).collect(Collectors.toSet());
    return gone.stream().filter(t -> names.contains(t.name())).toList();
  }
}
