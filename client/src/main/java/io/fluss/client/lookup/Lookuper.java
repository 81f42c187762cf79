package io.fluss.client.lookup;

import java.util.concurrent.CompletableFuture;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.table.data.RowData;

/**
 * Finds rows of a primary-key table by key.
 *
 * <p><b>How.</b> The first question about a bucket has the bucket's log read up to its end, and is
 * answered then; from then on rows follow the log by themselves, within milliseconds as a rule, and
 * questions are answered at once, from memory or from local disk ({@code lookup.memory-size},
 * {@code lookup.local-dir}). So a change is found a moment after its write was acknowledged, not
 * before. All lookups of a table in a process share rows.
 *
 * <p>Thread-safe. Whoever creates it closes it; closing the connection closes those that are left.
 */
@PublicEvolving
public interface Lookuper extends AutoCloseable {

  /**
   * Looks up the rows of a key.
   *
   * @param lookupKey values of the lookup's columns, in their order, none of them null. May be
   *     reused once this returns
   * @return done already where the bucket is known. Fails with a {@link io.fluss.FlussException}:
   *     {@link io.fluss.lookup.LookupFailedException} where the log cannot be followed; then all
   *     lookups of the lookuper fail, and another one begins anew
   * @throws IllegalStateException where this is closed
   */
  CompletableFuture<LookupResult> lookup(RowData lookupKey);

  @Override
  void close();
}
