package io.fluss.client.scan;

import io.fluss.partition.TableBucket;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.annotation.PublicEvolving;

/**
 * The Arrow batches that one poll brought; those of a bucket in the order of its log. Immutable.
 */
@PublicEvolving
public final class ArrowScanRecords implements Iterable<ArrowBatch> {

  private final List<ArrowBatch> batches;

  ArrowScanRecords(List<ArrowBatch> batches) {
    this.batches = List.copyOf(batches);
  }

  /** The buckets that there are batches of. */
  public Set<TableBucket> buckets() {
    return batches.stream().map(ArrowBatch::getBucket).collect(Collectors.toSet());
  }

  /** The batches of a bucket; none where there are none. */
  public List<ArrowBatch> batches(TableBucket bucket) {
    return batches.stream().filter(b -> b.getBucket().equals(bucket)).toList();
  }

  /** How many rows there are. */
  public int count() {
    return batches.stream().mapToInt(ArrowBatch::getRowCount).sum();
  }

  public boolean isEmpty() {
    return batches.isEmpty();
  }

  @Override
  public Iterator<ArrowBatch> iterator() {
    return batches.iterator();
  }
}
