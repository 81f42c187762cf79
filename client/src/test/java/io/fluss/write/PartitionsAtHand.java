package io.fluss.write;

import io.fluss.partition.Partition;
import io.fluss.partition.PartitionKeys;
import io.fluss.partition.PartitionName;
import io.fluss.table.TableInfo;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Partitions without Kafka, which come when the test says so. */
final class PartitionsAtHand implements PartitionSource {

  private final TableInfo table;
  private final PartitionKeys keys;
  private final Map<PartitionName, Partition> partitions = new ConcurrentHashMap<>();
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger ids = new AtomicInteger();
  private volatile CountDownLatch gate = new CountDownLatch(0);
  private volatile RuntimeException refusal;

  private PartitionsAtHand(TableInfo table) {
    this.table = table;
    this.keys = PartitionKeys.of(table);
  }

  static PartitionsAtHand of(TableInfo table) {
    return new PartitionsAtHand(table);
  }

  TableInfo table() {
    return table;
  }

  void holdBack() {
    gate = new CountDownLatch(1);
  }

  void letGo() {
    gate.countDown();
  }

  void refuse(RuntimeException why) {
    refusal = why;
  }

  void drop(String... values) {
    partitions.remove(PartitionName.of(values));
  }

  List<Partition> all() {
    return new ArrayList<>(partitions.values());
  }

  int requests() {
    return requests.get();
  }

  @Override
  public Map<PartitionName, Partition> require(Collection<PartitionName> names) {
    requests.incrementAndGet();
    try {
      gate.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    if (refusal != null) {
      throw refusal;
    }
    return names.stream()
        .collect(
            Collectors.toMap(
                Function.identity(), name -> partitions.computeIfAbsent(name, this::create)));
  }

  private Partition create(PartitionName name) {
    return new Partition(name, keys.topic(name), "id " + ids.incrementAndGet());
  }

  @Override
  public Optional<Partition> find(PartitionName name) {
    return Optional.ofNullable(partitions.get(name));
  }
}
