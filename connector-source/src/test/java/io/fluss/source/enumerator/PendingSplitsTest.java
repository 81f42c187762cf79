package io.fluss.source.enumerator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluss.lake.LakeSplit;
import io.fluss.source.split.LakeTableSplit;
import io.fluss.source.split.TableSplit;
import io.fluss.union.LakeRest;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.mocks.MockSplitEnumeratorContext;
import org.junit.jupiter.api.Test;

class PendingSplitsTest {

  private static final int HALF_A_MEGABYTE = 1 << 19;

  @Test
  void aMessageHoldsAMegabyteOfDescriptionsOrOneSplit() throws Exception {
    assertThat(messages(5, HALF_A_MEGABYTE)).containsExactly(2, 2, 1);
    assertThat(messages(3, 4 * HALF_A_MEGABYTE)).containsExactly(1, 1, 1);
  }

  @Test
  void aMessageHoldsAFewHundredSmallSplits() throws Exception {
    assertThat(messages(300, 10)).containsExactly(256, 44);
  }

  /** How many splits are in each message to the only reader. */
  private static List<Integer> messages(int splits, int descriptionBytes) throws Exception {
    MockSplitEnumeratorContext<TableSplit> coordinator = new MockSplitEnumeratorContext<>(1);
    try {
      coordinator.registerReader(new ReaderInfo(0, "here"));
      PendingSplits pending =
          new PendingSplits(
              coordinator,
              IntStream.range(0, splits).mapToObj(i -> split(i, descriptionBytes)).toList());

      pending.assignTo(Set.of(0));

      assertThat(pending.all()).isEmpty();
      return coordinator.getSplitsAssignmentSequence().stream()
          .map(a -> a.assignment().get(0).size())
          .toList();
    } finally {
      coordinator.close();
    }
  }

  private static TableSplit split(int number, int descriptionBytes) {
    LakeSplit split = new LakeSplit(null, 0, 1, 1, new byte[descriptionBytes]);
    return new LakeTableSplit("lake-" + number, LakeRest.all(List.of(split), 0));
  }
}
