package io.fluss.source.lookup;

import io.fluss.lookup.TableLookup;
import io.fluss.read.KeyedProjections;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.annotation.Nullable;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.table.data.RowData;

/**
 * One task's lookups: join keys -> bucket and key -> state -> row of the projection -> compared
 * with the keys that are left. Owned by the function, which closes it.
 */
final class KeyedLookup implements AutoCloseable {

  private final LookupKeys keys;
  private final KeyBytes keyBytes;
  private final KeyedProjections rows;
  private final JoinKeyFilter filter;
  private final TableLookup lookup;

  /**
   * A question, with all that its answer needs.
   *
   * @param wanted values that rows must have, see {@link JoinKeyFilter#wanted}
   */
  record Question(KeyBytes.Place place, Object[] wanted) {}

  private KeyedLookup(LookupPlan plan, TableLookup lookup) {
    this.keys = plan.keys();
    this.keyBytes = new KeyBytes(plan.table(), plan.keys());
    this.rows = KeyedProjections.of(plan.table(), plan.projection());
    this.filter = new JoinKeyFilter(plan.table().rowType(), plan.keys());
    this.lookup = lookup;
  }

  static KeyedLookup open(LookupPlan plan, MetricGroup metrics) {
    TableLookup lookup = TableLookup.open(plan.settings());
    MetricGroup group = metrics.addGroup("lookup");
    group.gauge("lagRecords", () -> lookup.freshness().lagRecords());
    group.gauge("millisSinceCaughtUp", () -> lookup.freshness().millisSinceCaughtUp());
    group.gauge("heapBytes", lookup::heapBytes);
    return new KeyedLookup(plan, lookup);
  }

  /** What these join keys ask for, null where no row can be equal to them. */
  @Nullable
  Question question(RowData joinKeys) {
    KeyBytes.Place place = keyBytes.place(joinKeys);
    return place == null ? null : new Question(place, filter.wanted(joinKeys));
  }

  boolean isReady(Question question) {
    return lookup.isReady(question.place().bucket());
  }

  CompletableFuture<Void> whenReady(Question question) {
    return lookup.whenReady(question.place().bucket());
  }

  /** The rows; waits until their bucket is ready. Any thread. */
  Collection<RowData> answer(Question question) {
    return keys.wholeKey() ? one(question) : many(question);
  }

  private Collection<RowData> one(Question question) {
    byte[] key = question.place().key();
    byte[] value = lookup.get(question.place().bucket(), key);
    if (value == null) {
      return List.of();
    }
    RowData row = rows.of(value).row(key, value);
    return filter.accepts(row, question.wanted()) ? List.of(row) : List.of();
  }

  private Collection<RowData> many(Question question) {
    List<RowData> found = new ArrayList<>();
    lookup.scan(
        question.place().bucket(),
        question.place().key(),
        (key, value) -> {
          RowData row = rows.of(value).row(key, value);
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
