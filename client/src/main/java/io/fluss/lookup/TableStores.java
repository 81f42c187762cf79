package io.fluss.lookup;

import io.fluss.FlussException;
import io.fluss.table.TableInfo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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
  private final StoreIdentity identity;
  private final Path localDir;
  private final long memoryBytes;
  private final List<SpillingStore> stores = new ArrayList<>();
  private @Nullable RocksFiles files;

  /**
   * @param localDir parent of the local files; made when it is needed
   * @param memoryBytes most heap that all stores take together; one commit may go beyond it
   */
  TableStores(TableInfo table, Path localDir, long memoryBytes) {
    this.table = table;
    this.identity = StoreIdentity.of(table);
    this.localDir = localDir;
    this.memoryBytes = memoryBytes;
  }

  /** The bucket's store with what local files have of it; without progress if they have nothing. */
  LookupStore open(int bucket) {
    if (files != null || LocalDirectory.hasFiles(localDir, identity.table())) {
      RocksStore found = RocksStore.existing(files(), bucket);
      if (found.progress().isPresent()) {
        return add(SpillingStore.onDisk(bucket, found));
      }
    }
    return add(SpillingStore.inMemory(bucket));
  }

  /** An empty store in place of one whose rows are of no use. */
  LookupStore replace(LookupStore useless) {
    SpillingStore old = (SpillingStore) useless;
    stores.remove(old);
    if (!old.isInMemory()) {
      RocksStore.empty(files(), old.bucket());
    }
    return add(SpillingStore.inMemory(old.bucket()));
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
          "Lookups of table '{}' take {} bytes of memory and may take {}: bucket {} moves to disk.",
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
        files = RocksFiles.open(localDir, identity, memoryBytes);
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

  @Override
  public void close() {
    stores.forEach(SpillingStore::close);
    if (files != null) {
      files.close();
    }
  }
}
