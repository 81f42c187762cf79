package io.fluss.read;

import io.fluss.FlussException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;

/** Offsets that somebody has named, checked against what the log has. */
final class NamedOffsets {

  private NamedOffsets() {}

  /**
   * @param verb what a read does there
   * @param others gives the offsets of buckets that are not named
   * @throws FlussException with all buckets that have no such offset, any more or yet
   */
  static Map<TopicPartition, Long> resolve(
      String verb,
      Map<TopicPartition, Long> named,
      LogOffsets log,
      Collection<TopicPartition> buckets,
      Function<Collection<TopicPartition>, Map<TopicPartition, Long>> others) {
    List<TopicPartition> known = buckets.stream().filter(named::containsKey).toList();
    List<TopicPartition> unnamed = buckets.stream().filter(b -> !named.containsKey(b)).toList();
    Map<TopicPartition, Long> offsets = new HashMap<>();
    if (!unnamed.isEmpty()) {
      offsets.putAll(others.apply(unnamed));
    }
    if (!known.isEmpty()) {
      requireInLog(verb, named, log.logStart(known), log.logEnd(known));
      known.forEach(bucket -> offsets.put(bucket, named.get(bucket)));
    }
    return offsets;
  }

  private static void requireInLog(
      String verb,
      Map<TopicPartition, Long> named,
      Map<TopicPartition, Long> starts,
      Map<TopicPartition, Long> ends) {
    List<String> problems = new ArrayList<>();
    starts.forEach(
        (bucket, start) -> {
          long offset = named.get(bucket);
          long end = ends.get(bucket);
          if (offset < start || offset > end) {
            problems.add(
                "bucket "
                    + bucket
                    + " at offset "
                    + offset
                    + ": its log has the offsets from "
                    + start
                    + " to before "
                    + end);
          }
        });
    if (!problems.isEmpty()) {
      throw new FlussException(
          "The read cannot " + verb + " in " + String.join(", nor in ", problems) + ".");
    }
  }
}
