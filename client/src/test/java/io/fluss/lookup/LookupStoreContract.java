package io.fluss.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What every {@link LookupStore} does; a store's test is what makes one. */
abstract class LookupStoreContract {

  /** An empty store; whoever makes it closes it after the test. */
  abstract LookupStore store();

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] number(long number) {
    return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
  }

  /** All rows under a prefix as {@code key=state}, in the order they came. */
  static List<String> scanned(LookupStore store, String prefix) {
    List<String> rows = new ArrayList<>();
    store.scan(bytes(prefix), (key, state) -> rows.add(text(key) + "=" + text(state)));
    return rows;
  }

  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Test
  void findsWhatWasAppliedAndCommitted() {
    // Given
    LookupStore store = store();
    // When
    store.apply(bytes("a"), bytes("1"));
    store.apply(bytes("b"), bytes("2"));
    store.apply(bytes("a"), bytes("3"));
    store.apply(bytes("b"), null);
    store.apply(bytes("never"), null);
    store.commit(new LogProgress(5, 1000));
    // Then
    assertThat(store.get(bytes("a"))).isEqualTo(bytes("3"));
    assertThat(store.get(bytes("b"))).isNull();
    assertThat(store.get(bytes("never"))).isNull();
    assertThat(store.progress()).contains(new LogProgress(5, 1000));
  }

  @Test
  void isEmptyAndWithoutProgressAtFirst() {
    // When
    LookupStore store = store();
    // Then
    assertThat(store.get(bytes("a"))).isNull();
    assertThat(scanned(store, "")).isEmpty();
    assertThat(store.progress()).isEmpty();
  }

  @Test
  void theWriterSeesWhatItAppliedBeforeItCommits() {
    // Given
    LookupStore store = store();
    store.apply(bytes("a"), bytes("1"));
    store.apply(bytes("b"), bytes("1"));
    store.commit(new LogProgress(1, 0));
    // When
    store.apply(bytes("a"), bytes("2"));
    store.apply(bytes("b"), null);
    // Then
    assertThat(store.latest(bytes("a"))).isEqualTo(bytes("2"));
    assertThat(store.latest(bytes("b"))).isNull();
  }

  @Test
  void scansAPrefixInTheOrderOfUnsignedBytes() {
    // Given
    LookupStore store = store();
    for (String key : List.of("a", "ab", "abc", "ac", "b", "ab\u00ff", "")) {
      store.apply(bytes(key), bytes(key.toUpperCase()));
    }
    store.commit(new LogProgress(1, 0));
    // When
    List<String> rows = scanned(store, "ab");
    store.apply(bytes("abb"), bytes("new"));
    store.apply(bytes("abc"), null);
    store.commit(new LogProgress(2, 0));
    // Then
    assertThat(rows).containsExactly("ab=AB", "abc=ABC", "ab\u00ff=AB\u0178");
    assertThat(scanned(store, "ab")).containsExactly("ab=AB", "abb=new", "ab\u00ff=AB\u0178");
    assertThat(scanned(store, "x")).isEmpty();
  }

  @Test
  void holdsWhatASortedMapHoldsAfterRandomChanges() {
    // Given
    long seed = 20261124;
    Random random = new Random(seed);
    LookupStore store = store();
    Map<byte[], byte[]> model = new TreeMap<>(Arrays::compareUnsigned);
    // When
    for (int i = 0; i < 30_000; i++) {
      byte[] key = randomKey(random);
      byte[] state = random.nextInt(3) == 0 ? null : randomState(random);
      store.apply(key, state);
      if (state == null) {
        model.remove(key);
      } else {
        model.put(key, state);
      }
      if (random.nextInt(500) == 0) {
        store.commit(new LogProgress(i, i));
        scanned(store, "ab");
      }
    }
    store.commit(new LogProgress(30_000, 0));
    // Then
    List<byte[]> rows = new ArrayList<>();
    store.scan(
        new byte[0],
        (key, state) -> {
          rows.add(key);
          rows.add(state);
        });
    List<byte[]> expected = new ArrayList<>();
    model.forEach(
        (key, state) -> {
          expected.add(key);
          expected.add(state);
        });
    assertThat(rows).usingElementComparator(Arrays::compareUnsigned).isEqualTo(expected);
    for (int i = 0; i < 10_000; i++) {
      byte[] key = randomKey(random);
      assertThat(store.get(key)).isEqualTo(model.get(key));
      assertThat(store.latest(key)).isEqualTo(model.get(key));
    }
  }

  /** Few enough that keys come again, long and short, with all bytes. */
  private static byte[] randomKey(Random random) {
    byte[] key = new byte[random.nextInt(12)];
    for (int i = 0; i < key.length; i++) {
      key[i] = (byte) (i < 2 ? random.nextInt(256) : random.nextInt(2) - 1);
    }
    return key;
  }

  private static byte[] randomState(Random random) {
    byte[] state = new byte[random.nextInt(40)];
    random.nextBytes(state);
    return state;
  }

  @Test
  void readersSeeWholeRowsThatNeverGoBackWhileTheWriterWrites() throws Exception {
    // Given
    LookupStore store = store();
    int keys = 500;
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService readers = Executors.newFixedThreadPool(2);
    List<Future<Long>> reads = new ArrayList<>();
    for (int i = 0; i < keys; i++) {
      store.apply(number(i), counted(0));
    }
    store.commit(new LogProgress(0, 0));
    // When
    try {
      for (int reader = 0; reader < 2; reader++) {
        reads.add(readers.submit(() -> readUntil(done, store, keys)));
      }
      for (long round = 1; round <= 40; round++) {
        for (int i = 0; i < keys; i++) {
          store.apply(number(i), counted(round));
          // Rows that come and go make the store move the others about.
          store.apply(number(1_000_000 + round * keys + i), counted(round));
          store.apply(number(1_000_000 + (round - 1) * keys + i), null);
        }
        store.commit(new LogProgress(round, 0));
      }
    } finally {
      done.set(true);
      readers.shutdown();
    }
    // Then
    for (Future<Long> read : reads) {
      assertThat(read.get()).isPositive();
    }
  }

  /** A state that shows if parts of two are mixed. */
  private static byte[] counted(long count) {
    byte[] state = new byte[Long.BYTES * (1 + (int) (count % 5))];
    ByteBuffer buffer = ByteBuffer.wrap(state);
    while (buffer.hasRemaining()) {
      buffer.putLong(count);
    }
    return state;
  }

  private static long readUntil(AtomicBoolean done, LookupStore store, int keys) {
    long[] seen = new long[keys];
    long reads = 0;
    while (!done.get() || reads == 0) {
      for (int i = 0; i < keys; i++) {
        byte[] state = store.get(number(i));
        assertThat(state).isNotNull();
        long count = ByteBuffer.wrap(state).getLong();
        assertThat(state).isEqualTo(counted(count));
        assertThat(count).isGreaterThanOrEqualTo(seen[i]);
        seen[i] = count;
        reads++;
      }
    }
    return reads;
  }
}
