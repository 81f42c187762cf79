package io.fluss.lake.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.FlussException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileMetadata;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;

/** What is kept or sent, byte for byte: version 1 of it is read for good. */
class StoredFormsTest {

  private static final Schema SCHEMA =
      new Schema(
          Types.NestedField.required(1, "region", Types.StringType.get()),
          Types.NestedField.required(2, "price", Types.DoubleType.get()));

  private static final PartitionSpec SPEC =
      PartitionSpec.builderFor(SCHEMA).identity("region").identity("price").build();

  private static final Map<Integer, PartitionSpec> SPECS = Map.of(0, SPEC);

  private static final DataFile FILE =
      DataFiles.builder(SPEC)
          .withPath("/lake/a.parquet")
          .withFormat(FileFormat.PARQUET)
          .withPartitionValues(List.of("eu", "-Infinity"))
          .withFileSizeInBytes(1000)
          .withRecordCount(20)
          .build();

  private static final DeleteFile VECTOR =
      FileMetadata.deleteFileBuilder(SPEC)
          .ofPositionDeletes()
          .withFormat(FileFormat.PUFFIN)
          .withPath("/lake/b.puffin")
          .withPartition(FILE.partition())
          .withFileSizeInBytes(50)
          .withReferencedDataFile("/lake/a.parquet")
          .withContentOffset(4)
          .withContentSizeInBytes(40)
          .withRecordCount(3)
          .build();

  private static final String FILE_JSON =
      "{\"spec-id\":0,\"content\":\"data\",\"file-path\":\"/lake/a.parquet\","
          + "\"file-format\":\"parquet\",\"partition\":[\"eu\",\"-Infinity\"],"
          + "\"file-size-in-bytes\":1000,\"record-count\":20,\"sort-order-id\":0}";

  private static final String VECTOR_JSON =
      "{\"spec-id\":0,\"content\":\"position-deletes\",\"file-path\":\"/lake/b.puffin\","
          + "\"file-format\":\"puffin\",\"partition\":[\"eu\",\"-Infinity\"],"
          + "\"file-size-in-bytes\":50,\"record-count\":3,"
          + "\"referenced-data-file\":\"/lake/a.parquet\","
          + "\"content-offset\":4,\"content-size-in-bytes\":40}";

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void splits() {
    // Given
    String golden =
        "{\"version\":1,\"tasks\":[{\"file\":"
            + FILE_JSON
            + ",\"deletes\":["
            + VECTOR_JSON
            + "],\"start\":4,\"length\":996}]}";

    // When
    byte[] written =
        SplitDescription.write(List.of(new FileTask(FILE, List.of(VECTOR), 4, 996)), SPECS, 1);
    byte[] ofChangedColumns =
        SplitDescription.write(List.of(new FileTask(FILE, List.of(VECTOR), 4, 996)), SPECS, 7);
    List<FileTask> read = SplitDescription.read(bytes(golden)).tasks(SPECS);

    // Then
    assertThat(text(written)).isEqualTo(golden);
    assertThat(text(ofChangedColumns))
        .isEqualTo(golden.replace("{\"version\":1", "{\"version\":2,\"columns\":7"));
    assertThat(SplitDescription.read(bytes(golden)).columns()).isEqualTo(1);
    assertThat(SplitDescription.read(ofChangedColumns).columns()).isEqualTo(7);
    assertThat(read)
        .singleElement()
        .satisfies(
            task -> {
              assertThat(task.file().location()).isEqualTo("/lake/a.parquet");
              assertThat(task.file().partition().get(1, Double.class))
                  .isEqualTo(Double.NEGATIVE_INFINITY);
              assertThat(task.deletes().get(0).contentOffset()).isEqualTo(4);
              assertThat(task.start()).isEqualTo(4);
              assertThat(task.length()).isEqualTo(996);
              assertThat(task.rowsOfFile()).contains(17L);
            });
  }

  @Test
  void whatWritersHaveFinishedWith() {
    // Given
    String golden =
        "{\"version\":1,\"rows\":["
            + FILE_JSON
            + "],\"deletes\":["
            + VECTOR_JSON
            + "],\"replacedDeletes\":["
            + VECTOR_JSON
            + "],\"positionsOf\":77}";

    // When
    byte[] written =
        new WrittenFiles(List.of(FILE), List.of(VECTOR), List.of(VECTOR), 77L).toBytes(SPECS);
    WrittenFiles read = WrittenFiles.read(bytes(golden), SPECS);

    // Then
    assertThat(text(written)).isEqualTo(golden);
    assertThat(text(read.toBytes(SPECS))).isEqualTo(golden);
    assertThat(read.positionsOf()).isEqualTo(77);
    assertThat(read.locations()).containsExactly("/lake/a.parquet", "/lake/b.puffin");
  }

  @Test
  void otherVersionsAreRefused() {
    assertThatThrownBy(() -> SplitDescription.read(bytes("{\"version\":3}")))
        .isInstanceOf(FlussException.class)
        .hasMessageContaining("version 3")
        .hasMessageContaining("reads 1 to 2");
    assertThatThrownBy(() -> WrittenFiles.read(bytes("{\"version\":2}"), SPECS))
        .isInstanceOf(FlussException.class)
        .hasMessageContaining("version 2")
        .hasMessageContaining("reads 1");
  }
}
