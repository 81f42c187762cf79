package io.fluss.merge;

import io.fluss.format.key.ColumnSets;
import java.util.ArrayList;
import java.util.List;
import javax.annotation.Nullable;

/**
 * Keys parted into a few parts by bits of their hash. A part is folded in memory, until memory is
 * full and it is the largest: then its states move into a file, and its later records follow them
 * there, so that the file has all of its keys' records, in order, with a state for those before.
 *
 * <p>One thread.
 */
final class FoldLevel {

  private static final int PART_BITS = 4;

  /** How many parts there are, and at most as many files open for writing. */
  static final int PARTS = 1 << PART_BITS;

  /**
   * How often parts can be parted: with the upper half of the hash, as tables use the lower. What
   * is too large even then is folded whatever memory it takes; that are keys with the same hash.
   */
  static final int MAX_DEPTH = Integer.SIZE / PART_BITS;

  private final MergeFunction function;
  private final SpillDirectory disk;
  private final long memoryBytes;
  private final int depth;
  private final FoldTable[] tables = new FoldTable[PARTS];
  private final SpillFile[] files = new SpillFile[PARTS];
  private long heldBytes;

  /**
   * @param depth how often the keys were parted before
   * @param memoryBytes bound of all tables together
   */
  FoldLevel(MergeFunction function, SpillDirectory disk, int depth, long memoryBytes) {
    this.function = function;
    this.disk = disk;
    this.depth = depth;
    this.memoryBytes = memoryBytes;
    for (int part = 0; part < PARTS; part++) {
      tables[part] = new FoldTable();
      heldBytes += tables[part].bytes();
    }
  }

  /** Folds all records of a file, whose keys were parted before, and deletes it. */
  static FoldLevel of(
      SpillFile file, MergeFunction function, SpillDirectory disk, long memoryBytes) {
    boolean bounded = file.separable() && file.depth() < MAX_DEPTH;
    FoldLevel level =
        new FoldLevel(function, disk, file.depth(), bounded ? memoryBytes : Long.MAX_VALUE);
    file.forEach(level::add);
    file.delete();
    return level;
  }

  /**
   * @param key of the Kafka record, or as a {@link SpillFile} has it
   */
  void add(byte[] key, @Nullable byte[] value) {
    long hash = KeyHash.of(key, ColumnSets.BYTES);
    int part = part(hash);
    if (files[part] != null) {
      files[part].write(hash, key[0], key, ColumnSets.BYTES, value);
      return;
    }
    FoldTable table = tables[part];
    long before = table.bytes();
    if (key[0] == SpillFile.STATE) {
      table.begin((int) hash, key, value);
    } else {
      table.merge(function, (int) hash, key, value);
    }
    heldBytes += table.bytes() - before;
    while (heldBytes > memoryBytes) {
      spillLargest();
    }
  }

  private int part(long hash) {
    int shift = Long.SIZE - PART_BITS * (Math.min(depth, MAX_DEPTH - 1) + 1);
    return (int) (hash >>> shift) & PARTS - 1;
  }

  private void spillLargest() {
    int largest = -1;
    for (int part = 0; part < PARTS; part++) {
      if (tables[part] != null && (largest < 0 || tables[part].bytes() > tables[largest].bytes())) {
        largest = part;
      }
    }
    FoldTable table = tables[largest];
    SpillFile file = disk.newFile(depth + 1);
    files[largest] = file;
    for (int i = table.nextEntry(0); i < table.end(); i = table.nextEntry(i + 1)) {
      byte[] columns = table.key(i);
      file.write(KeyHash.of(columns, 0), SpillFile.STATE, columns, 0, table.state(i));
    }
    tables[largest] = null;
    heldBytes -= table.bytes();
  }

  /** The parts in memory. */
  List<FoldTable> tables() {
    List<FoldTable> held = new ArrayList<>();
    for (FoldTable table : tables) {
      if (table != null) {
        held.add(table);
      }
    }
    return held;
  }

  /** The other parts; nothing can be added afterwards. */
  List<SpillFile> finishFiles() {
    List<SpillFile> finished = new ArrayList<>();
    for (SpillFile file : files) {
      if (file != null) {
        file.finish();
        finished.add(file);
      }
    }
    return finished;
  }
}
