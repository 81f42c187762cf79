package io.fluss.client.scan;

import io.fluss.client.pojo.RowConverter;
import io.fluss.partition.TableBucket;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.flink.annotation.PublicEvolving;

/** As {@link ScanRecords}, with objects of a class, which are made as they are asked for. */
@PublicEvolving
public final class TypedScanRecords<T> implements Iterable<TypedScanRecord<T>> {

  private final ScanRecords records;
  private final RowConverter<T> converter;

  TypedScanRecords(ScanRecords records, RowConverter<T> converter) {
    this.records = records;
    this.converter = converter;
  }

  private TypedScanRecord<T> typed(ScanRecord record) {
    return new TypedScanRecord<>(
        record.logOffset(),
        record.timestamp(),
        record.getChangeType(),
        converter.fromRow(record.getRow()));
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
