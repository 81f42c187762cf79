package io.fluss.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.table.TableInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import javax.annotation.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BucketFoldTest {

  private static final String NAME = "bucket 3 of table 'shop.orders'";
  private static final int KIB = 1024;

  @TempDir Path directory;

  /** The last case spills so much that its files are parted again, and those once more. */
  @ParameterizedTest
  @CsvSource({"1, 100, 1000", "2, 3000, 10000", "3, 30000, 100000", "4, 300000, 600000"})
  void equalsAHashMapHoweverOftenItSpills(long seed, int keys, int records) {
    // Given
    Random random = new Random(seed);
    Map<ByteBuffer, ByteBuffer> expected = new HashMap<>();

    try (BucketFold fold = fold(new Joined(), BucketFold.MIN_MEMORY_BYTES)) {
      // When
      for (int i = 0; i < records; i++) {
        byte[] key = key(random.nextInt(keys));
        byte[] value = random.nextInt(4) == 0 ? null : bytes(random, random.nextInt(20));
        fold.add(key, value);
        mergeInto(expected, key, value);
      }
      Map<ByteBuffer, ByteBuffer> folded = drain(fold.rows());

      // Then
      assertThat(folded.equals(expected)).isTrue();
      assertThat(fold.spilledBytes() > 0).isEqualTo(keys > 100);
    }
    assertThat(filesLeft()).isZero();
  }

  @Test
  void countsWhatTheRowsWouldBe() {
    // Given
    Random random = new Random(5);
    Map<ByteBuffer, ByteBuffer> expected = new HashMap<>();

    try (BucketFold fold = fold(MergeFixtures.ANY_LAST, BucketFold.MIN_MEMORY_BYTES)) {
      for (int i = 0; i < 20_000; i++) {
        byte[] key = key(random.nextInt(5_000));
        byte[] value = random.nextInt(3) == 0 ? null : bytes(random, 8);
        fold.add(key, value);
        expected.put(columns(key), value == null ? null : ByteBuffer.wrap(value));
      }

      // When
      long count = fold.count();

      // Then
      assertThat(fold.spilledBytes()).isPositive();
      assertThat(count).isEqualTo(expected.values().stream().filter(v -> v != null).count());
    }
  }

  @Test
  void showsTheRowsOfStatesThatWereSpilled() {
    // Given
    TableInfo table = MergeFixtures.table(Map.of(), MergeFixtures.COLUMN_SETS);
    List<Change> log = History.ofSeveralWriters(new Random(6), table, 2_000, 20_000);
    Map<ByteBuffer, byte[]> states = new HashMap<>();
    MergeFunction function = MergeFunction.of(table);

    try (BucketFold fold = fold(MergeFunction.of(table), BucketFold.MIN_MEMORY_BYTES);
        BucketFold counted = fold(MergeFunction.of(table), BucketFold.MIN_MEMORY_BYTES)) {
      for (Change change : log) {
        fold.add(change.key(), change.value());
        counted.add(change.key(), change.value());
        ByteBuffer key = columns(change.key());
        states.put(key, function.merge(states.get(key), change.columnSet(), change.value()));
      }
      Map<ByteBuffer, ByteBuffer> expected = new HashMap<>();
      states.forEach(
          (key, state) -> {
            byte[] row = function.row(state);
            if (row != null) {
              expected.put(key, ByteBuffer.wrap(row));
            }
          });
      long known = states.values().stream().filter(Objects::nonNull).count();

      // When
      Map<ByteBuffer, ByteBuffer> rows = drain(fold.rows());
      long count = counted.count();

      // Then
      assertThat(rows.equals(expected)).isTrue();
      assertThat(count).as("of %s states", known).isEqualTo(expected.size()).isLessThan(known);
      assertThat(fold.spilledBytes()).isPositive();
    }
  }

  @Test
  void usesNoDiskWhereMemorySuffices() {
    // Given
    try (BucketFold fold = fold(MergeFixtures.ANY_LAST, KIB * KIB)) {
      for (int i = 0; i < 5_000; i++) {
        fold.add(key(i), new byte[10]);
      }

      // When
      Map<ByteBuffer, ByteBuffer> rows = drain(fold.rows());

      // Then
      assertThat(rows).hasSize(5_000);
      assertThat(fold.spilledBytes()).isZero();
      assertThat(filesLeft()).isZero();
    }
  }

  @Test
  void aKeyAndARowMayBeLargerThanTheMemory() {
    // Given
    byte[] largeKey = new byte[100 * KIB];
    byte[] largeRow = bytes(new Random(7), 300 * KIB);

    try (BucketFold fold = fold(MergeFixtures.ANY_LAST, BucketFold.MIN_MEMORY_BYTES)) {
      fold.add(key(1), new byte[] {1});
      fold.add(largeKey, new byte[] {2});
      fold.add(key(2), largeRow);
      fold.add(largeKey, largeRow);

      // When
      Map<ByteBuffer, ByteBuffer> rows = drain(fold.rows());

      // Then
      assertThat(rows)
          .hasSize(3)
          .containsEntry(columns(largeKey), ByteBuffer.wrap(largeRow))
          .containsEntry(columns(key(2)), ByteBuffer.wrap(largeRow))
          .containsEntry(columns(key(1)), ByteBuffer.wrap(new byte[] {1}));
    }
    assertThat(filesLeft()).isZero();
  }

  @Test
  void filesAreGoneWhenItIsClosedEarly() {
    // Given
    BucketFold fold = fold(MergeFixtures.ANY_LAST, BucketFold.MIN_MEMORY_BYTES);
    for (int i = 0; i < 10_000; i++) {
      fold.add(key(i), new byte[10]);
    }
    FoldedRows rows = fold.rows();
    rows.next();
    long filesBefore = filesLeft();

    // When
    fold.close();

    // Then
    assertThat(filesBefore).isPositive();
    assertThat(filesLeft()).isZero();
    assertThatThrownBy(rows::next)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("These rows ended when their fold was closed.");
  }

  @Test
  void filesAreGoneWhenTheMergeFails() {
    // Given
    MergeFunction failing =
        (state, columnSet, value) -> {
          if (columnSet > 0) {
            throw UnknownColumnSetException.ofUpdate(columnSet);
          }
          return value;
        };

    // When
    try (BucketFold fold = fold(failing, BucketFold.MIN_MEMORY_BYTES)) {
      for (int i = 0; i < 10_000; i++) {
        fold.add(key(i), new byte[10]);
      }
      byte[] bad = key(1);
      bad[0] = 1;
      assertThatThrownBy(
              () -> {
                fold.add(bad, null);
                drain(fold.rows());
              })
          .isInstanceOf(UnknownColumnSetException.class);
    }

    // Then
    assertThat(filesLeft()).isZero();
  }

  @Test
  void saysWhereItCannotSpill() throws IOException {
    // Given
    Path missing = directory.resolve("missing");

    // When, Then
    try (BucketFold fold =
        new BucketFold(NAME, MergeFixtures.ANY_LAST, BucketFold.MIN_MEMORY_BYTES, missing)) {
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 10_000; i++) {
                  fold.add(key(i), new byte[10]);
                }
              })
          .isInstanceOf(SpillFailedException.class)
          .hasCauseInstanceOf(IOException.class)
          .hasMessageStartingWith(
              "Cannot write to directory '"
                  + missing
                  + "' what does not fit into memory of bucket 3 of table 'shop.orders': ")
          .hasMessageContaining("0 bytes were written there")
          .hasMessageEndingWith(
              "Make room there, take another directory, or give the query more memory.");
    }
  }

  @Test
  void refusesABoundThatIsTooSmall() {
    assertThatThrownBy(() -> fold(MergeFixtures.ANY_LAST, 1000))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A fold needs at least 16384 bytes of memory, got 1000.");
  }

  @Test
  void endsOnce() {
    // Given
    try (BucketFold fold = fold(MergeFixtures.ANY_LAST, KIB * KIB)) {
      fold.add(key(1), new byte[1]);

      // When
      fold.rows();

      // Then
      assertThatThrownBy(fold::count).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> fold.add(key(2), new byte[1]))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("This fold has ended: make another for more records.");
    }
  }

  /** States that show the order of their records: all values since the last delete, joined. */
  private static final class Joined implements MergeFunction {
    @Override
    @Nullable
    public byte[] merge(@Nullable byte[] state, int columnSet, @Nullable byte[] value) {
      return value == null || state == null ? value : joined(state, value);
    }
  }

  private static byte[] joined(byte[] first, byte[] second) {
    return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
  }

  private static void mergeInto(
      Map<ByteBuffer, ByteBuffer> states, byte[] key, @Nullable byte[] value) {
    if (value == null) {
      states.remove(columns(key));
    } else {
      states.merge(
          columns(key),
          ByteBuffer.wrap(value),
          (state, added) -> ByteBuffer.wrap(joined(state.array(), added.array())));
    }
  }

  private BucketFold fold(MergeFunction function, long memoryBytes) {
    return new BucketFold(NAME, function, memoryBytes, directory);
  }

  /** Of 0 to 11 bytes behind the number, so that keys end anywhere in a word. */
  private static byte[] key(int number) {
    return ByteBuffer.allocate(1 + Integer.BYTES + number % 12)
        .put((byte) 0)
        .putInt(number)
        .array();
  }

  private static ByteBuffer columns(byte[] key) {
    return ByteBuffer.wrap(Arrays.copyOfRange(key, 1, key.length));
  }

  private static byte[] bytes(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static Map<ByteBuffer, ByteBuffer> drain(FoldedRows rows) {
    Map<ByteBuffer, ByteBuffer> drained = new HashMap<>();
    while (rows.next()) {
      ByteBuffer before = drained.put(ByteBuffer.wrap(rows.key()), ByteBuffer.wrap(rows.row()));
      assertThat(before).isNull();
    }
    return drained;
  }

  private long filesLeft() {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(file -> !file.equals(directory)).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
