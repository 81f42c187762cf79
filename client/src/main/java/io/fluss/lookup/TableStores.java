package io.fluss.lookup;

import io.fluss.FlussException;
import io.fluss.table.TableInfo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import javax.annotation.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stores of a table's buckets in this process, which together keep to a bound of heap: what is
 * beyond it moves to RocksDB on local disk, the largest bucket first.
 *
 * <p>Used by the writer's thread, apart from reads of the stores. Owns them and the local files.
 */
final class TableStores implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TableStores.class);

  private final TableInfo table;
  private final Path localDir;
  private final long memoryBytes;
  private final List<SpillingStore> stores = new ArrayList<>();
  private final Supplier<Set<String>> topicIds;
  private @Nullable RocksFiles files;

  /**
   * @param table the whole table
   * @param localDir parent of the local files; made when it is needed
   * @param memoryBytes most heap that all stores take together; one commit may go beyond it
   * @param topicIds of the table's topics that are there: what local files have of others goes
   */
  TableStores(TableInfo table, Path localDir, long memoryBytes, Supplier<Set<String>> topicIds) {
    this.table = table;
    this.topicIds = topicIds;
    this.localDir = localDir;
    this.memoryBytes = memoryBytes;
  }

  /** The bucket's store with what local files have of it; without progress if they have nothing. */
  LookupStore open(StoredBucket bucket) {
    if (files != null || LocalDirectory.hasFiles(localDir, table.id())) {
      RocksStore found = RocksStore.existing(files(), bucket);
      if (found.progress().isPresent()) {
        return add(SpillingStore.onDisk(bucket, found));
      }
    }
    return add(SpillingStore.inMemory(bucket));
  }

  /** An empty store in place of one whose rows are of no use. */
  LookupStore replace(LookupStore useless) {
    remove(useless);
    return add(SpillingStore.inMemory(((SpillingStore) useless).bucket()));
  }

  /** Forgets a store and its rows, on disk too. Who still reads it finds them or none. */
  void remove(LookupStore useless) {
    SpillingStore old = (SpillingStore) useless;
    stores.remove(old);
    if (!old.isInMemory()) {
      RocksStore.empty(files(), old.bucket());
    }
  }

  private SpillingStore add(SpillingStore store) {
    stores.add(store);
    return store;
  }

  /** Moves buckets to disk until the bound holds; after commits. */
  void keepBound() {
    while (heapBytes() > memoryBytes) {
      SpillingStore largest =
          stores.stream().max(Comparator.comparingLong(SpillingStore::heapBytes)).orElseThrow();
      LOG.info(
          "Lookups of table '{}' take {} bytes of memory and may take {}: {} moves to disk.",
          table.path(),
          heapBytes(),
          memoryBytes,
          largest.bucket());
      largest.moveTo(files());
    }
  }

  long heapBytes() {
    long bytes = 0;
    for (SpillingStore store : stores) {
      bytes += store.heapBytes();
    }
    return bytes;
  }

  private RocksFiles files() {
    if (files == null) {
      try {
        files = RocksFiles.open(localDir, table.id(), memoryBytes);
        sweep(files);
      } catch (LinkageError e) {
        throw new FlussException(
            "Lookups of table '"
                + table.path()
                + "' need more than "
                + memoryBytes
                + " bytes of memory, and RocksDB, which would keep the rows on disk, cannot be"
                + " loaded here: "
                + e
                + ". Raise 'lookup.memory-size', or put frocksdbjni on the class path (Flink's"
                + " distribution has it).",
            e);
      }
    }
    return files;
  }

  /** Removes what an earlier process has left of partitions that are gone. */
  private void sweep(RocksFiles opened) {
    List<StoredBucket> found = RocksStore.buckets(opened);
    if (!found.isEmpty()) {
      Set<String> there = topicIds.get();
      found.stream()
          .filter(bucket -> !there.contains(bucket.topicId()))
          .forEach(bucket -> RocksStore.empty(opened, bucket));
    }
  }

  @Override
  public void close() {
    stores.forEach(SpillingStore::close);
    if (files != null) {
      files.close();
    }
  }
}
