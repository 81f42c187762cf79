package io.fluss.client.scan;

import io.fluss.partition.TableBucket;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.apache.flink.annotation.PublicEvolving;

/**
 * What one poll brought, bucket by bucket, within each in the order of its log. Immutable; rows are
 * made as they are asked for, from batches that are kept as long as this is.
 */
@PublicEvolving
public final class ScanRecords implements Iterable<ScanRecord> {

  /** What a poll brings that finds nothing. */
  public static final ScanRecords EMPTY = new ScanRecords(Map.of());

  private final Map<TableBucket, List<SelectedRows>> byBucket;
  private final int count;

  ScanRecords(Map<TableBucket, List<SelectedRows>> byBucket) {
    this.byBucket = byBucket;
    this.count =
        byBucket.values().stream().flatMap(List::stream).mapToInt(SelectedRows::count).sum();
  }

  /** The buckets that there are records of. */
  public Set<TableBucket> buckets() {
    return byBucket.keySet();
  }

  /** The records of a bucket; none where there are none. */
  public List<ScanRecord> records(TableBucket bucket) {
    List<ScanRecord> records = new ArrayList<>();
    for (SelectedRows rows : byBucket.getOrDefault(bucket, List.of())) {
      for (int i = 0; i < rows.count(); i++) {
        records.add(rows.record(i));
      }
    }
    return records;
  }

  public int count() {
    return count;
  }

  public boolean isEmpty() {
    return count == 0;
  }

  @Override
  public Iterator<ScanRecord> iterator() {
    Iterator<SelectedRows> batches = byBucket.values().stream().flatMap(List::stream).iterator();
    return new Iterator<>() {
      private SelectedRows batch = SelectedRows.NONE;
      private int next;

      @Override
      public boolean hasNext() {
        while (next == batch.count() && batches.hasNext()) {
          batch = batches.next();
          next = 0;
        }
        return next < batch.count();
      }

      @Override
      public ScanRecord next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        return batch.record(next++);
      }
    };
  }

  /** Gathers them. */
  static final class Builder {

    private final Map<TableBucket, List<SelectedRows>> byBucket = new LinkedHashMap<>();

    void add(TableBucket bucket, SelectedRows rows) {
      if (rows.count() > 0) {
        byBucket.computeIfAbsent(bucket, b -> new ArrayList<>()).add(rows);
      }
    }

    ScanRecords build() {
      return byBucket.isEmpty() ? EMPTY : new ScanRecords(byBucket);
    }
  }
}
