package io.fluss.lake.paimon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.FlussException;
import io.fluss.lake.LakeCommitter;
import io.fluss.lake.LakeOffsets;
import io.fluss.lake.LakeSnapshot;
import io.fluss.testkit.lake.TieredTable;
import io.fluss.testkit.lake.TieredTable.Round;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.paimon.data.BinaryRow;
import org.apache.paimon.data.BinaryString;
import org.apache.paimon.data.GenericRow;
import org.apache.paimon.data.Timestamp;
import org.apache.paimon.disk.IOManager;
import org.apache.paimon.io.CompactIncrement;
import org.apache.paimon.io.DataFileMeta;
import org.apache.paimon.io.DataIncrement;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.sink.CommitMessage;
import org.apache.paimon.table.sink.CommitMessageImpl;
import org.apache.paimon.table.sink.TableCommitImpl;
import org.apache.paimon.table.sink.TableWriteImpl;
import org.apache.paimon.table.source.DataSplit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lake tables that others write to, compact and expire with Paimon's own means. */
class SharedLakeTableTest {

  @TempDir private Path directory;
  private PaimonLake lake;

  @BeforeEach
  void open() {
    lake = new PaimonLake(directory);
  }

  @AfterEach
  void close() {
    lake.close();
  }

  /** Everything in one file, as a compaction job of Paimon does it. */
  private void compactFully() throws Exception {
    FileStoreTable table = lake.lakeTable().copy(Map.of("write-only", "false"));
    TableWriteImpl<?> write =
        table.newWrite("somebody").withIOManager(IOManager.create(directory.toString()));
    TableCommitImpl commit = table.copy(Map.of("write-only", "true")).newCommit("somebody");
    write.compact(BinaryRow.EMPTY_ROW, 0, true);
    commit.commit(1, write.prepareCommit(true, 1));
    write.close();
    commit.close();
  }

  private int files() {
    return lake.lakeTable().newReadBuilder().newScan().plan().splits().stream()
        .mapToInt(s -> ((DataSplit) s).dataFiles().size())
        .sum();
  }

  @Test
  void aFullCompactionOfOthersKeepsRowsAndOffsets() throws Exception {
    // Given
    TieredTable table = lake.create(PaimonLake::keyed);
    table.tier(PaimonLake.rows(0, 50));
    LakeOffsets offsets = table.tier(PaimonLake.rows(25, 75)).offsets();

    // When
    compactFully();

    // Then
    assertThat(files()).isEqualTo(1);
    assertThat(lake.latest(table).offsets()).isEqualTo(offsets);
    assertThat(table.read(lake.latest(table)))
        .containsExactlyInAnyOrderElementsOf(table.expected());
    LakeSnapshot next = table.tier(PaimonLake.rows(60, 90));
    assertThat(table.read(next)).containsExactlyInAnyOrderElementsOf(table.expected());
  }

  @Test
  void aRoundWhoseFilesOthersHaveCompactedMeanwhileLosesItsCompactionOnly() throws Exception {
    // Given
    TieredTable table =
        lake.create(
            t ->
                PaimonLake.keyed(t)
                    .option("table.datalake.auto-compaction", "true")
                    .option("paimon.num-sorted-run.compaction-trigger", "2"));
    table.tier(PaimonLake.rows(0, 50));
    Round round = table.append(PaimonLake.rows(25, 75)).write();
    boolean compacts = !WrittenFiles.read(round.written()).compacted().messages().isEmpty();

    // When
    compactFully();
    LakeSnapshot snapshot = table.commit(round);

    // Then
    assertThat(compacts).isTrue();
    assertThat(lake.latest(table)).isEqualTo(snapshot);
    assertThat(snapshot.offsets()).isEqualTo(round.to());
    assertThat(table.read(snapshot)).containsExactlyInAnyOrderElementsOf(table.expected());
  }

  @Test
  void writersCompactWhereTheTableAsksForIt() {
    // Given
    TieredTable table =
        lake.create(
            t ->
                PaimonLake.keyed(t)
                    .option("table.datalake.auto-compaction", "true")
                    .option("paimon.num-sorted-run.compaction-trigger", "3"));

    // When
    for (int i = 0; i < 9; i++) {
      table.tier(PaimonLake.rows(i * 10, i * 10 + 20));
    }

    // Then
    assertThat(files()).isLessThan(4);
    assertThat(table.read(lake.latest(table)))
        .containsExactlyInAnyOrderElementsOf(table.expected());
  }

  @Test
  void smallFilesOfATableWithoutBucketsAreCompactedAfterTheCommit() {
    // Given
    TieredTable table = lake.create(t -> t.option("table.datalake.auto-compaction", "true"));

    // When
    for (int i = 0; i < 12; i++) {
      table.tier(PaimonLake.rows(i * 10, i * 10 + 10));
      try (LakeCommitter committer = lake.storage().committer(table.info())) {
        committer.maintain();
      }
    }

    // Then
    assertThat(files()).isLessThan(12);
    assertThat(table.read(lake.latest(table)))
        .containsExactlyInAnyOrderElementsOf(table.expected());
  }

  @Test
  void rowsOfOtherWritersAreReadAndStay() throws Exception {
    // Given
    TieredTable table = lake.create(t -> t);
    LakeOffsets offsets = table.tier(PaimonLake.rows(0, 10)).offsets();

    // When
    FileStoreTable lakeTable = lake.lakeTable();
    TableWriteImpl<?> write = lakeTable.newWrite("somebody");
    write.write(
        GenericRow.of(99L, BinaryString.fromString("theirs"), 7, 0L, Timestamp.fromEpochMillis(0)));
    TableCommitImpl commit = lakeTable.newCommit("somebody");
    commit.commit(1, write.prepareCommit(true, 1));
    write.close();
    commit.close();

    // Then
    assertThat(lake.latest(table).offsets()).isEqualTo(offsets);
    assertThat(table.read(lake.latest(table))).hasSize(11);
    assertThat(table.read(table.tier(PaimonLake.rows(10, 20)))).hasSize(21);
  }

  @Test
  void onlyTheNewestOffsetsAreTagged() {
    // Given
    TieredTable table = lake.create(t -> t);

    // When
    for (int i = 0; i < 4; i++) {
      table.tier(PaimonLake.rows(i, i + 1));
    }
    lake.foreign().commitNothing(table.info());
    try (LakeCommitter committer = lake.storage().committer(table.info())) {
      committer.maintain();
    }

    // Then
    assertThat(lake.lakeTable().tagManager().allTagNames()).containsExactly("fluss-offsets-4");
  }

  @Test
  void offsetsThatNobodyKnowsAnyMoreAreAnErrorAndNoFreshStart() {
    // Given
    TieredTable table = lake.create(t -> t);
    table.tier(PaimonLake.rows(0, 10));
    Round round = table.append(PaimonLake.rows(10, 20)).write();
    lake.foreign().commitNothing(table.info());

    // When
    lake.lakeTable().deleteTag("fluss-offsets-1");
    lake.foreign().expireSnapshots(table.info());

    // Then
    assertThatThrownBy(() -> lake.storage().latestSnapshot(table.info()))
        .isInstanceOf(FlussException.class)
        .hasMessageContaining("shop.orders")
        .hasMessageContaining("snapshot 1 has expired");
    assertThatThrownBy(() -> table.commit(round))
        .isInstanceOf(FlussException.class)
        .hasMessageContaining("snapshot 1 has expired");
    assertThatThrownBy(() -> table.commit(new Round(round.written(), LakeOffsets.NONE, round.to())))
        .isInstanceOf(FlussException.class)
        .hasMessageContaining("snapshot 1 has expired");
  }

  /** The tag cannot be written: the process might as well have been killed before it. */
  @Test
  void aSnapshotWithoutATagDoesNotExpire() throws Exception {
    // Given
    TieredTable table = lake.create(t -> t);
    Path tags = Path.of(lake.lakeTable().location().toUri().getPath(), "tag");
    Files.writeString(tags, "no directory");
    LakeOffsets offsets = table.tier(PaimonLake.rows(0, 10)).offsets();
    Files.delete(tags);

    // When
    for (int i = 0; i < 3; i++) {
      lake.foreign().commitNothing(table.info());
    }
    lake.foreign().expireSnapshots(table.info());

    // Then
    assertThat(lake.lakeTable().tagManager().allTagNames()).isEmpty();
    assertThat(lake.latest(table).offsets()).isEqualTo(offsets);
  }

  @Test
  void snapshotsOfAProcessThatDiedExpireWhenOthersHaveGoneOn() {
    // Given
    TieredTable table = lake.create(t -> t);
    table.tier(PaimonLake.rows(0, 10));
    Round round = table.append(PaimonLake.rows(10, 20)).write();
    NoExpiry.begin(lake.lakeTable());
    new FencedCommit("shop.orders", lake.lakeTable(), round.from(), round.to())
        .commit(WrittenFiles.read(round.written()).appended());
    lake.foreign().commitNothing(table.info());
    lake.foreign().expireSnapshots(table.info());
    LakeOffsets afterwards = lake.latest(table).offsets();

    // When
    LakeOffsets offsets = table.tier(PaimonLake.rows(20, 30)).offsets();
    lake.foreign().commitNothing(table.info());
    lake.foreign().expireSnapshots(table.info());

    // Then
    assertThat(afterwards).isEqualTo(round.to());
    assertThat(lake.foreign().snapshots(table.info().path())).isEqualTo(1);
    assertThat(lake.latest(table).offsets()).isEqualTo(offsets);
  }

  @Test
  void rollingBackRollsTheOffsetsBack() {
    // Given
    TieredTable table = lake.create(t -> t);
    LakeOffsets first = table.tier(PaimonLake.rows(0, 10)).offsets();
    table.tier(PaimonLake.rows(10, 20));

    // When
    lake.lakeTable().rollbackTo(1);

    // Then
    assertThat(lake.latest(table).offsets()).isEqualTo(first);
  }

  @Test
  void abortingKeepsFilesThatCompactionOnlyGaveAnotherLevel() {
    // Given
    TieredTable table = lake.create(PaimonLake::keyed);
    LakeSnapshot snapshot = table.tier(PaimonLake.rows(0, 10));
    DataSplit split =
        (DataSplit) lake.lakeTable().newReadBuilder().newScan().plan().splits().get(0);
    DataFileMeta file = split.dataFiles().get(0);
    CommitMessage upgrade =
        new CommitMessageImpl(
            split.partition(),
            split.bucket(),
            split.totalBuckets(),
            DataIncrement.emptyIncrement(),
            new CompactIncrement(List.of(file), List.of(file.upgrade(5)), List.of()));

    // When
    try (LakeCommitter committer = lake.storage().committer(table.info())) {
      committer.abort(List.of(WrittenFiles.of(Set.of(), List.of(upgrade)).toBytes()));
    }

    // Then
    assertThat(table.read(snapshot)).containsExactlyInAnyOrderElementsOf(table.expected());
  }
}
