package io.fluss.source.lookup;

import io.fluss.kafka.ClientConfig;
import io.fluss.predicate.Predicate;
import io.fluss.read.Selection;
import io.fluss.table.TableInfo;
import java.util.Map;
import javax.annotation.Nullable;
import org.apache.flink.table.connector.source.LookupTableSource.LookupContext;
import org.apache.flink.table.connector.source.LookupTableSource.LookupRuntimeProvider;
import org.apache.flink.table.connector.source.abilities.SupportsLookupCustomShuffle.InputDataPartitioner;
import org.apache.flink.table.connector.source.lookup.AsyncLookupFunctionProvider;
import org.apache.flink.table.connector.source.lookup.LookupFunctionProvider;
import org.apache.flink.table.connector.source.lookup.PartialCachingAsyncLookupProvider;
import org.apache.flink.table.connector.source.lookup.PartialCachingLookupProvider;
import org.apache.flink.table.connector.source.lookup.cache.LookupCache;
import org.apache.flink.table.functions.AsyncLookupFunction;
import org.apache.flink.table.functions.LookupFunction;

/**
 * One lookup join with a table, as its planner knows it. All that a table source needs:
 *
 * <pre>{@code
 * public LookupRuntimeProvider getLookupRuntimeProvider(LookupContext context) {
 *   lookup = LookupRuntime.of(table, client, options, projection, filter, context);
 *   return lookup.provider();
 * }
 *
 * public Optional<InputDataPartitioner> getPartitioner() { // SupportsLookupCustomShuffle
 *   return Optional.ofNullable(lookup).map(LookupRuntime::partitioner);
 * }
 * }</pre>
 *
 * Flink asks for the partitioner after the provider, and only where the query has the hint {@code
 * LOOKUP('table'='...', 'shuffle'='true')}.
 */
public final class LookupRuntime {

  private final LookupPlan plan;
  private final LookupJoinSettings settings;

  private LookupRuntime(LookupPlan plan, LookupJoinSettings settings) {
    this.plan = plan;
    this.settings = settings;
  }

  /**
   * Checks the options and the join's keys.
   *
   * @param client how to reach Kafka, with the properties of consumers
   * @param options of the table, with hints
   * @param projection the fields of the rows that the planner wants
   * @param filter what the query wants of rows beside the join, null where nothing is known
   * @throws org.apache.flink.table.api.ValidationException with all problems of the options
   * @throws org.apache.flink.table.api.TableException where rows cannot be found by the join's
   *     keys; the message names those that would
   */
  public static LookupRuntime of(
      TableInfo table,
      ClientConfig client,
      Map<String, String> options,
      Selection.Fields projection,
      @Nullable Predicate filter,
      LookupContext context) {
    LookupJoinSettings settings = LookupJoinSettings.from(table.path().toString(), options);
    LookupKeys keys = LookupKeys.of(table, projection, context.getKeys());
    return new LookupRuntime(
        new LookupPlan(
            table,
            client,
            projection,
            keys,
            filter,
            settings.memoryBytes(),
            settings.keepAlive(),
            settings.localDir()),
        settings);
  }

  /**
   * Makes the functions that find the rows, with Flink's cache if asked for. With 'lookup.async'
   * there are both: Flink takes the synchronous one where a query needs it, or hints at it.
   */
  public LookupRuntimeProvider provider() {
    LookupCache cache = settings.cache();
    if (settings.async()) {
      return cache == null ? new AsyncOrSync(plan) : new CachedAsyncOrSync(plan, cache);
    }
    SyncLookup function = new SyncLookup(plan);
    return cache == null
        ? LookupFunctionProvider.of(function)
        : PartialCachingLookupProvider.of(function, cache);
  }

  /** Distributes the rows of the other side so that each task has buckets of its own. */
  public InputDataPartitioner partitioner() {
    return new BucketShare(plan.table(), plan.keys());
  }

  private record AsyncOrSync(LookupPlan plan)
      implements AsyncLookupFunctionProvider, LookupFunctionProvider {

    @Override
    public AsyncLookupFunction createAsyncLookupFunction() {
      return new AsyncLookup(plan);
    }

    @Override
    public LookupFunction createLookupFunction() {
      return new SyncLookup(plan);
    }
  }

  private record CachedAsyncOrSync(LookupPlan plan, LookupCache cache)
      implements PartialCachingAsyncLookupProvider, PartialCachingLookupProvider {

    @Override
    public AsyncLookupFunction createAsyncLookupFunction() {
      return new AsyncLookup(plan);
    }

    @Override
    public LookupFunction createLookupFunction() {
      return new SyncLookup(plan);
    }

    @Override
    public LookupCache getCache() {
      return cache;
    }
  }
}
