package io.fluss.lake;

import io.fluss.partition.PartitionName;
import java.io.Serializable;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.annotation.Nullable;
import org.apache.flink.annotation.PublicEvolving;

/**
 * What of a table's log a lake has: of each topic the offsets up to which its records are there.
 * Immutable. {@link LakeOffsetsJson} is how it is stored.
 *
 * @param topics one entry for a topic, sorted by topic id
 */
@PublicEvolving
public record LakeOffsets(List<TopicOffsets> topics) implements Serializable {

  /** The lake has nothing. */
  public static final LakeOffsets NONE = new LakeOffsets(List.of());

  public LakeOffsets {
    topics = topics.stream().sorted(Comparator.comparing(TopicOffsets::topicId)).toList();
    Set<String> ids = new HashSet<>();
    topics.forEach(
        t -> {
          if (!ids.add(t.topicId())) {
            throw new IllegalArgumentException(
                "Topic " + t.topicId() + " is named more than once in lake offsets.");
          }
        });
  }

  /** What the lake has of the topic with this id. */
  public Optional<TopicOffsets> topic(String topicId) {
    return topics.stream().filter(t -> t.topicId().equals(topicId)).findFirst();
  }

  /** What the lake has of the topics that were this partition, the present one or earlier ones. */
  public List<TopicOffsets> of(@Nullable PartitionName partition) {
    return topics.stream()
        .filter(t -> partition == null ? t.partition() == null : partition.equals(t.partition()))
        .toList();
  }

  /** Offset of the first record of a bucket that the lake does not have; 0 where it has none. */
  public long next(String topicId, int bucket) {
    return topic(topicId)
        .filter(t -> bucket < t.next().size())
        .map(t -> t.next().get(bucket))
        .orElse(0L);
  }

  /** Whether these have the topic as well, and less of one of its buckets. */
  public boolean isBehind(TopicOffsets other) {
    return topic(other.topicId()).isPresent()
        && IntStream.range(0, other.next().size())
            .anyMatch(b -> next(other.topicId(), b) < other.next().get(b));
  }

  /** Short, for messages: the topics, and the sum of the offsets of each. */
  public String summary() {
    return topics.isEmpty()
        ? "none"
        : topics.stream()
            .limit(5)
            .map(
                t ->
                    (t.partition() == null ? t.topicId() : String.join("/", t.partition().values()))
                        + ": "
                        + (t.next().size() <= 8
                            ? t.next().toString()
                            : t.next().stream().mapToLong(Long::longValue).sum() + " in all"))
            .collect(Collectors.joining(", ", "{", topics.size() > 5 ? ", ...}" : "}"));
  }
}
