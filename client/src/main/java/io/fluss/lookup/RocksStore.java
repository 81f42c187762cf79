package io.fluss.lookup;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.annotation.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * A bucket's rows in the {@link RocksFiles} of its table. What is applied waits in memory until
 * {@link #commit} writes it together with the progress, so the files never hold rows of one offset
 * and the number of another.
 *
 * <p>Keys in the files: {@code 0, topic and bucket} for the progress, {@code 1, topic and bucket,
 * key} for a row, see {@link StoredBucket#keyPrefix}.
 */
final class RocksStore implements LookupStore {

  private static final byte PROGRESS = 0;
  private static final byte ROW = 1;
  private static final int ROWS_PER_BATCH = 4096;

  private final RocksFiles files;
  private final byte[] progressKey;
  private final byte[] rowPrefix;

  /** Of the writer only; a null value is a row that goes. */
  private final Map<ByteBuffer, byte[]> pending = new HashMap<>();

  private volatile @Nullable LogProgress progress;

  private RocksStore(RocksFiles files, StoredBucket bucket) {
    this.files = files;
    this.progressKey = bucket.keyPrefix(PROGRESS);
    this.rowPrefix = bucket.keyPrefix(ROW);
    byte[] stored = files.get(progressKey);
    this.progress = stored == null ? null : progress(stored);
  }

  /** The bucket as the files have it; without {@link #progress()}, what they have means nothing. */
  static RocksStore existing(RocksFiles files, StoredBucket bucket) {
    return new RocksStore(files, bucket);
  }

  /** The bucket without rows; removes what the files have of it. */
  static RocksStore empty(RocksFiles files, StoredBucket bucket) {
    RocksStore store = new RocksStore(files, bucket);
    store.removeAll(bucket);
    return store;
  }

  /** The bucket with the rows that a memory store has committed. */
  static RocksStore copyOf(MemoryStore source, RocksFiles files, StoredBucket bucket) {
    RocksStore store = empty(files, bucket);
    source.forEach(
        (key, state) -> {
          store.apply(key, state);
          if (store.pending.size() == ROWS_PER_BATCH) {
            store.write(null);
          }
        });
    store.write(null);
    source.progress().ifPresent(store::commit);
    return store;
  }

  private void removeAll(StoredBucket bucket) {
    try (WriteBatch batch = new WriteBatch()) {
      batch.delete(progressKey);
      batch.deleteRange(rowPrefix, bucket.next().keyPrefix(ROW));
      files.write(batch);
    } catch (RocksDBException e) {
      throw files.failure("write to", e);
    }
    progress = null;
  }

  /** All buckets that the files have something of. */
  static List<StoredBucket> buckets(RocksFiles files) {
    List<StoredBucket> found = new ArrayList<>();
    files.scan(
        new byte[] {PROGRESS},
        (key, progress) -> {
          if (key.length > 1) { // the other is the files' own
            found.add(StoredBucket.ofKeyPrefix(key));
          }
        });
    return found;
  }

  @Override
  public @Nullable byte[] get(byte[] key) {
    return files.get(rowKey(key));
  }

  private byte[] rowKey(byte[] key) {
    byte[] whole = Arrays.copyOf(rowPrefix, rowPrefix.length + key.length);
    System.arraycopy(key, 0, whole, rowPrefix.length, key.length);
    return whole;
  }

  @Override
  public void scan(byte[] prefix, StateVisitor visitor) {
    files.scan(
        rowKey(prefix),
        (whole, state) ->
            visitor.state(Arrays.copyOfRange(whole, rowPrefix.length, whole.length), state));
  }

  @Override
  public @Nullable byte[] latest(byte[] key) {
    ByteBuffer wrapped = ByteBuffer.wrap(key);
    return pending.containsKey(wrapped) ? pending.get(wrapped) : get(key);
  }

  @Override
  public void apply(byte[] key, @Nullable byte[] state) {
    pending.put(ByteBuffer.wrap(key), state);
  }

  @Override
  public void commit(LogProgress newProgress) {
    write(newProgress);
    progress = newProgress;
  }

  private void write(@Nullable LogProgress newProgress) {
    try (WriteBatch batch = new WriteBatch()) {
      for (Map.Entry<ByteBuffer, byte[]> row : pending.entrySet()) {
        byte[] key = rowKey(row.getKey().array());
        if (row.getValue() == null) {
          batch.delete(key);
        } else {
          batch.put(key, row.getValue());
        }
      }
      if (newProgress != null) {
        batch.put(progressKey, bytes(newProgress));
      }
      files.write(batch);
    } catch (RocksDBException e) {
      throw files.failure("write to", e);
    }
    pending.clear();
  }

  private static byte[] bytes(LogProgress progress) {
    return ByteBuffer.allocate(2 * Long.BYTES)
        .putLong(progress.offset())
        .putLong(progress.safeMillis())
        .array();
  }

  private static LogProgress progress(byte[] stored) {
    ByteBuffer bytes = ByteBuffer.wrap(stored);
    return new LogProgress(bytes.getLong(), bytes.getLong());
  }

  @Override
  public Optional<LogProgress> progress() {
    return Optional.ofNullable(progress);
  }

  /** Nothing worth counting: what is applied is committed with every poll. */
  @Override
  public long heapBytes() {
    return 0;
  }

  /** Does nothing: the files belong to the table, and what is not committed is in the log. */
  @Override
  public void close() {}
}
