package io.fluss.testkit.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.lake.LakeAppender;
import io.fluss.lake.LakeBucket;
import io.fluss.lake.LakeCommitter;
import io.fluss.lake.LakeConflictException;
import io.fluss.lake.LakeOffsets;
import io.fluss.lake.LakeSnapshot;
import io.fluss.lake.LakeStorage;
import io.fluss.lake.LakeWriter;
import io.fluss.lake.TopicOffsets;
import io.fluss.read.BatchRows;
import io.fluss.read.LogBatch;
import io.fluss.testkit.lake.TieredTable.Round;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commits: all or nothing, once, and fenced by the offsets that the lake has. */
interface CommitContract extends LakeContract {

  private static RowData row(long id, String name) {
    return GenericRowData.of(id, StringData.fromString(name));
  }

  private static List<RowData> rows(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> row(i, "n" + i)).toList();
  }

  private TieredTable create(boolean keyed) {
    return lake()
        .create(
            lake()
                .table(
                    t -> {
                      LakeUnderTest.idAndName(t).buckets(2);
                      return keyed ? t.primaryKey(List.of("id")) : t;
                    }));
  }

  @Test
  default void whatWasWrittenIsSeenWhenItIsCommittedAndNotBefore() {
    // Given
    TieredTable table = create(false);
    Round round = table.append(rows(0, 10)).write();
    boolean before = lake().storage().latestSnapshot(table.info()).isPresent();

    // When
    LakeSnapshot snapshot = table.commit(round);

    // Then
    assertThat(before).isFalse();
    assertThat(snapshot.offsets()).isEqualTo(round.to());
    assertThat(snapshot.committedAtMillis())
        .isBetween(System.currentTimeMillis() - 600_000, System.currentTimeMillis() + 600_000);
    assertHolds(table, snapshot);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  default void offsetsAloneCanBeCommitted(boolean keyed) {
    // Given
    TieredTable table = create(keyed);
    LakeOffsets from = table.tier(rows(0, 10)).offsets();
    TopicOffsets topic = from.topics().get(0);
    LakeOffsets to =
        new LakeOffsets(
            List.of(
                new TopicOffsets(
                    topic.partition(),
                    topic.topicId(),
                    topic.next().stream().map(next -> next + 5).toList(),
                    topic.maxTimestampMillis())));

    // When
    LakeSnapshot snapshot = table.commit(new Round(List.of(), from, to));

    // Then
    assertThat(snapshot.offsets()).isEqualTo(to);
    assertThat(lake().storage().latestSnapshot(table.info())).contains(snapshot);
    assertHolds(table, snapshot);
    assertThatThrownBy(() -> table.commit(new Round(List.of(), from, to)))
        .isInstanceOf(LakeConflictException.class);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  default void aRoundWithoutRowsMovesTheOffsets(boolean keyed) {
    // Given
    TieredTable table = create(keyed);
    LakeSnapshot before = table.tier(rows(0, 10));
    LakeBucket bucket = new LakeBucket(null, 0);
    byte[] nothing;
    try (LakeWriter writer =
        keyed
            ? lake().storage().upserter(table.info(), bucket, Path.of("."))
            : lake().storage().appender(table.info(), bucket)) {
      nothing = writer.finish();
    }
    LakeOffsets to =
        new LakeOffsets(
            List.of(new TopicOffsets(null, "topic", List.of(100L, 200L), 1_750_000_000_000L)));

    // When
    try (LakeCommitter committer = lake().storage().committer(table.info())) {
      committer.commit(List.of(nothing), before.offsets(), to);
    }

    // Then
    LakeSnapshot after = lake().storage().latestSnapshot(table.info()).orElseThrow();
    assertThat(after.offsets()).isEqualTo(to);
    assertHolds(table, after);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  default void filesOfARoundAreCounted(boolean keyed) {
    // Given
    TieredTable table = create(keyed);
    table.tier(rows(0, 10));
    int before = lake().foreign().dataFiles().size();

    // When
    Round round = table.append(rows(5, 15)).write();

    // Then
    try (LakeCommitter committer = lake().storage().committer(table.info())) {
      assertThat(committer.files(round.written()))
          .isPositive()
          .isEqualTo(lake().foreign().dataFiles().size() - before);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  default void aCommitThatBeganWithOtherOffsetsIsAConflictAndNothingIsSeenOfIt(boolean keyed) {
    // Given
    TieredTable table = create(keyed);
    LakeSnapshot snapshot = table.tier(rows(0, 10));
    List<List<Object>> before = table.expected();
    Round late = table.append(rows(10, 20)).write();
    Round first = new Round(late.written(), LakeOffsets.NONE, late.to());

    // When
    // Then
    assertThatThrownBy(() -> table.commit(first))
        .isInstanceOf(LakeConflictException.class)
        .hasMessageContaining(table.info().path().toString());
    assertThat(lake().storage().latestSnapshot(table.info())).contains(snapshot);
    assertThat(table.read(snapshot)).containsExactlyInAnyOrderElementsOf(before);
    assertThat(lake().foreign().rows(table.info())).hasSize(10);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  default void aRepeatedCommitIsAConflict(boolean keyed) {
    // Given
    TieredTable table = create(keyed);
    Round round = table.append(rows(0, 10)).write();
    LakeSnapshot snapshot = table.commit(round);

    // When
    // Then
    assertThatThrownBy(() -> table.commit(round)).isInstanceOf(LakeConflictException.class);
    assertHolds(table, snapshot);
  }

  @Test
  default void ofCommittersThatRaceExactlyOneWins() throws Exception {
    // Given
    TieredTable table = create(false);
    table.tier(rows(0, 5));
    int committers = 4;
    ExecutorService executor = Executors.newFixedThreadPool(committers);
    try {
      for (int attempt = 0; attempt < 5; attempt++) {
        int first = 100 * attempt;
        Round model = table.append(rows(first, first + 10)).write();
        CyclicBarrier start = new CyclicBarrier(committers);
        List<Callable<Boolean>> races = new ArrayList<>();
        for (int i = 0; i < committers; i++) {
          List<byte[]> written = i == 0 ? model.written() : List.of(otherFile(table, first));
          races.add(() -> commits(start, table, new Round(written, model.from(), model.to())));
        }

        // When
        int winners = 0;
        for (Future<Boolean> race : executor.invokeAll(races)) {
          winners += race.get() ? 1 : 0;
        }

        // Then
        assertThat(winners).isEqualTo(1);
        assertThat(lake().storage().latestSnapshot(table.info()))
            .hasValueSatisfying(s -> assertThat(s.offsets()).isEqualTo(model.to()));
      }
    } finally {
      executor.shutdown();
    }
    assertThat(lake().foreign().rows(table.info())).hasSize(5 + 5 * 10);
  }

  /** Ten rows of bucket 0, as another round would have written them. */
  private byte[] otherFile(TieredTable table, int first) {
    List<RowData> rows = rows(first, first + 10);
    try (LakeAppender appender = lake().storage().appender(table.info(), new LakeBucket(null, 0))) {
      appender.append(
          LogBatch.ofRecord(
              0,
              first,
              0,
              0,
              new BatchRows() {
                @Override
                public int rowCount() {
                  return rows.size();
                }

                @Override
                public RowData row(int index) {
                  return rows.get(index);
                }
              }));
      return appender.finish();
    }
  }

  private boolean commits(CyclicBarrier start, TieredTable table, Round round) throws Exception {
    try (LakeStorage storage = lake().openAgain();
        LakeCommitter committer = storage.committer(table.info())) {
      start.await();
      committer.commit(round.written(), round.from(), round.to());
      return true;
    } catch (LakeConflictException e) {
      return false;
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  default void aZombieThatWasOvertakenIsRefused(boolean keyed) {
    // Given
    TieredTable table = create(keyed);
    table.tier(rows(0, 10));
    Round round = table.append(rows(10, 20)).write();

    // When
    try (LakeStorage storage = lake().openAgain();
        LakeCommitter zombie = storage.committer(table.info())) {
      table.commit(round);
      LakeSnapshot snapshot = table.tier(rows(20, 30));

      // Then
      assertThatThrownBy(() -> zombie.commit(round.written(), round.from(), round.to()))
          .isInstanceOf(LakeConflictException.class);
      assertHolds(table, snapshot);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  default void commitsOfOthersChangeNoOffsets(boolean keyed) {
    // Given
    TieredTable table = create(keyed);
    LakeSnapshot ours = table.tier(rows(0, 10));

    // When
    lake().foreign().commitNothing(table.info());
    LakeSnapshot theirs = lake().storage().latestSnapshot(table.info()).orElseThrow();

    // Then
    assertThat(theirs.id()).isNotEqualTo(ours.id());
    assertThat(theirs.offsets()).isEqualTo(ours.offsets());
    assertHolds(table, theirs);
    assertHolds(table, table.tier(rows(10, 20)));
  }

  @Test
  default void aRoundGoesOnWhenOthersHaveCommittedSinceItBegan() {
    // Given
    TieredTable table = create(false);
    table.tier(rows(0, 10));
    Round round = table.append(rows(10, 20)).write();
    try (LakeCommitter committer = lake().storage().committer(table.info())) {
      lake().foreign().commitNothing(table.info());
      lake().foreign().commitNothing(table.info());

      // When
      LakeSnapshot snapshot = committer.commit(round.written(), round.from(), round.to());

      // Then
      assertHolds(table, snapshot);
    }
  }

  @Test
  default void othersWhoCommitFirstDoNotKeepOursAway() {
    // Given
    TieredTable table = create(false);

    // When
    lake().foreign().commitNothing(table.info());

    // Then
    assertHolds(table, table.tier(rows(0, 10)));
  }

  @Test
  default void filesOfAWriterThatDidNotFinishAreDeleted() {
    // Given
    TieredTable table = create(false);
    table.tier(rows(0, 10));
    List<String> before = lake().foreign().dataFiles();
    LakeAppender appender = lake().storage().appender(table.info(), new LakeBucket(null, 0));
    List<RowData> rows = rows(0, 5000);
    appender.append(
        LogBatch.ofRecord(
            0,
            1,
            0,
            0,
            new BatchRows() {
              @Override
              public int rowCount() {
                return rows.size();
              }

              @Override
              public RowData row(int index) {
                return rows.get(index);
              }
            }));

    // When
    appender.close();

    // Then
    assertThat(lake().foreign().dataFiles()).containsExactlyInAnyOrderElementsOf(before);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  default void filesThatAreNotCommittedAreDeletedWhenTheirCommitIsAborted(boolean keyed) {
    // Given
    TieredTable table = create(keyed);
    LakeSnapshot snapshot = table.tier(rows(0, 10));
    List<List<Object>> expected = table.expected();
    List<String> before = lake().foreign().dataFiles();
    Round round = table.append(rows(5, 20)).write();
    int written = lake().foreign().dataFiles().size();

    // When
    try (LakeCommitter committer = lake().storage().committer(table.info())) {
      committer.abort(round.written());
    }

    // Then
    assertThat(written).isGreaterThan(before.size());
    assertThat(lake().foreign().dataFiles()).containsExactlyInAnyOrderElementsOf(before);
    assertThat(table.read(snapshot)).containsExactlyInAnyOrderElementsOf(expected);
  }
}
