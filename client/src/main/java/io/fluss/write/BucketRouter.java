package io.fluss.write;

import io.fluss.options.NoKeyAssigner;
import io.fluss.table.TableInfo;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.flink.table.data.RowData;

/**
 * Decides the bucket of each row. Asked for every row, so it allocates nothing. One thread.
 *
 * <p>A new instance belongs to one writer: two writers of a table without a bucket key start at
 * random buckets and need not agree; two writers of a table with one always agree.
 */
public sealed interface BucketRouter
    permits KeyedBucketRouter, StickyBucketRouter, RoundRobinBucketRouter {

  /** The bucket of {@code row}, from 0. */
  int bucket(RowData row);

  /** Tells that the open batch of this bucket was closed. */
  void batchSealed(int bucket);

  /** What the table's bucket key asks for, or {@code withoutKey} where it has none. */
  static BucketRouter of(TableInfo table, NoKeyAssigner withoutKey) {
    if (!table.bucketKey().isEmpty()) {
      return KeyedBucketRouter.of(table);
    }
    int first = ThreadLocalRandom.current().nextInt(table.buckets());
    return switch (withoutKey) {
      case STICKY -> new StickyBucketRouter(table.buckets(), first);
      case ROUND_ROBIN -> new RoundRobinBucketRouter(table.buckets(), first);
    };
  }
}
