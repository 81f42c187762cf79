package io.fluss.source.enumerator;

import io.fluss.source.split.LogSplit;
import io.fluss.source.split.TableSplit;
import io.fluss.source.split.TopicIdentity;
import io.fluss.union.PinnedLake;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.annotation.Nullable;

/**
 * How the wanted partitions of a table differ from those that were known. One that was dropped and
 * created again is in both sets, with its two ids.
 *
 * @param splits of those that appeared, and of the lake, which has those of the first look
 * @param lake the snapshot that the first look made splits of; null in later ones, and where the
 *     log alone is read
 */
record PartitionChange(
    Set<TopicIdentity> gone,
    Set<TopicIdentity> appeared,
    List<TableSplit> splits,
    @Nullable PinnedLake lake) {

  static final PartitionChange NONE = new PartitionChange(Set.of(), Set.of(), List.of(), null);

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
        stillGone,
        stillNew,
        splits.stream().filter(s -> topicOf(s).map(stillNew::contains).orElse(true)).toList(),
        lake);
  }

  private static Optional<TopicIdentity> topicOf(TableSplit split) {
    return split.log().map(LogSplit::bucket).map(b -> new TopicIdentity(b.topic(), b.topicId()));
  }

  /** Those that were dropped and created again, with the ids they had. */
  List<TopicIdentity> replaced() {
    Set<String> names = appeared.stream().map(TopicIdentity::name).collect(Collectors.toSet());
    return gone.stream().filter(t -> names.contains(t.name())).toList();
  }
}
