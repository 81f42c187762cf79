package io.fluss.tiering.enumerator;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Which topics of partitions are gone for good. A broker may not know a topic that is there, for a
 * moment after it was restarted for instance, and a topic whose offsets were forgotten would be
 * tiered again from its start. So a topic counts as gone when listings did not have it for a while,
 * and when brokers that are asked for its id say that there is none. One that may not be seen, or
 * that nobody can tell of, is not gone. Thread-safe.
 */
final class GoneTopics {

  /** Brokers answer differently for seconds. */
  static final Duration PATIENCE = Duration.ofMinutes(1);

  private final UnaryOperator<Set<String>> unknown;

  /** By table and topic id, when it was first missed; epoch milliseconds. */
  private final Map<UUID, Map<String, Long>> missedSince = new HashMap<>();

  /**
   * @param unknown of topic ids, those that brokers say there are none of
   */
  GoneTopics(UnaryOperator<Set<String>> unknown) {
    this.unknown = unknown;
  }

  /**
   * Those of some topics that are gone.
   *
   * @param known ids of topics that were there
   * @param listed ids of the topics that a listing had just now
   */
  Set<String> among(UUID table, Collection<String> known, Set<String> listed, long nowMillis) {
    Set<String> missed = missed(table, known, listed, nowMillis);
    return missed.isEmpty() ? missed : unknown.apply(missed);
  }

  private synchronized Set<String> missed(
      UUID table, Collection<String> known, Set<String> listed, long nowMillis) {
    Map<String, Long> missed = missedSince.computeIfAbsent(table, t -> new HashMap<>());
    missed.keySet().removeIf(id -> listed.contains(id) || !known.contains(id));
    known.stream()
        .filter(id -> !listed.contains(id))
        .forEach(id -> missed.putIfAbsent(id, nowMillis));
    return missed.entrySet().stream()
        .filter(e -> nowMillis - e.getValue() >= PATIENCE.toMillis())
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }
}
