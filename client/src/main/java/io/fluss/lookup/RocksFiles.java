package io.fluss.lookup;

import io.fluss.FlussException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import javax.annotation.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.CompactionStyle;
import org.rocksdb.CompressionType;
import org.rocksdb.FlushOptions;
import org.rocksdb.IndexType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The RocksDB of one table in this process, shared by the {@link RocksStore stores} of its buckets.
 *
 * <p>There is no write-ahead log. All is in one column family, whose memory tables reach the disk
 * in the order they were written and each write batch within one of them; so after a crash the
 * files hold what some earlier write left, rows and progress alike.
 *
 * <p>Thread-safe, and so is closing it while others read: they fail with a message instead of
 * reaching into freed memory.
 */
final class RocksFiles implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RocksFiles.class);

  /** Raise it when the layout of keys or values in the files changes. */
  private static final String FORMAT = "3";

  private static final byte[] IDENTITY_KEY = {0};
  private static final int BLOOM_BITS_PER_KEY = 10;
  private static final long MIB = 1L << 20;

  /**
   * How many files a row may be looked for in, more or less; filters pass over most. By levels, the
   * small files of a small memory, each with keys of all buckets, would be merged into the whole
   * table time and again.
   */
  private static final int SORTED_RUNS = 8;

  /** Of each file that a compaction reads; RocksDB's 2 MB are a lot for some ten files. */
  private static final long COMPACTION_READ_BYTES = 128 << 10;

  private final LocalDirectory directory;
  private final LRUCache cache;
  private final BloomFilter filter;
  private final Options options;
  private final WriteOptions withoutLog;
  private final RocksDB db;
  private final ReadWriteLock closing = new ReentrantReadWriteLock();
  private boolean closed;

  private RocksFiles(LocalDirectory directory, long memoryBytes) {
    this.directory = directory;
    this.cache = new LRUCache(clamp(memoryBytes / 4, 8 * MIB, 512 * MIB));
    this.filter = new BloomFilter(BLOOM_BITS_PER_KEY);
    this.options =
        new Options()
            .setCreateIfMissing(true)
            .setWriteBufferSize(clamp(memoryBytes / 16, 4 * MIB, 64 * MIB))
            .setMaxBackgroundJobs(2)
            .setCompactionStyle(CompactionStyle.UNIVERSAL)
            .setLevel0FileNumCompactionTrigger(SORTED_RUNS)
            .setCompressionType(CompressionType.LZ4_COMPRESSION)
            .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
            .setKeepLogFileNum(1)
            .setCompactionReadaheadSize(COMPACTION_READ_BYTES)
            .setTableFormatConfig(blocksInCache());
    this.withoutLog = new WriteOptions().setDisableWAL(true);
    try {
      this.db = RocksDB.open(options, directory.path().toString());
    } catch (RocksDBException e) {
      freeSettings();
      throw failure("open", e);
    }
  }

  /**
   * Indexes and filters grow with the rows, so they have to be in the cache to be bounded by it,
   * and in parts, or there would be room for little else.
   */
  private BlockBasedTableConfig blocksInCache() {
    return new BlockBasedTableConfig()
        .setBlockCache(cache)
        .setFilterPolicy(filter)
        .setIndexType(IndexType.kTwoLevelIndexSearch)
        .setPartitionFilters(true)
        .setCacheIndexAndFilterBlocks(true)
        .setCacheIndexAndFilterBlocksWithHighPriority(true)
        .setPinTopLevelIndexAndFilter(true);
  }

  private static long clamp(long bytes, long least, long most) {
    return Math.max(least, Math.min(most, bytes));
  }

  /**
   * Opens the table's files, or new ones where there are none, or where those that are there have
   * another layout or cannot be read. The caller closes them.
   *
   * @param memoryBytes what the table may use; a share of it becomes RocksDB's cache and buffers
   * @throws LinkageError where RocksDB is not on the class path
   */
  static RocksFiles open(Path parent, UUID table, long memoryBytes) {
    RocksDB.loadLibrary();
    LocalDirectory directory = LocalDirectory.take(parent, table);
    try {
      RocksFiles found = openOrReplace(directory, memoryBytes);
      return found.belongTo(table) ? found : found.replaced(table, memoryBytes);
    } catch (RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  private static RocksFiles openOrReplace(LocalDirectory directory, long memoryBytes) {
    try {
      return new RocksFiles(directory, memoryBytes);
    } catch (FlussException e) {
      LOG.warn("The local files in '{}' cannot be read and are made anew.", directory.path(), e);
      directory.deleteFiles();
      return new RocksFiles(directory, memoryBytes);
    }
  }

  private boolean belongTo(UUID table) {
    byte[] found = get(IDENTITY_KEY);
    return found != null && Arrays.equals(found, identityValue(table));
  }

  private RocksFiles replaced(UUID table, long memoryBytes) {
    byte[] found = get(IDENTITY_KEY);
    if (found != null) {
      LOG.info(
          "The local files in '{}' are of '{}', not of '{}': they are made anew.",
          directory.path(),
          new String(found, StandardCharsets.UTF_8),
          new String(identityValue(table), StandardCharsets.UTF_8));
    }
    closeDatabase();
    directory.deleteFiles();
    RocksFiles files = new RocksFiles(directory, memoryBytes);
    try (WriteBatch batch = new WriteBatch()) {
      batch.put(IDENTITY_KEY, identityValue(table));
      files.write(batch);
    } catch (RocksDBException e) {
      throw files.failure("write to", e);
    }
    return files;
  }

  private static byte[] identityValue(UUID table) {
    return (FORMAT + " " + table).getBytes(StandardCharsets.UTF_8);
  }

  @Nullable
  byte[] get(byte[] key) {
    closing.readLock().lock();
    try {
      requireOpen();
      return db.get(key);
    } catch (RocksDBException e) {
      throw failure("read", e);
    } finally {
      closing.readLock().unlock();
    }
  }

  /** Visits all that begins with {@code prefix}, in order; keys are handed on whole. */
  void scan(byte[] prefix, LookupStore.StateVisitor visitor) {
    closing.readLock().lock();
    try {
      requireOpen();
      try (RocksIterator rows = db.newIterator()) {
        for (rows.seek(prefix); rows.isValid(); rows.next()) {
          byte[] key = rows.key();
          if (key.length < prefix.length
              || !Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length)) {
            return;
          }
          visitor.state(key, rows.value());
        }
        rows.status();
      }
    } catch (RocksDBException e) {
      throw failure("read", e);
    } finally {
      closing.readLock().unlock();
    }
  }

  void write(WriteBatch batch) {
    closing.readLock().lock();
    try {
      requireOpen();
      db.write(withoutLog, batch);
    } catch (RocksDBException e) {
      throw failure("write to", e);
    } finally {
      closing.readLock().unlock();
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new FlussException(
          "The local files in '" + directory.path() + "' are closed: the lookup was closed.");
    }
  }

  FlussException failure(String action, RocksDBException cause) {
    return new FlussException(
        "Could not "
            + action
            + " the local files of lookups in '"
            + directory.path()
            + "': "
            + cause.getMessage()
            + ". If the disk is full or damaged, set 'lookup.local-dir' to another directory; the"
            + " files hold nothing that is not in the table's log.",
        cause);
  }

  /** Writes to disk what is in memory and gives the directory back, with its files. */
  @Override
  public void close() {
    closeDatabase();
    directory.close();
  }

  private void closeDatabase() {
    closing.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        flush();
        db.close();
        freeSettings();
      }
    } finally {
      closing.writeLock().unlock();
    }
  }

  private void flush() {
    try (FlushOptions whole = new FlushOptions().setWaitForFlush(true)) {
      db.flush(whole);
    } catch (RocksDBException e) {
      LOG.warn(
          "Could not write local files in '{}'; the next start reads more of the log.",
          directory.path(),
          e);
    }
  }

  private void freeSettings() {
    withoutLog.close();
    options.close();
    filter.close();
    cache.close();
  }
}
