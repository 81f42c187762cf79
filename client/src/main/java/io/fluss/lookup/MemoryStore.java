package io.fluss.lookup;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Consumer;
import javax.annotation.Nullable;

/**
 * A bucket's rows on the Java heap: an open-addressing hash table of {@link Entry entries}, about
 * 36 bytes per row beyond key and state. Applied rows are seen at once.
 *
 * <p>Readers take no lock. A slot holds null, {@link #DELETED} or one entry, which has key and
 * state together, so a reader sees either all of a row's old form or all of its new one. A slot
 * that is not null never becomes null, so a reader that walks past other rows' slots reaches its
 * key whatever the writer does meanwhile. The table that replaces a full one is published when it
 * is complete; who still reads the old one sees the rows of that moment.
 *
 * <p>The first {@link #scan} builds an index of the sorted keys, about 70 bytes per row more, which
 * is kept from then on.
 */
final class MemoryStore implements LookupStore {

  private static final byte[] DELETED = new byte[0];
  private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(byte[][].class);

  private static final int FIRST_SLOTS = 64;
  private static final int MAX_SLOTS = 1 << 30;
  private static final int REF_BYTES = 4;

  /** A node of the skip list and its share of the list's levels. */
  private static final int INDEX_NODE_BYTES = 36;

  private volatile byte[][] slots = new byte[FIRST_SLOTS][];
  private volatile @Nullable ConcurrentSkipListSet<byte[]> index;
  private volatile @Nullable LogProgress progress;
  private volatile long heapBytes = slotBytes(FIRST_SLOTS);

  // Of the writer only.
  private int rows;
  private int usedSlots;

  @Override
  public @Nullable byte[] get(byte[] key) {
    byte[] entry = find(slots, key);
    return entry == null ? null : Entry.state(entry);
  }

  private static @Nullable byte[] find(byte[][] slots, byte[] key) {
    int mask = slots.length - 1;
    int at = firstSlot(Entry.hash(key), slots.length);
    while (true) {
      byte[] entry = (byte[]) SLOT.getAcquire(slots, at);
      if (entry == null || Entry.hasKey(entry, key)) {
        return entry;
      }
      at = at + 1 & mask;
    }
  }

  private static int firstSlot(long hash, int slotCount) {
    return (int) (hash >>> Long.numberOfLeadingZeros(slotCount) + 1);
  }

  @Override
  public @Nullable byte[] latest(byte[] key) {
    return get(key);
  }

  /** Excludes only the building of the index, so the lock is free all but once. */
  @Override
  public synchronized void apply(byte[] key, @Nullable byte[] state) {
    if (state == null) {
      remove(key);
    } else {
      put(key, Entry.of(key, state));
    }
  }

  private void put(byte[] key, byte[] entry) {
    byte[][] table = slots;
    int mask = table.length - 1;
    int at = firstSlot(Entry.hash(key), table.length);
    int free = -1;
    while (true) {
      byte[] found = table[at];
      if (found == null) {
        insert(table, free < 0 ? at : free, entry);
        indexAdd(key);
        return;
      }
      if (Entry.hasKey(found, key)) {
        SLOT.setRelease(table, at, entry);
        grow(Entry.heapBytes(entry) - Entry.heapBytes(found));
        return;
      }
      if (found == DELETED && free < 0) {
        free = at;
      }
      at = at + 1 & mask;
    }
  }

  private void insert(byte[][] table, int at, byte[] entry) {
    if (table[at] == null) {
      usedSlots++;
    }
    rows++;
    SLOT.setRelease(table, at, entry);
    grow(Entry.heapBytes(entry));
    if (usedSlots > maxUsed(table.length)) {
      rehash();
    }
  }

  private void remove(byte[] key) {
    byte[][] table = slots;
    int mask = table.length - 1;
    int at = firstSlot(Entry.hash(key), table.length);
    for (; table[at] != null; at = at + 1 & mask) {
      if (Entry.hasKey(table[at], key)) {
        grow(-Entry.heapBytes(table[at]));
        SLOT.setRelease(table, at, DELETED);
        rows--;
        indexRemove(key);
        return;
      }
    }
  }

  /** At 5/8 a search for a key that is not there meets four slots. */
  private static int maxUsed(int slotCount) {
    return slotCount / 8 * 5;
  }

  private void rehash() {
    byte[][] old = slots;
    int slotCount = FIRST_SLOTS;
    while (maxUsed(slotCount) < rows + rows / 4) {
      if (slotCount == MAX_SLOTS) {
        throw new IllegalStateException(
            "A bucket has more than "
                + rows
                + " rows, which is more than memory is made for. Give the table more buckets, or"
                + " set 'lookup.memory-size' so that its rows move to disk earlier.");
      }
      slotCount *= 2;
    }
    byte[][] table = new byte[slotCount][];
    for (byte[] entry : old) {
      if (entry != null && entry != DELETED) {
        int at = firstSlot(Entry.hashOfKey(entry), slotCount);
        while (table[at] != null) {
          at = at + 1 & slotCount - 1;
        }
        table[at] = entry;
      }
    }
    usedSlots = rows;
    slots = table;
    grow(slotBytes(slotCount) - slotBytes(old.length));
  }

  @Override
  public void scan(byte[] prefix, StateVisitor visitor) {
    for (byte[] key : index().tailSet(prefix)) {
      if (!startsWith(key, prefix)) {
        return;
      }
      byte[] state = get(key);
      if (state != null) {
        visitor.state(key, state);
      }
    }
  }

  private static boolean startsWith(byte[] key, byte[] prefix) {
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }

  private SortedSet<byte[]> index() {
    ConcurrentSkipListSet<byte[]> built = index;
    return built == null ? buildIndex() : built;
  }

  private synchronized SortedSet<byte[]> buildIndex() {
    if (index == null) {
      ConcurrentSkipListSet<byte[]> built = new ConcurrentSkipListSet<>(Arrays::compareUnsigned);
      forEachEntry(entry -> add(built, Entry.key(entry)));
      index = built;
    }
    return Objects.requireNonNull(index);
  }

  private void indexAdd(byte[] key) {
    ConcurrentSkipListSet<byte[]> built = index;
    if (built != null) {
      add(built, key);
    }
  }

  private void add(ConcurrentSkipListSet<byte[]> keys, byte[] key) {
    keys.add(key);
    grow(indexBytes(key));
  }

  private void indexRemove(byte[] key) {
    ConcurrentSkipListSet<byte[]> built = index;
    if (built != null) {
      built.remove(key);
      grow(-indexBytes(key));
    }
  }

  private static long indexBytes(byte[] key) {
    return INDEX_NODE_BYTES + Entry.arrayBytes(key.length);
  }

  /** Hands all rows on, in no order; for the writer only. */
  void forEach(StateVisitor visitor) {
    forEachEntry(entry -> visitor.state(Entry.key(entry), Entry.state(entry)));
  }

  private void forEachEntry(Consumer<byte[]> action) {
    for (byte[] entry : slots) {
      if (entry != null && entry != DELETED) {
        action.accept(entry);
      }
    }
  }

  @Override
  public void commit(LogProgress newProgress) {
    progress = newProgress;
  }

  @Override
  public Optional<LogProgress> progress() {
    return Optional.ofNullable(progress);
  }

  @Override
  public long heapBytes() {
    return heapBytes;
  }

  /** Under the lock of all writes. */
  private void grow(long bytes) {
    heapBytes += bytes;
  }

  private static long slotBytes(int slotCount) {
    return Entry.arrayBytes(0) + (long) REF_BYTES * slotCount;
  }

  /** Does nothing: the collector takes the rows, once no reader holds the store. */
  @Override
  public void close() {}
}
