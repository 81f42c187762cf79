package io.fluss.source.lookup;

import io.fluss.lookup.TableLookup;
import io.fluss.lookup.TopicLookup;
import io.fluss.partition.PartitionKeys;
import io.fluss.partition.PartitionName;
import io.fluss.predicate.Predicate;
import io.fluss.read.WantedPartitions;
import io.fluss.table.TableInfo;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.annotation.Nullable;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.utils.ProjectedRowData;

/**
 * The rows of the table or of the partition that join keys mean. Partitions that the query's filter
 * excludes are never asked for. One thread.
 */
final class JoinedPartitions {

  /** A stream may ask for any number of partitions that are not there. */
  private static final int MOST_NAMES = 10_000;

  private final TableLookup lookup;

  /** Null where the table has no partitions, and all below with it. */
  @Nullable private final PartitionKeys keys;

  @Nullable private final WantedPartitions wanted;
  @Nullable private final ProjectedRowData values;

  /**
   * By the bytes of the partition values; a name that no wanted partition has is not looked for.
   */
  private final Map<ByteBuffer, Optional<PartitionName>> names = new HashMap<>();

  private final Map<ByteBuffer, TopicLookup> found = new HashMap<>();

  JoinedPartitions(
      TableInfo table, LookupKeys lookupKeys, @Nullable Predicate filter, TableLookup lookup) {
    this.lookup = lookup;
    if (table.isPartitioned()) {
      int[] keyOfColumn = lookupKeys.keyOfColumn(table.rowType().getFieldCount());
      int[] positions = PartitionKeys.positions(table);
      int[] keyOfValue = new int[positions.length];
      for (int i = 0; i < positions.length; i++) {
        keyOfValue[i] = keyOfColumn[positions[i]];
      }
      keys = PartitionKeys.of(table);
      wanted = WantedPartitions.of(table, Optional.ofNullable(filter));
      values = ProjectedRowData.from(keyOfValue);
    } else {
      keys = null;
      wanted = null;
      values = null;
    }
  }

  /**
   * Where these join keys find rows; null where there is no such partition.
   *
   * @param partition from {@link KeyBytes.Place}
   */
  @Nullable
  TopicLookup of(RowData joinKeys, ByteBuffer partition) {
    if (keys == null) {
      return lookup.whole();
    }
    TopicLookup known = found.get(partition);
    if (known != null && !known.isGone()) {
      return known;
    }
    if (names.size() >= MOST_NAMES) {
      names.clear();
    }
    TopicLookup now =
        names
            .computeIfAbsent(partition, bytes -> name(joinKeys))
            .flatMap(lookup::partition)
            .orElse(null);
    if (now != null) {
      found.values().removeIf(TopicLookup::isGone);
      found.put(partition, now);
    }
    return now;
  }

  /** A value that no partition can have is in none. */
  private Optional<PartitionName> name(RowData joinKeys) {
    values.replaceRow(joinKeys);
    return keys.possibleNameOf(values).filter(wanted::contains);
  }
}
