package io.fluss.testkit.lake;

import io.fluss.lake.LakeSnapshot;
import java.util.List;
import org.assertj.core.api.Assertions;

/** What the parts of {@link LakeFormatContract} stand on. */
interface LakeContract {

  /** A lake of this test alone, which is closed after it. */
  LakeUnderTest lake();

  LakeCapabilities capabilities();

  /** That we and others read what was written, and that the newest snapshot is this one. */
  default void assertHolds(TieredTable table, LakeSnapshot snapshot) {
    List<List<Object>> expected = table.expected();
    Assertions.assertThat(table.read(snapshot)).containsExactlyInAnyOrderElementsOf(expected);
    Assertions.assertThat(lake().storage().latestSnapshot(table.info())).contains(snapshot);
    Assertions.assertThat(
            lake().foreign().rows(table.info()).stream()
                .map(row -> LakeValues.of(row, table.readType(table.all()))))
        .containsExactlyInAnyOrderElementsOf(expected);
  }
}
