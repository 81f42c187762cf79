package io.fluss.lake.iceberg;

import static io.fluss.lake.iceberg.LakeFixture.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.FlussException;
import io.fluss.lake.LakeConflictException;
import io.fluss.lake.LakeOffsets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileMetadata;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.RewriteFiles;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableUtil;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Others who work on the same lake table. */
class ForeignChangesTest {

  @TempDir private Path warehouse;

  private static List<FileScanTask> files(Table table) throws IOException {
    try (CloseableIterable<FileScanTask> files = table.newScan().planFiles()) {
      List<FileScanTask> tasks = new ArrayList<>();
      files.forEach(tasks::add);
      return tasks;
    }
  }

  /** As a compaction does that finds nothing to put together: each file by a copy of it. */
  private static void rewriteAll(Table table) throws IOException {
    RewriteFiles rewrite =
        table.newRewrite().validateFromSnapshot(table.currentSnapshot().snapshotId());
    for (FileScanTask task : files(table)) {
      Path from = Path.of(task.file().location());
      Path to = from.resolveSibling("rewritten-" + from.getFileName());
      Files.copy(from, to);
      DataFile copy =
          DataFiles.builder(table.spec()).copy(task.file()).withPath(to.toString()).build();
      rewrite.deleteFile(task.file()).addFile(copy);
    }
    rewrite.commit();
  }

  @Test
  void updatesOfRowsThatACompactionHasMovedAreDoneAgainInTheNextRound() throws Exception {
    try (LakeFixture lake = LakeFixture.of(warehouse, LakeFixture.keyed())) {
      // Given
      lake.tier(row(1, "a"), row(2, "b"));
      byte[] written = lake.written(row(2, "B"));
      rewriteAll(lake.lakeTable());

      // When
      // Then
      assertThatThrownBy(() -> lake.commit(written))
          .isInstanceOf(FlussException.class)
          .isNotInstanceOf(LakeConflictException.class)
          .hasMessageContaining("shop.orders")
          .hasMessageContaining("next round");
      assertThat(lake.rows()).containsExactlyInAnyOrder("1|a", "2|b");
      lake.tier(row(2, "B"));
      assertThat(lake.rows()).containsExactlyInAnyOrder("1|a", "2|B");
      assertThat(lake.latest().offsets()).isEqualTo(lake.known());
    }
  }

  @Test
  void aCompactionOfFilesThatARoundDoesNotConcernIsNoConflict() throws Exception {
    try (LakeFixture lake = LakeFixture.of(warehouse, LakeFixture.keyed())) {
      // Given
      lake.tier(row(1, "a"), row(2, "b"));
      byte[] written = lake.written(row(3, "c"));
      rewriteAll(lake.lakeTable());

      // When
      lake.commit(written);

      // Then
      assertThat(lake.rows()).containsExactlyInAnyOrder("1|a", "2|b", "3|c");
    }
  }

  @Test
  void deletionVectorsOfARoundAreMergedWithThoseThatWereThere() throws Exception {
    try (LakeFixture lake = LakeFixture.of(warehouse, LakeFixture.keyed())) {
      // Given
      lake.tier(row(1, "a"), row(2, "b"), row(3, "c"));
      lake.tier(row(1, "A"));

      // When
      lake.tier(row(2, "B"));

      // Then
      assertThat(lake.rows()).containsExactlyInAnyOrder("1|A", "2|B", "3|c");
      assertThat(TableUtil.formatVersion(lake.lakeTable())).isEqualTo(3);
      assertThat(files(lake.lakeTable()))
          .allSatisfy(f -> assertThat(f.deletes().size()).isLessThanOrEqualTo(1));
      assertThat(lake.lakeTable().currentSnapshot().summary())
          .containsEntry("total-position-deletes", "2")
          .containsEntry("total-equality-deletes", "0");
    }
  }

  @Test
  void aTableThatIsRolledBackHasTheOffsetsOfThen() {
    try (LakeFixture lake = LakeFixture.of(warehouse, LakeFixture.log())) {
      // Given
      long first = lake.tier(row(1, "a")).id();
      LakeOffsets then = lake.known();
      lake.tier(row(2, "b"));

      // When
      lake.lakeTable().manageSnapshots().rollbackTo(first).commit();

      // Then
      assertThat(lake.latest().offsets()).isEqualTo(then);
      assertThatThrownBy(() -> lake.tier(row(3, "c"))).isInstanceOf(LakeConflictException.class);
    }
  }

  @Test
  void offsetsOutliveCommitsAndExpiriesOfOthers() {
    try (LakeFixture lake = LakeFixture.of(warehouse, LakeFixture.log())) {
      // Given
      lake.tier(row(1, "a"));
      for (int i = 0; i < 3; i++) {
        lake.foreign.commitNothing(lake.info);
      }

      // When
      lake.foreign.expireSnapshots(lake.info);

      // Then
      assertThat(lake.foreign.snapshots(LakeFixture.PATH)).isEqualTo(1);
      assertThat(lake.latest().offsets()).isEqualTo(lake.known());
      lake.tier(row(2, "b"));
      assertThat(lake.rows()).containsExactlyInAnyOrder("1|a", "2|b");
    }
  }

  @Test
  void aTableWhoseOffsetsAreGoneIsRefusedAndTheWayOutTold() {
    try (LakeFixture lake = LakeFixture.of(warehouse, LakeFixture.log())) {
      // Given
      lake.tier(row(1, "a"));
      lake.foreign.commitNothing(lake.info);
      lake.foreign.expireSnapshots(lake.info);

      // When
      lake.lakeTable().updateProperties().remove(TableOffsets.PROPERTY).commit();

      // Then
      assertThatThrownBy(lake::latest)
          .isInstanceOf(FlussException.class)
          .hasMessageContaining("shop.orders")
          .hasMessageContaining(TableOffsets.PROPERTY);
      assertThatThrownBy(() -> lake.tier(row(2, "b"))).isInstanceOf(FlussException.class);
    }
  }

  @Test
  void aRoundThatLookedRowsUpWhereItDidNotBeginIsRefused() {
    try (LakeFixture lake = LakeFixture.of(warehouse, LakeFixture.keyed())) {
      // Given
      byte[] tooEarly = lake.written(row(1, "A"));

      // When
      lake.tier(row(1, "a"));

      // Then
      assertThatThrownBy(() -> lake.commit(tooEarly))
          .isInstanceOf(FlussException.class)
          .isNotInstanceOf(LakeConflictException.class)
          .hasMessageContaining("looked up")
          .hasMessageContaining("next round");
      assertThat(lake.rows()).containsExactly("1|a");
    }
  }

  @Test
  void equalityDeletesOfOthersAreRefusedAndNotPassedOver() {
    try (LakeFixture lake = LakeFixture.of(warehouse, LakeFixture.log())) {
      // Given
      lake.tier(row(1, "a"));
      DeleteFile deletes =
          FileMetadata.deleteFileBuilder(lake.lakeTable().spec())
              .ofEqualityDeletes(1)
              .withFormat(FileFormat.PARQUET)
              .withPath(warehouse.resolve("deletes.parquet").toString())
              .withFileSizeInBytes(10)
              .withRecordCount(1)
              .build();

      // When
      lake.lakeTable().newRowDelta().addDeletes(deletes).commit();

      // Then
      assertThatThrownBy(lake::rows)
          .isInstanceOf(FlussException.class)
          .hasMessageContaining("shop.orders")
          .hasMessageContaining("equality deletes");
    }
  }

  @Test
  void columnsThatOthersAddAreNullInOurRows() {
    try (LakeFixture lake = LakeFixture.of(warehouse, LakeFixture.keyed())) {
      // Given
      lake.tier(row(1, "a"));

      // When
      lake.lakeTable().updateSchema().addColumn("theirs", Types.StringType.get()).commit();
      lake.tier(row(2, "b"));

      // Then
      assertThat(lake.rows()).containsExactlyInAnyOrder("1|a", "2|b");
      assertThat(lake.lakeTable().schema().findField("theirs")).isNotNull();
    }
  }

  @Test
  void aTableWithoutOneOfOurColumnsIsRefused() {
    try (LakeFixture lake = LakeFixture.of(warehouse, LakeFixture.log())) {
      // Given
      lake.tier(row(1, "a"));

      // When
      lake.lakeTable().updateSchema().renameColumn("name", "title").commit();

      // Then
      assertThatThrownBy(() -> lake.tier(row(2, "b")))
          .isInstanceOf(FlussException.class)
          .hasMessageContaining("shop.orders")
          .hasMessageContaining("'name'");
    }
  }
}
