package io.fluss.client.scan;

import io.fluss.partition.TableBucket;
import io.fluss.typed.RowToObject;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.flink.annotation.PublicEvolving;

/** As {@link ScanRecords}, with objects of a class, which are made as they are asked for. */
@PublicEvolving
public final class TypedScanRecords<T> implements Iterable<TypedScanRecord<T>> {

  private final ScanRecords records;
  private final RowToObject<T> objects;

  TypedScanRecords(ScanRecords records, RowToObject<T> objects) {
    this.records = records;
    this.objects = objects;
  }

  private TypedScanRecord<T> typed(ScanRecord record) {
    return new TypedScanRecord<>(
        record.logOffset(),
        record.timestamp(),
        record.getChangeType(),
        objects.read(record.getRow()));
  }

  /** See {@link ScanRecords#buckets}. */
  public Set<TableBucket> buckets() {
    return records.buckets();
  }

  /** See {@link ScanRecords#records}. */
  public List<TypedScanRecord<T>> records(TableBucket bucket) {
    return records.records(bucket).stream().map(this::typed).toList();
  }

  /** See {@link ScanRecords#count}. */
  public int count() {
    return records.count();
  }

  /** See {@link ScanRecords#isEmpty}. */
  public boolean isEmpty() {
    return records.isEmpty();
  }

  @Override
  public Iterator<TypedScanRecord<T>> iterator() {
    Iterator<ScanRecord> rows = records.iterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public TypedScanRecord<T> next() {
        return typed(rows.next());
      }
    };
  }
}
