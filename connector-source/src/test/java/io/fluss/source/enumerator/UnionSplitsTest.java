package io.fluss.source.enumerator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluss.kafka.ClientConfig;
import io.fluss.lake.LakeOffsets;
import io.fluss.lake.LakeSnapshot;
import io.fluss.lake.LakeSplit;
import io.fluss.read.BucketFolding;
import io.fluss.read.LogPosition;
import io.fluss.read.LogScan;
import io.fluss.read.Selection;
import io.fluss.read.StartingOffsets;
import io.fluss.read.StoppingOffsets;
import io.fluss.read.WantedKeys;
import io.fluss.source.enumerator.SplitRanges.Ranges;
import io.fluss.source.split.LakeTableSplit;
import io.fluss.source.split.LakeThenLogSplit;
import io.fluss.source.split.LogSplit;
import io.fluss.source.split.TableBucket;
import io.fluss.source.split.TableSplit;
import io.fluss.table.BucketFunction;
import io.fluss.table.Column;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import io.fluss.table.TableState;
import io.fluss.union.LakeRest;
import io.fluss.union.PinnedLake;
import io.fluss.union.UnionPlan;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import javax.annotation.Nullable;
import org.apache.flink.table.types.logical.BigIntType;
import org.junit.jupiter.api.Test;

/** Which parts of lake and log become one split. */
class UnionSplitsTest {

  private static final int ANY = -1;

  @Test
  void partsOfALogTableAreApartUnlessTheirOrderMatters() {
    assertThat(shown(log(null), false, lake(0, 1, 1, ANY), bucket(0, 5), bucket(1, 5)))
        .containsExactlyInAnyOrder("lake", "lake", "lake", "lake", "log0", "log1");
    assertThat(shown(log(null), true, lake(0, 1, 1, ANY), bucket(0, 5), bucket(1, 5)))
        .containsExactlyInAnyOrder("1 then log0", "2 then log1", "lake");
    assertThat(shown(log(null), true, lake(1), bucket(0, 5), bucket(1, 5)))
        .containsExactlyInAnyOrder("log0", "1 then log1");
  }

  @Test
  void bucketsOfAPrimaryKeyTableAreFoldedOverTheirPartOfTheLake() {
    LogScan batch = keyed(WantedKeys.ALL, new BucketFolding(null, false));
    assertThat(shown(batch, false, lake(0, 0, 1), bucket(0, 5), bucket(1, 5)))
        .containsExactlyInAnyOrder("2 then log0", "1 then log1");
    assertThat(shown(batch, false, lake(0, 0, 1), bucket(0, 5), bucket(1, 3)))
        .as("nothing is fresh in bucket 1")
        .containsExactlyInAnyOrder("2 then log0", "lake");
    assertThat(shown(batch, false, lake(0, ANY), bucket(0, 5), bucket(1, 3)))
        .as("what is of any bucket is read with each")
        .containsExactlyInAnyOrder("2 of 0 then log0", "1 of 1 then log1");
    assertThat(shown(batch, false, lake(0, ANY), bucket(0, 3), bucket(1, 3)))
        .containsExactlyInAnyOrder("lake", "lake");
  }

  @Test
  void theOnlyWantedBucketIsTakenOutOfWhatIsOfAny() {
    LogScan batch = keyed(new WantedKeys(1, new byte[] {1}), new BucketFolding(null, false));
    assertThat(shown(batch, false, lake(ANY), bucket(1, 5))).containsExactly("1 of 1 then log1");
    assertThat(shown(batch, false, lake(ANY), bucket(1, 3))).containsExactly("lake of 1");
  }

  @Test
  void aTopicThatIsReadWithoutItsLakeLosesNothingOfTheLog() {
    LogScan streaming = keyed(WantedKeys.ALL, null);
    Ranges ranges = new Ranges(List.of(bucket(0, 5)), Set.of("d.t"));
    assertThat(new UnionSplits(streaming, plan(lake(0, ANY))).with(ranges, true))
        .containsExactly(bucket(0, 5));
  }

  @Test
  void withoutALogThereIsTheLake() {
    assertThat(shown(keyed(WantedKeys.ALL, null), true, lake(0, ANY)))
        .containsExactly("lake", "lake");
    assertThat(new UnionSplits(log(null), plan(lake(0, 1))).alone())
        .extracting(TableSplit::splitId)
        .containsExactly("lake-7-0", "lake-7-1");
  }

  private static List<String> shown(
      LogScan scan, boolean inOrder, List<LakeSplit> lake, LogSplit... log) {
    return new UnionSplits(scan, plan(lake))
        .with(new Ranges(List.of(log), Set.of()), inOrder).stream()
            .map(UnionSplitsTest::show)
            .toList();
  }

  private static String show(TableSplit split) {
    if (split instanceof LakeTableSplit alone) {
      return "lake" + filter(alone.lake());
    }
    String log = "log" + split.log().orElseThrow().bucket().index();
    return split instanceof LakeThenLogSplit both
        ? both.lake().splits().size() + filter(both.lake()) + " then " + log
        : log;
  }

  private static String filter(LakeRest lake) {
    return lake.onlyBucket().isPresent() ? " of " + lake.bucketOrAny() : "";
  }

  private static UnionPlan plan(List<LakeSplit> lake) {
    return new UnionPlan(new PinnedLake(new LakeSnapshot(7, LakeOffsets.NONE, 0), 0), lake, 0);
  }

  private static List<LakeSplit> lake(Integer... buckets) {
    byte[] number = {0};
    return Stream.of(buckets)
        .map(b -> new LakeSplit(null, b, 100, 10, new byte[] {number[0]++}))
        .toList();
  }

  /** From offset 3 on. */
  private static LogSplit bucket(int index, long stop) {
    return new LogSplit(new TableBucket("d.t", "Id", null, index), LogPosition.at(3), stop, 0);
  }

  private static LogScan log(@Nullable Long limit) {
    return scan(table(List.of()), limit, WantedKeys.ALL, null);
  }

  private static LogScan keyed(WantedKeys keys, @Nullable BucketFolding folding) {
    return scan(table(List.of("id")), null, keys, folding);
  }

  private static LogScan scan(
      TableInfo table, @Nullable Long limit, WantedKeys keys, @Nullable BucketFolding folding) {
    return new LogScan(
        table,
        new ClientConfig("none", Map.of()),
        Selection.all(table.rowType()),
        StartingOffsets.full(),
        StoppingOffsets.latest(),
        limit,
        keys,
        folding);
  }

  private static TableInfo table(List<String> primaryKey) {
    return new TableInfo(
        new UUID(0, 1),
        TablePath.of("d", "t"),
        TableState.READY,
        "d.t",
        "Id",
        1,
        List.of(new Column.Physical(0, "id", new BigIntType(false), null)),
        List.of(),
        List.of(),
        1,
        primaryKey,
        List.of(),
        List.of(),
        primaryKey,
        2,
        BucketFunction.MURMUR3,
        Map.of(),
        null,
        0);
  }
}
