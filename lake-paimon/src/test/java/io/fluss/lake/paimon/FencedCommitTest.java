package io.fluss.lake.paimon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.lake.LakeCommitUnknownException;
import io.fluss.lake.LakeConflictException;
import io.fluss.lake.LakeOffsets;
import io.fluss.testkit.lake.TieredTable;
import io.fluss.testkit.lake.TieredTable.Round;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.paimon.Snapshot;
import org.apache.paimon.catalog.SnapshotCommit;
import org.apache.paimon.partition.PartitionStatistics;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.FileStoreTableFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commits to catalogs that fail in the middle. */
class FencedCommitTest {

  @TempDir private Path directory;
  private PaimonLake lake;

  /** What happens instead of putting a snapshot in place. */
  private interface Placing {
    boolean place(SnapshotCommit catalog, Snapshot snapshot) throws Exception;
  }

  @BeforeEach
  void open() {
    lake = new PaimonLake(directory);
  }

  @AfterEach
  void close() {
    lake.close();
  }

  private FileStoreTable with(Placing placing) {
    FileStoreTable table = lake.lakeTable();
    return FileStoreTableFactory.create(
        table.fileIO(),
        table.location(),
        table.schema(),
        FencedEnvironment.of(
            table.catalogEnvironment(),
            catalog ->
                new SnapshotCommit() {
                  @Override
                  public boolean commit(
                      Snapshot snapshot, String branch, List<PartitionStatistics> statistics)
                      throws Exception {
                    return placing.place(catalog, snapshot);
                  }

                  @Override
                  public void close() {
                    // nothing is open
                  }
                }));
  }

  private static boolean place(SnapshotCommit catalog, Snapshot snapshot) throws Exception {
    return catalog.commit(snapshot, "main", List.of());
  }

  private Snapshot commit(Round round, Placing placing) {
    return new FencedCommit("shop.orders", with(placing), round.from(), round.to())
        .commit(WrittenFiles.read(round.written()).appended());
  }

  @Test
  void aCommitThatIsInPlaceHasSucceededWhateverItsAnswerWas() {
    // Given
    TieredTable table = lake.create(t -> t);
    Round round = table.append(PaimonLake.rows(0, 10)).write();

    // When
    Snapshot snapshot =
        commit(
            round,
            (catalog, s) -> {
              place(catalog, s);
              throw new IllegalStateException("the answer was lost");
            });

    // Then
    assertThat(snapshot.id()).isEqualTo(1);
    assertThat(lake.latest(table).offsets()).isEqualTo(round.to());
    assertThat(table.read(lake.latest(table))).hasSize(10);
  }

  @Test
  void aCommitThatFindsItselfInItsPlaceIsNoConflict() {
    // Given
    TieredTable table = lake.create(t -> t);
    Round round = table.append(PaimonLake.rows(0, 10)).write();

    // When: a request is repeated since its first answer was lost, and then told to be late
    Snapshot snapshot =
        commit(
            round,
            (catalog, s) -> {
              place(catalog, s);
              return false;
            });

    // Then
    assertThat(snapshot.id()).isEqualTo(1);
    assertThat(lake.latest(table).offsets()).isEqualTo(round.to());
    assertThat(table.read(lake.latest(table))).hasSize(10);
  }

  @Test
  void aCommitWithoutAnswerThatIsNotInPlaceIsUnknown() {
    // Given
    TieredTable table = lake.create(t -> t);
    Round round = table.append(PaimonLake.rows(0, 10)).write();

    // When
    // Then
    assertThatThrownBy(
            () ->
                commit(
                    round,
                    (catalog, s) -> {
                      throw new IllegalStateException("the request was lost");
                    }))
        .isInstanceOf(LakeCommitUnknownException.class)
        .hasMessageContaining("shop.orders")
        .hasMessageContaining("the request was lost");
    assertThat(lake.storage().latestSnapshot(table.info())).isEmpty();
  }

  @Test
  void aCommitThatLostItsPlaceToAnotherWriterIsTriedAgain() {
    // Given
    TieredTable table = lake.create(t -> t);
    Round round = table.append(PaimonLake.rows(0, 10)).write();
    AtomicInteger tries = new AtomicInteger();

    // When
    Snapshot snapshot =
        commit(
            round,
            (catalog, s) -> {
              if (tries.incrementAndGet() <= 2) {
                lake.foreign().commitNothing(table.info());
                throw new IllegalStateException("somebody was faster, and no answer came");
              }
              return place(catalog, s);
            });

    // Then
    assertThat(snapshot.id()).isEqualTo(3);
    assertThat(table.read(lake.latest(table))).hasSize(10);
  }

  @Test
  void aCommitThatIsAlwaysOvertakenGivesUp() {
    // Given
    TieredTable table = lake.create(t -> t);
    Round round = table.append(PaimonLake.rows(0, 10)).write();

    // When
    // Then
    assertThatThrownBy(() -> commit(round, (catalog, s) -> false))
        .isNotInstanceOf(LakeCommitUnknownException.class)
        .hasMessageContaining("shop.orders")
        .hasMessageContaining("faster");
    assertThat(lake.storage().latestSnapshot(table.info())).isEmpty();
  }

  @Test
  void aRoundThatComesLateIsNotEvenTried() {
    // Given
    TieredTable table = lake.create(t -> t);
    table.tier(PaimonLake.rows(0, 10));
    Round late = table.append(PaimonLake.rows(10, 20)).write();
    Round first = new Round(late.written(), LakeOffsets.NONE, late.to());
    AtomicInteger tries = new AtomicInteger();

    // When
    // Then
    assertThatThrownBy(
            () ->
                commit(
                    first,
                    (catalog, s) -> {
                      tries.incrementAndGet();
                      return place(catalog, s);
                    }))
        .isInstanceOf(LakeConflictException.class);
    assertThat(tries).hasValue(0);
  }
}
