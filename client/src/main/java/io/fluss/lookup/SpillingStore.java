package io.fluss.lookup;

import java.util.Optional;
import javax.annotation.Nullable;

/**
 * A bucket's rows, in memory until {@link #moveTo} puts them on disk. The move is the writer's;
 * readers notice nothing: who still reads the memory store finds the rows of that moment.
 */
final class SpillingStore implements LookupStore {

  private final StoredBucket bucket;
  private volatile LookupStore store;

  private SpillingStore(StoredBucket bucket, LookupStore store) {
    this.bucket = bucket;
    this.store = store;
  }

  static SpillingStore inMemory(StoredBucket bucket) {
    return new SpillingStore(bucket, new MemoryStore());
  }

  static SpillingStore onDisk(StoredBucket bucket, RocksStore store) {
    return new SpillingStore(bucket, store);
  }

  StoredBucket bucket() {
    return bucket;
  }

  boolean isInMemory() {
    return store instanceof MemoryStore;
  }

  /** Between a {@link #commit} and the next {@link #apply}; does nothing on disk. */
  void moveTo(RocksFiles files) {
    if (store instanceof MemoryStore memory) {
      store = RocksStore.copyOf(memory, files, bucket);
    }
  }

  @Override
  public @Nullable byte[] get(byte[] key) {
    return store.get(key);
  }

  @Override
  public void scan(byte[] prefix, StateVisitor visitor) {
    store.scan(prefix, visitor);
  }

  @Override
  public @Nullable byte[] latest(byte[] key) {
    return store.latest(key);
  }

  @Override
  public void apply(byte[] key, @Nullable byte[] state) {
    store.apply(key, state);
  }

  @Override
  public void commit(LogProgress progress) {
    store.commit(progress);
  }

  @Override
  public Optional<LogProgress> progress() {
    return store.progress();
  }

  @Override
  public long heapBytes() {
    return store.heapBytes();
  }

  @Override
  public void close() {
    store.close();
  }
}
