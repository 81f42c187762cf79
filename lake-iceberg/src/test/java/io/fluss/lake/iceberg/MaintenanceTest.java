package io.fluss.lake.iceberg;

import static io.fluss.lake.iceberg.LakeFixture.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.lake.LakeFileGoneException;
import io.fluss.lake.LakeOffsets;
import io.fluss.lake.LakeRead;
import io.fluss.lake.LakeReader;
import io.fluss.lake.LakeSplit;
import io.fluss.table.TableInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.flink.table.data.RowData;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compaction and expiry. */
class MaintenanceTest {

  @TempDir private Path warehouse;

  private static TableInfo table(boolean keyed, String... options) {
    return LakeFixture.table(
        t -> {
          LakeFixture.idAndName(t);
          for (String option : options) {
            t.option(option, "true");
          }
          t.option("iceberg.history.expire.max-snapshot-age-ms", "1");
          return keyed ? t.primaryKey(List.of("id")) : t;
        });
  }

  private static RowData[] rows(long from, long to, String name) {
    return LongStream.range(from, to).mapToObj(i -> row(i, name)).toArray(RowData[]::new);
  }

  private static String total(Table table, String what) {
    return table.currentSnapshot().summary().get("total-" + what);
  }

  @Test
  void smallFilesOfABucketArePutTogetherFromThreeOn() {
    try (LakeFixture lake =
        LakeFixture.of(warehouse, table(false, "table.datalake.auto-compaction"))) {
      // Given
      lake.tier(row(1, "a"));
      lake.tier(row(2, "b"));
      lake.maintain();
      String ofTwo = total(lake.lakeTable(), "data-files");
      lake.tier(row(3, "c"));

      // When
      lake.maintain();

      // Then
      assertThat(ofTwo).isEqualTo("2");
      assertThat(total(lake.lakeTable(), "data-files")).isEqualTo("1");
      assertThat(lake.rows()).containsExactly("1|a", "2|b", "3|c");
      assertThat(lake.latest().offsets()).isEqualTo(lake.known());
    }
  }

  @Test
  void bucketsStayApart() {
    try (LakeFixture lake =
        LakeFixture.of(warehouse, table(false, "table.datalake.auto-compaction"))) {
      // Given
      for (int i = 0; i < 3; i++) {
        lake.commit(lake.written(null, 0, row(i, "x")), lake.written(null, 1, row(i, "y")));
      }

      // When
      lake.maintain();

      // Then
      assertThat(total(lake.lakeTable(), "data-files")).isEqualTo("2");
      assertThat(lake.plan())
          .extracting(s -> s.bucket().orElse(-1))
          .containsExactlyInAnyOrder(0, 1);
    }
  }

  @Test
  void filesOfWhichMuchIsDeletedAreWrittenAnewWithoutIt() {
    try (LakeFixture lake =
        LakeFixture.of(warehouse, table(true, "table.datalake.auto-compaction"))) {
      // Given
      lake.tier(rows(0, 100, "old"));
      lake.tier(rows(0, 40, "new"));

      // When
      lake.maintain();

      // Then
      assertThat(total(lake.lakeTable(), "records")).isEqualTo("100");
      assertThat(total(lake.lakeTable(), "position-deletes")).isEqualTo("0");
      assertThat(lake.rows()).hasSize(100).contains("39|new", "40|old");
    }
  }

  @Test
  void columnsThatOthersHaveAddedKeepTheirValues() throws IOException {
    try (LakeFixture lake =
        LakeFixture.of(warehouse, table(false, "table.datalake.auto-compaction"))) {
      // Given
      lake.lakeTable().updateSchema().addColumn("theirs", Types.StringType.get()).commit();
      for (int i = 0; i < 3; i++) {
        lake.tier(row(i, "x"));
      }
      lake.foreign.append(LakeFixture.PATH, Map.of("id", 7L, "name", "y", "theirs", "kept"));

      // When
      lake.maintain();

      // Then
      assertThat(lake.foreign.values(LakeFixture.PATH, "theirs")).contains("kept");
      assertThat(lake.rows()).contains("7|y").hasSize(4);
    }
  }

  @Test
  void nothingHappensThatWasNotAskedFor() {
    try (LakeFixture lake = LakeFixture.of(warehouse, table(false))) {
      // Given
      for (int i = 0; i < 4; i++) {
        lake.tier(row(i, "x"));
      }

      // When
      lake.maintain();

      // Then
      assertThat(lake.foreign.snapshots(LakeFixture.PATH)).isEqualTo(4);
      assertThat(total(lake.lakeTable(), "data-files")).isEqualTo("4");
    }
  }

  @Test
  void snapshotsExpireAsTheLakeTableSaysAndTheOffsetsStay() {
    try (LakeFixture lake =
        LakeFixture.of(warehouse, table(false, "table.datalake.auto-expire-snapshot"))) {
      // Given
      for (int i = 0; i < 4; i++) {
        lake.tier(row(i, "x"));
      }
      LakeOffsets offsets = lake.known();
      lake.foreign.commitNothing(lake.info);

      // When
      lake.maintain();

      // Then
      assertThat(lake.foreign.snapshots(LakeFixture.PATH)).isEqualTo(1);
      assertThat(lake.latest().offsets()).isEqualTo(offsets);
      assertThat(lake.rows()).hasSize(4);
    }
  }

  @Test
  void aReadWhoseSnapshotHasExpiredSaysSo() throws IOException {
    try (LakeFixture lake = LakeFixture.of(warehouse, table(false))) {
      // Given: a split of a snapshot
      lake.tier(row(1, "a"));
      LakeRead read = new LakeRead(new int[] {0}, null, null);
      LakeSplit split = lake.storage.plan(lake.info, lake.latest(), read).get(0);
      try (Stream<Path> files = Files.walk(warehouse)) {
        for (Path file : files.filter(f -> f.toString().endsWith(".parquet")).toList()) {
          Files.delete(file);
        }
      }

      // Then
      assertThatThrownBy(
              () -> {
                try (LakeReader reader = lake.storage.reader(lake.info, read, split)) {
                  reader.next();
                }
              })
          .isInstanceOf(LakeFileGoneException.class)
          .hasMessageContaining("'shop.orders'")
          .hasMessageContaining("snapshot has expired")
          .hasMessageContaining("iceberg.history.expire.max-snapshot-age-ms");
    }
  }
}
