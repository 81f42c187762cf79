package io.fluss.source.lookup;

import io.fluss.table.TableInfo;
import java.util.Arrays;
import javax.annotation.Nullable;
import org.apache.flink.table.connector.source.abilities.SupportsLookupCustomShuffle.InputDataPartitioner;
import org.apache.flink.table.data.RowData;

/**
 * Sends rows with the same bucket to the same task, so that a task manager reads the buckets of its
 * tasks only. Where there are more tasks than buckets, each bucket has several. The buckets of a
 * partition begin at a task that depends on the partition.
 */
final class BucketShare implements InputDataPartitioner {

  private static final long serialVersionUID = 1L;

  private final TableInfo table;
  private final LookupKeys keys;
  @Nullable private transient KeyBytes keyBytes;

  BucketShare(TableInfo table, LookupKeys keys) {
    this.table = table;
    this.keys = keys;
  }

  @Override
  public int partition(RowData joinKeys, int tasks) {
    if (keyBytes == null) {
      keyBytes = new KeyBytes(table, keys);
    }
    KeyBytes.Place place = keyBytes.place(joinKeys);
    if (place == null) {
      return 0;
    }
    int first = table.isPartitioned() ? Math.floorMod(place.partition().hashCode(), tasks) : 0;
    int tasksPerBucket = tasks / table.buckets();
    if (tasksPerBucket <= 1) {
      return (first + place.bucket()) % tasks;
    }
    int share = Math.floorMod(Arrays.hashCode(place.key()), tasksPerBucket);
    return (first + share * table.buckets() + place.bucket()) % tasks;
  }
}
