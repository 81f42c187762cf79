package io.fluss.testkit.lake;

import static io.fluss.testkit.lake.LakeUnderTest.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.fluss.lake.LakeCommitter;
import io.fluss.lake.LakeOffsets;
import io.fluss.lake.LakeSnapshot;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Compaction and expiry: rows and offsets stay. */
interface MaintenanceContract extends LakeContract {

  /** Tables that are looked after in different ways. */
  enum Kind {
    LOG,
    LOG_WITH_BUCKET_KEY,
    PRIMARY_KEY
  }

  private static List<RowData> rows(int from, int to) {
    return IntStream.range(from, to)
        .<RowData>mapToObj(i -> GenericRowData.of((long) i, StringData.fromString("n" + i)))
        .toList();
  }

  private TieredTable create(Kind kind, boolean compaction, boolean expiry) {
    return lake()
        .create(
            table(
                t -> {
                  LakeUnderTest.idAndName(t)
                      .buckets(2)
                      .option("table.datalake.auto-compaction", String.valueOf(compaction))
                      .option("table.datalake.auto-expire-snapshot", String.valueOf(expiry));
                  return switch (kind) {
                    case LOG -> t;
                    case LOG_WITH_BUCKET_KEY -> t.bucketKey("id");
                    case PRIMARY_KEY -> t.primaryKey(List.of("id"));
                  };
                }));
  }

  private void tierAndMaintain(TieredTable table, int from, int to) {
    TieredTable.Round round = table.append(rows(from, to)).write();
    try (LakeCommitter committer = lake().storage().committer(table.info())) {
      committer.commit(round.written(), round.from(), round.to());
      committer.maintain();
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  default void maintenanceKeepsRowsAndOffsets(Kind kind) {
    // Given
    TieredTable table = create(kind, true, true);

    // When
    for (int round = 0; round < 15; round++) {
      tierAndMaintain(table, round * 10, round * 10 + 30);
    }

    // Then
    LakeSnapshot snapshot = lake().storage().latestSnapshot(table.info()).orElseThrow();
    assertHolds(table, snapshot);
    assertThat(snapshot.offsets()).isEqualTo(table.write().from());
    assertHolds(table, table.tier(rows(1000, 1010)));
  }

  @Test
  default void maintenanceOfATableThatAsksForNothingChangesNothing() {
    // Given
    TieredTable table = create(Kind.PRIMARY_KEY, false, false);
    LakeSnapshot snapshot = table.tier(rows(0, 10));

    // When
    try (LakeCommitter committer = lake().storage().committer(table.info())) {
      committer.maintain();
    }

    // Then
    assertHolds(table, snapshot);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  default void offsetsOutliveTheExpiryOfOthers(Kind kind) {
    // Given
    TieredTable table = create(kind, false, false);
    table.tier(rows(0, 10));
    LakeOffsets offsets = table.tier(rows(10, 20)).offsets();
    lake().foreign().commitNothing(table.info());

    // When
    lake().foreign().expireSnapshots(table.info());

    // Then
    assertThat(lake().foreign().snapshots(table.info().path())).isEqualTo(1);
    LakeSnapshot left = lake().storage().latestSnapshot(table.info()).orElseThrow();
    assertThat(left.offsets()).isEqualTo(offsets);
    assertHolds(table, left);
    assertHolds(table, table.tier(rows(20, 30)));
  }

  @Test
  default void offsetsOutliveManyCommitsOfOthers() {
    // Given
    TieredTable table = create(Kind.LOG, false, true);
    LakeOffsets offsets = table.tier(rows(0, 10)).offsets();

    // When
    for (int i = 0; i < 12; i++) {
      lake().foreign().commitNothing(table.info());
      try (LakeCommitter committer = lake().storage().committer(table.info())) {
        committer.maintain();
      }
    }

    // Then
    LakeSnapshot left = lake().storage().latestSnapshot(table.info()).orElseThrow();
    assertThat(left.offsets()).isEqualTo(offsets);
    assertHolds(table, table.tier(rows(20, 30)));
  }
}
