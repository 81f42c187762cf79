package io.fluss.merge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FoldTableTest {

  /** With few hashes every search passes other keys, and every removal has to move some up. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 64, Integer.MAX_VALUE})
  void equalsAHashMapHoweverKeysCollide(int hashes) {
    // Given
    Random random = new Random(hashes);
    FoldTable table = new FoldTable();
    Map<Byte, Byte> expected = new HashMap<>();

    for (int i = 0; i < 5_000; i++) {
      // When
      byte key = (byte) random.nextInt(100);
      Byte value = random.nextInt(3) == 0 ? null : (byte) random.nextInt();
      table.merge(
          MergeFixtures.ANY_LAST,
          Integer.remainderUnsigned(Byte.hashCode(key) * 0x9e3779b9, hashes),
          new byte[] {0, key},
          value == null ? null : new byte[] {value});
      expected.compute(key, (k, before) -> value);
    }

    // Then
    assertThat(entries(table)).isEqualTo(expected);
    assertThat(table.size()).isEqualTo(expected.size());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 8, 1000})
  void countsKeysAndStatesWithTheirHeadersUntilTheyAreRemoved(int length) {
    // Given
    FoldTable table = new FoldTable();
    long empty = table.bytes();

    // When
    table.merge(MergeFixtures.ANY_LAST, 1, new byte[1 + length], new byte[length]);
    long full = table.bytes();
    table.merge(MergeFixtures.ANY_LAST, 1, new byte[1 + length], new byte[2 * length]);
    long replaced = table.bytes();
    table.merge(MergeFixtures.ANY_LAST, 1, new byte[1 + length], null);

    // Then
    assertThat(full - empty).isBetween(2L * (16 + length), 2L * (24 + length));
    assertThat(replaced - full).isBetween(length - 8L, length + 8L);
    assertThat(table.bytes()).isEqualTo(empty);
  }

  private static Map<Byte, Byte> entries(FoldTable table) {
    Map<Byte, Byte> entries = new HashMap<>();
    for (int i = table.nextEntry(0); i < table.end(); i = table.nextEntry(i + 1)) {
      entries.put(table.key(i)[0], table.state(i)[0]);
    }
    return entries;
  }
}
