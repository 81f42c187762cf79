package io.fluss.testkit.lake;

import io.fluss.lake.LakeSnapshot;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.assertj.core.api.Assertions;

/** What the parts of {@link LakeFormatContract} stand on. */
interface LakeContract {

  /** A lake of this test alone, which is closed after it. */
  LakeUnderTest lake();

  LakeCapabilities capabilities();

  /** That we and others read what was written, and that the newest snapshot is this one. */
  default void assertHolds(TieredTable table, LakeSnapshot snapshot) {
    List<List<Object>> expected = table.expected();
    assertSameRows(table.read(snapshot), expected);
    Assertions.assertThat(lake().storage().latestSnapshot(table.info())).contains(snapshot);
    assertSameRows(
        lake().foreign().rows(table.info()).stream()
            .map(row -> LakeValues.of(row, table.readType(table.all())))
            .toList(),
        expected);
  }

  /** As {@code containsExactlyInAnyOrder}, but fast for many rows. */
  default void assertSameRows(List<List<Object>> actual, List<List<Object>> expected) {
    Assertions.assertThat(counted(actual)).isEqualTo(counted(expected));
  }

  private static Map<List<Object>, Long> counted(List<List<Object>> rows) {
    return rows.stream().collect(Collectors.groupingBy(row -> row, Collectors.counting()));
  }
}
