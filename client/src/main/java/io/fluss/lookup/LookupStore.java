package io.fluss.lookup;

import java.util.Optional;
import javax.annotation.Nullable;

/**
 * The states of one bucket by key. A key is that of a row's full records: the column set 0, then
 * the key columns; a state is that of {@link io.fluss.merge.MergeFunction}, so there may be one of
 * a key without a row. Arrays that are handed in or out are not changed by either side.
 *
 * <p>Threads: one writer ({@link #latest}, {@link #apply}, {@link #commit}, {@link #close}), any
 * number of readers ({@link #get}, {@link #scan}), which never wait for the writer.
 *
 * <p>What the writer applies is seen by readers at once or with the next {@link #commit}, as the
 * store likes; per key, readers never see an older state after a newer one.
 */
public interface LookupStore extends AutoCloseable {

  /** The state of a key, null where there is none. */
  @Nullable
  byte[] get(byte[] key);

  /**
   * Visits the states of all keys that begin with {@code prefix}, in the order of the unsigned key
   * bytes. States that change meanwhile may show in their old or new form.
   */
  void scan(byte[] prefix, StateVisitor visitor);

  /** As {@link #get}, with all that the writer has applied; for the writer only. */
  @Nullable
  byte[] latest(byte[] key);

  /** Stores the state of a key; null: there is none. */
  void apply(byte[] key, @Nullable byte[] state);

  /** Notes how much of the log is in the applied states, and makes them seen by readers. */
  void commit(LogProgress progress);

  /** What was committed last, in this process or by an earlier one; empty in a new store. */
  Optional<LogProgress> progress();

  /** Bytes of Java heap that the store takes, estimated. Any thread may ask. */
  long heapBytes();

  /** Frees what the store holds. Readers that come later fail or find nothing. */
  @Override
  void close();

  /** Takes the states that a {@link #scan} finds. */
  @FunctionalInterface
  interface StateVisitor {

    void state(byte[] key, byte[] state);
  }
}
