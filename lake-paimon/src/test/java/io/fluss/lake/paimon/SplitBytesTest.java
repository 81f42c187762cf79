package io.fluss.lake.paimon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.FlussException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.apache.paimon.table.source.DataSplit;
import org.junit.jupiter.api.Test;

class SplitBytesTest {

  /** A split as the first version has put it into checkpoints; kept for good. */
  private static byte[] firstVersion() throws IOException {
    try (InputStream in = SplitBytesTest.class.getResourceAsStream("split-v1.hex")) {
      return HexFormat.of().parseHex(new String(in.readAllBytes()).strip());
    }
  }

  @Test
  void splitsOfTheFirstVersionAreRead() throws IOException {
    // When
    SplitBytes read = SplitBytes.read(firstVersion());

    // Then
    DataSplit split = read.split();
    assertThat(read.schemaId()).isZero();
    assertThat(split.snapshotId()).isEqualTo(2);
    assertThat(split.bucket()).isZero();
    assertThat(split.dataFiles()).hasSize(2);
    assertThat(split.rowCount()).isEqualTo(100);
    assertThat(split.rawConvertible()).isFalse();
  }

  @Test
  void splitsOfTheSecondVersionTellTheSchemaOfTheLakeTable() throws IOException {
    // Given
    byte[] first = firstVersion();
    ByteBuffer second = ByteBuffer.allocate(first.length + Long.BYTES);
    second.put((byte) 2).putLong(7).put(first, 1, first.length - 1);

    // When
    SplitBytes read = SplitBytes.read(second.array());

    // Then
    assertThat(read.schemaId()).isEqualTo(7);
    assertThat(read.split()).isEqualTo(SplitBytes.read(first).split());
  }

  @Test
  void otherVersionsAreRefused() throws IOException {
    byte[] bytes = firstVersion();
    bytes[0] = 9;

    assertThatThrownBy(() -> SplitBytes.read(bytes))
        .isInstanceOf(FlussException.class)
        .hasMessageContaining("version 9")
        .hasMessageContaining("reads 1 to 2 only");
  }
}
