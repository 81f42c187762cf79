package io.fluss.merge;

import io.fluss.format.key.ColumnSets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.annotation.Nullable;

/**
 * The rows of one bucket, folded from its records within a bound of memory.
 *
 * <pre>
 *   record -> FoldLevel: one of 16 parts of the keys
 *               in memory: FoldTable, the state of each key
 *               otherwise: SpillFile, later folded by a FoldLevel of its own, when memory is free
 *          -> FoldedRows
 * </pre>
 *
 * <p>Guarantees: the records of a key are folded in the order given. Memory for keys and states,
 * array headers and buffers included, stays within the bound, give or take one row and the growth
 * of one part's table; records that a key alone has more of than the bound are folded one by one,
 * and only a single key larger than the bound exceeds it. Disk is used only where memory does not
 * suffice. After {@link #close()} no file is left.
 *
 * <p>Add all records, then take {@link #rows()} or {@link #count()}, one of them and once; then
 * close. One thread.
 */
public final class BucketFold implements AutoCloseable {

  /** The smallest memory bound. */
  public static final long MIN_MEMORY_BYTES = 16 * 1024;

  private static final int MAX_BUFFER_BYTES = 64 * 1024;

  /** Part of the memory for all buffers: those of the files of a level, and of the one it reads. */
  private static final int BUFFERS_FRACTION = 4;

  private static final int BUFFERS = FoldLevel.PARTS + 1;

  private final MergeFunction function;
  private final SpillDirectory disk;
  private final long tableBytes;

  /** Null once the adding has ended. */
  @Nullable private FoldLevel open;

  private boolean closed;

  /**
   * @param name what is folded, for messages: {@code bucket 3 of table 'shop.orders'}
   * @param function used by this fold alone
   * @param memoryBytes bound of the memory used, at least {@link #MIN_MEMORY_BYTES}
   * @param temporaryDirectory an existing directory for what does not fit
   * @throws IllegalArgumentException where the bound is too small
   */
  public BucketFold(
      String name, MergeFunction function, long memoryBytes, Path temporaryDirectory) {
    if (memoryBytes < MIN_MEMORY_BYTES) {
      throw new IllegalArgumentException(
          "A fold needs at least "
              + MIN_MEMORY_BYTES
              + " bytes of memory, got "
              + memoryBytes
              + ".");
    }
    int bufferBytes = (int) Math.min(MAX_BUFFER_BYTES, memoryBytes / BUFFERS_FRACTION / BUFFERS);
    this.function = function;
    this.tableBytes = memoryBytes - (long) bufferBytes * BUFFERS;
    this.disk = new SpillDirectory(name, temporaryDirectory, bufferBytes);
    this.open = new FoldLevel(function, disk, 0, tableBytes);
  }

  /**
   * Adds the next record of the log; keeps the value's array, which must not be modified
   * afterwards.
   *
   * @param key the record's key with its column-set byte
   * @param value the record's value, null for a tombstone
   * @throws SpillFailedException where memory does not suffice, and the disk neither
   * @throws io.fluss.format.CorruptBatchException where the key is empty
   */
  public void add(byte[] key, @Nullable byte[] value) {
    ColumnSets.of(key);
    adding().add(key, value);
  }

  /** All keys that have a row, in no particular order. */
  public FoldedRows rows() {
    return new Rows(finished());
  }

  /** How many keys have a row. */
  public long count() {
    FoldedTables tables = finished();
    long count = 0;
    while (tables.next()) {
      count += rowsIn(tables.current());
    }
    return count;
  }

  private long rowsIn(FoldTable table) {
    long rows = 0;
    for (int slot = table.nextEntry(0); slot < table.end(); slot = table.nextEntry(slot + 1)) {
      if (function.row(table.state(slot)) != null) {
        rows++;
      }
    }
    return rows;
  }

  /** How many bytes were written to disk so far. */
  public long spilledBytes() {
    return disk.writtenBytes();
  }

  private FoldLevel adding() {
    if (open == null) {
      throw new IllegalStateException("This fold has ended: make another for more records.");
    }
    return open;
  }

  private FoldedTables finished() {
    FoldedTables tables = new FoldedTables(adding());
    open = null;
    return tables;
  }

  /** Deletes what was written to disk; the rows taken from here end. */
  @Override
  public void close() {
    closed = true;
    open = null;
    disk.close();
  }

  /** One folded table after the other; each can be collected before the next is folded. */
  private final class FoldedTables {

    private final Deque<FoldTable> folded = new ArrayDeque<>();

    /** Last in, first out: so few files exist at a time. */
    private final Deque<SpillFile> spilled = new ArrayDeque<>();

    @Nullable private FoldTable current;

    FoldedTables(FoldLevel first) {
      take(first);
    }

    private void take(FoldLevel level) {
      folded.addAll(level.tables());
      level.finishFiles().forEach(spilled::push);
    }

    /** False where none is left. */
    boolean next() {
      current = null;
      while (folded.isEmpty() && !spilled.isEmpty()) {
        take(FoldLevel.of(spilled.pop(), function, disk, tableBytes));
      }
      current = folded.poll();
      return current != null;
    }

    FoldTable current() {
      if (current == null) {
        throw new IllegalStateException("There is no row here: call next() first.");
      }
      return current;
    }
  }

  private final class Rows implements FoldedRows {

    private final FoldedTables tables;
    private int slot;
    private int end;

    /** Null before the first row and after the last. */
    @Nullable private byte[] row;

    Rows(FoldedTables tables) {
      this.tables = tables;
    }

    @Override
    public boolean next() {
      if (closed) {
        throw new IllegalStateException("These rows ended when their fold was closed.");
      }
      row = null;
      while (row == null && nextState()) {
        row = function.row(tables.current().state(slot));
      }
      return row != null;
    }

    private boolean nextState() {
      if (slot < end) {
        slot = tables.current().nextEntry(slot + 1);
      }
      while (slot == end) {
        if (!tables.next()) {
          slot = 0;
          end = 0;
          return false;
        }
        slot = tables.current().nextEntry(0);
        end = tables.current().end();
      }
      return true;
    }

    @Override
    public byte[] key() {
      return tables.current().key(slot);
    }

    @Override
    public byte[] row() {
      if (row == null) {
        throw new IllegalStateException("There is no row here: call next() first.");
      }
      return row;
    }
  }
}
