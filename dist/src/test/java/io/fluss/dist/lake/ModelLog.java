package io.fluss.dist.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluss.lake.LakeOffsets;
import io.fluss.lake.TopicOffsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.annotation.Nullable;

/**
 * All records of a table, also those of topics that are gone, and what they come to: written anew
 * for the test, and by none of the code that is tested.
 */
final class ModelLog {

  private final ModelTable table;
  private final List<Topic> topics = new ArrayList<>();

  ModelLog(ModelTable table) {
    this.table = table;
  }

  /** What a record does. */
  enum Op {
    ROW,
    SET_A,
    SET_B,
    DELETE
  }

  /** A record, or the records of one delete, of which this is the last one. */
  record Entry(int bucket, long offset, Op op, int id, String a, int b) {}

  private record Values(@Nullable String a, @Nullable Integer b) {}

  /** A topic: of the table, or what a partition was for a while. */
  static final class Topic {
    private final @Nullable String dt;
    private final String id;
    private final List<Entry> entries = new ArrayList<>();
    private final long[] ends;
    private final long[] inLake;
    private boolean gone;

    private Topic(@Nullable String dt, String id, int buckets) {
      this.dt = dt;
      this.id = id;
      this.ends = new long[buckets];
      this.inLake = new long[buckets];
    }

    @Nullable
    String dt() {
      return dt;
    }

    String id() {
      return id;
    }
  }

  ModelTable table() {
    return table;
  }

  Topic begin(@Nullable String dt, String topicId, int buckets) {
    Topic topic = new Topic(dt, topicId, buckets);
    topics.add(topic);
    return topic;
  }

  /** The topic of a partition now; null stands for that of the table. */
  Topic topic(@Nullable String dt) {
    return topics.stream()
        .filter(t -> !t.gone && Objects.equals(dt, t.dt))
        .findFirst()
        .orElseThrow();
  }

  void end(Topic topic) {
    topic.gone = true;
  }

  void add(Topic topic, Entry entry) {
    topic.entries.add(entry);
    topic.ends[entry.bucket()] = Math.max(topic.ends[entry.bucket()], entry.offset() + 1);
  }

  // ------------------------------------------------------------------------------- of the lake

  /** The lake has so much now, which is never less than before. */
  void seen(LakeOffsets offsets) {
    for (Topic topic : topics) {
      Optional<TopicOffsets> now = offsets.topic(topic.id);
      if (now.isEmpty()) {
        assertThat(topic.gone || Arrays.stream(topic.inLake).allMatch(o -> o == 0))
            .as("table %s: the lake knows nothing of topic %s any more", table.name(), topic.id)
            .isTrue();
        continue;
      }
      for (int b = 0; b < topic.inLake.length; b++) {
        assertThat(now.get().next().get(b))
            .as("table %s: what the lake has of topic %s, bucket %d", table.name(), topic.id, b)
            .isGreaterThanOrEqualTo(topic.inLake[b]);
        topic.inLake[b] = now.get().next().get(b);
      }
    }
  }

  /** What the lake has of topics that are gone; it can grow a while longer. */
  List<Long> inLakeOfGone() {
    return topics.stream()
        .filter(t -> t.gone)
        .flatMap(t -> Arrays.stream(t.inLake).boxed())
        .toList();
  }

  /** Whether a lake with these offsets has all of some topics. */
  boolean hasAll(LakeOffsets offsets, Predicate<Topic> which) {
    return topics.stream()
        .filter(t -> !t.gone && which.test(t))
        .allMatch(
            t ->
                IntStream.range(0, t.ends.length)
                    .allMatch(b -> offsets.next(t.id, b) >= t.ends[b]));
  }

  // --------------------------------------------------------------------------------- the rows

  /** What the lake has to have, by what was last seen of it. */
  List<String> lakeRows() {
    return rows(t -> t.inLake);
  }

  /** What lake and log together have to have. */
  List<String> unionRows() {
    return rows(t -> t.gone ? t.inLake : t.ends);
  }

  /**
   * What a streaming query comes to: where it folds, it reads the log alone, and the lake for
   * partitions that are gone.
   */
  List<String> streamedRows() {
    return table.isFolded() ? rows(this::streamedOfFold) : unionRows();
  }

  private long[] streamedOfFold(Topic topic) {
    boolean isThere = topics.stream().anyMatch(t -> !t.gone && Objects.equals(t.dt, topic.dt));
    if (isThere) {
      return topic.gone ? new long[topic.ends.length] : topic.ends;
    }
    return topic.inLake;
  }

  private List<String> rows(Function<Topic, long[]> ends) {
    Map<String, List<Topic>> byPartition = new LinkedHashMap<>();
    topics.forEach(t -> byPartition.computeIfAbsent("" + t.dt, p -> new ArrayList<>()).add(t));
    return byPartition.values().stream().flatMap(of -> rowsOf(of, ends)).sorted().toList();
  }

  private Stream<String> rowsOf(List<Topic> topicsOfPartition, Function<Topic, long[]> ends) {
    String dt = topicsOfPartition.get(0).dt;
    if (!table.hasPrimaryKey()) {
      return topicsOfPartition.stream()
          .flatMap(t -> upTo(t, ends.apply(t)))
          .map(e -> ModelTable.text(e.id(), e.a(), e.b(), dt));
    }
    Map<Integer, Optional<Values>> rows = new HashMap<>();
    for (Topic topic : topicsOfPartition) {
      Map<Integer, Optional<Values>> own = new HashMap<>();
      upTo(topic, ends.apply(topic))
          .forEach(e -> own.put(e.id(), after(own.getOrDefault(e.id(), Optional.empty()), e)));
      // A key that a later topic says anything of is what that one says.
      rows.putAll(own);
    }
    return rows.entrySet().stream()
        .flatMap(
            r -> r.getValue().map(v -> ModelTable.text(r.getKey(), v.a(), v.b(), dt)).stream());
  }

  private static Stream<Entry> upTo(Topic topic, long[] ends) {
    return topic.entries.stream().filter(e -> e.offset() < ends[e.bucket()]);
  }

  private Optional<Values> after(Optional<Values> row, Entry entry) {
    Values whole = new Values(entry.a(), entry.b());
    return switch (entry.op()) {
      case DELETE -> Optional.empty();
      case SET_A -> Optional.of(new Values(entry.a(), row.map(Values::b).orElse(null)));
      case SET_B -> Optional.of(new Values(row.map(Values::a).orElse(null), entry.b()));
      case ROW ->
          switch (table.kind()) {
            case FIRST_ROW -> row.isPresent() ? row : Optional.of(whole);
            case VERSIONED ->
                row.filter(r -> r.b() > entry.b()).isPresent() ? row : Optional.of(whole);
            default -> Optional.of(whole);
          };
    };
  }
}
