package io.fluss.lake.iceberg;

import static io.fluss.lake.iceberg.LakeFixture.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.fluss.table.TableInfo;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.TimestampType;
import org.apache.iceberg.TableUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is particular to Iceberg among what a table may ask for. */
class TableProblemsTest {

  @TempDir private Path warehouse;

  private static List<String> problems(TableInfo table) {
    return new IcebergFormat().problems(table);
  }

  @Test
  void logTablesMayBeOfFormatVersionTwo() {
    // Given
    TableInfo table =
        LakeFixture.table(t -> LakeFixture.idAndName(t).option("iceberg.format-version", "2"));

    // When
    try (LakeFixture lake = LakeFixture.of(warehouse, table)) {
      lake.tier(row(1, "a"));

      // Then
      assertThat(problems(table)).isEmpty();
      assertThat(lake.rows()).containsExactly("1|a");
      assertThat(TableUtil.formatVersion(lake.lakeTable())).isEqualTo(2);
    }
  }

  @Test
  void primaryKeyTablesMayNot() {
    assertThat(
            problems(
                LakeFixture.table(
                    t ->
                        LakeFixture.idAndName(t)
                            .primaryKey(List.of("id"))
                            .option("iceberg.format-version", "2"))))
        .singleElement()
        .asString()
        .contains("'iceberg.format-version' = '2'", "deletion vectors");
  }

  @Test
  void nanosecondsNeedFormatVersionThree() {
    assertThat(
            problems(
                LakeFixture.table(
                    t ->
                        LakeFixture.idAndName(t)
                            .column("at", new ArrayType(new TimestampType(9)))
                            .option("iceberg.format-version", "2"))))
        .singleElement()
        .asString()
        .contains("'at'", "TIMESTAMP(9)", "format version 3");
  }

  @Test
  void namesOfMetadataColumnsAndSystemColumnsAreTaken() {
    assertThat(
            problems(
                LakeFixture.table(
                    t ->
                        LakeFixture.idAndName(t)
                            .column("_pos", new IntType())
                            .column("__offset", new IntType()))))
        .hasSize(2)
        .anySatisfy(p -> assertThat(p).contains("'_pos'"))
        .anySatisfy(p -> assertThat(p).contains("'__offset'"));
  }
}
