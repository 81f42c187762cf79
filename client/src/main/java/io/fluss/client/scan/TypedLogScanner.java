package io.fluss.client.scan;

import io.fluss.partition.PartitionName;
import io.fluss.typed.RowToObject;
import java.time.Duration;
import org.apache.flink.annotation.PublicEvolving;

/** As {@link LogScanner}, with rows as objects of a class. */
@PublicEvolving
public final class TypedLogScanner<T> implements AutoCloseable {

  private final LogScanner scanner;
  private final RowToObject<T> objects;

  TypedLogScanner(LogScanner scanner, RowToObject<T> objects) {
    this.scanner = scanner;
    this.objects = objects;
  }

  /** See {@link LogScanner#subscribe(int, long)}. */
  public void subscribe(int bucket, long offset) {
    scanner.subscribe(bucket, offset);
  }

  /** See {@link LogScanner#subscribe(PartitionName, int, long)}. */
  public void subscribe(PartitionName partition, int bucket, long offset) {
    scanner.subscribe(partition, bucket, offset);
  }

  /** See {@link LogScanner#subscribeFromBeginning(int)}. */
  public void subscribeFromBeginning(int bucket) {
    scanner.subscribeFromBeginning(bucket);
  }

  /** See {@link LogScanner#subscribeFromBeginning(PartitionName, int)}. */
  public void subscribeFromBeginning(PartitionName partition, int bucket) {
    scanner.subscribeFromBeginning(partition, bucket);
  }

  /** See {@link LogScanner#unsubscribe(int)}. */
  public void unsubscribe(int bucket) {
    scanner.unsubscribe(bucket);
  }

  /** See {@link LogScanner#unsubscribe(PartitionName, int)}. */
  public void unsubscribe(PartitionName partition, int bucket) {
    scanner.unsubscribe(partition, bucket);
  }

  /** See {@link LogScanner#poll}. */
  public TypedScanRecords<T> poll(Duration timeout) {
    return new TypedScanRecords<>(scanner.poll(timeout), objects);
  }

  /** See {@link LogScanner#wakeup}. */
  public void wakeup() {
    scanner.wakeup();
  }

  @Override
  public void close() {
    scanner.close();
  }
}
