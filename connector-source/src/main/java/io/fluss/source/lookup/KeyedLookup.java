package io.fluss.source.lookup;

import io.fluss.lookup.TableLookup;
import io.fluss.lookup.TopicLookup;
import io.fluss.metadata.SchemasSince;
import io.fluss.read.KeyedProjections;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.annotation.Nullable;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.table.data.RowData;

/**
 * One task's lookups: join keys -> partition, bucket and key -> state -> row of the projection ->
 * compared with the keys that are left. Owned by the function, which closes it.
 */
final class KeyedLookup implements AutoCloseable {

  private final LookupKeys keys;
  private final KeyBytes keyBytes;
  private final KeyedProjections rows;
  private final JoinKeyFilter filter;
  private final TableLookup lookup;
  private final JoinedPartitions partitions;

  /**
   * A question, with all that its answer needs.
   *
   * @param rows where they are found
   * @param key of the row, or a prefix of it
   * @param wanted values that rows must have, see {@link JoinKeyFilter#wanted}
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Question(TopicLookup rows, int bucket, byte[] key, Object[] wanted) {}

  private KeyedLookup(LookupPlan plan, TableLookup lookup) {
    this.keys = plan.keys();
    this.keyBytes = new KeyBytes(plan.table(), plan.keys());
    this.rows =
        KeyedProjections.of(
            plan.table(), new SchemasSince(plan.table(), plan.client()), plan.projection());
    this.filter = new JoinKeyFilter(plan.table().rowType(), plan.keys());
    this.lookup = lookup;
    this.partitions = new JoinedPartitions(plan.table(), plan.keys(), plan.filter(), lookup);
  }

  static KeyedLookup open(LookupPlan plan, MetricGroup metrics) {
    TableLookup lookup = TableLookup.open(plan.settings());
    MetricGroup group = metrics.addGroup("lookup");
    group.gauge("lagRecords", () -> lookup.freshness().lagRecords());
    group.gauge("millisSinceCaughtUp", () -> lookup.freshness().millisSinceCaughtUp());
    group.gauge("heapBytes", lookup::heapBytes);
    return new KeyedLookup(plan, lookup);
  }

  /** What these join keys ask for, null where there can be no such row. */
  @Nullable
  Question question(RowData joinKeys) {
    KeyBytes.Place place = keyBytes.place(joinKeys);
    TopicLookup found = place == null ? null : partitions.of(joinKeys, place.partition());
    return found == null
        ? null
        : new Question(found, place.bucket(), place.key(), filter.wanted(joinKeys));
  }

  boolean isReady(Question question) {
    return question.rows().isReady(question.bucket());
  }

  CompletableFuture<Void> whenReady(Question question) {
    return question.rows().whenReady(question.bucket());
  }

  /** The rows; waits until their bucket is ready. Any thread. */
  Collection<RowData> answer(Question question) {
    return keys.wholeKey() ? one(question) : many(question);
  }

  private Collection<RowData> one(Question question) {
    byte[] key = question.key();
    byte[] state = question.rows().get(question.bucket(), key);
    if (state == null) {
      return List.of();
    }
    RowData row = rows.of(state).row(key, state);
    return filter.accepts(row, question.wanted()) ? List.of(row) : List.of();
  }

  private Collection<RowData> many(Question question) {
    List<RowData> found = new ArrayList<>();
    question
        .rows()
        .scan(
            question.bucket(),
            question.key(),
            (key, state) -> {
              RowData row = rows.of(state).row(key, state);
              if (filter.accepts(row, question.wanted())) {
                found.add(row);
              }
            });
    return found;
  }

  @Override
  public void close() {
    lookup.close();
  }
}
