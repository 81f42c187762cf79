package io.fluss.format.arrow;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluss.format.PlainValues;
import io.fluss.format.RandomRows;
import io.fluss.format.RandomTypes;
import io.fluss.format.batch.BatchHeader;
import io.fluss.format.batch.BatchStatistics;
import io.fluss.format.batch.BodyKind;
import io.fluss.format.batch.HeaderField;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.Test;

/**
 * The bytes of format version 1. What was written once must be read for good, so these resources
 * are only ever added to. Compressed bytes may change with the compressor and are only read.
 */
class GoldenBytesTest {
  private static final RowType TYPE = RandomTypes.everyType();
  private static final List<RowData> ROWS = new RandomRows(new Random(21)).rows(TYPE, 3);
  private static final BatchHeader HEADER =
      new BatchHeader(
          7, 300, BodyKind.ARROW, List.of(new HeaderField(0x7f, new byte[] {10, 20, 30})));

  @Test
  void writesTheHeaderOfVersion1() throws IOException {
    assertThat(hex(HEADER.toBytes())).isEqualTo(golden("header"));
  }

  @Test
  void readsTheHeaderOfVersion1() throws IOException {
    assertThat(BatchHeader.parse(HexFormat.of().parseHex(golden("header")))).isEqualTo(HEADER);
  }

  @Test
  void writesTheStatisticsOfVersion1() throws IOException {
    assertThat(hex(statistics().value())).isEqualTo(golden("statistics"));
  }

  @Test
  void readsTheStatisticsOfVersion1() throws IOException {
    // Given
    byte[] value = HexFormat.of().parseHex(golden("statistics"));
    BatchStatistics written = BatchStatistics.of(header(statistics().value()), TYPE);

    // When
    BatchStatistics read = BatchStatistics.of(header(value), TYPE);

    // Then
    for (int column = 0; column < TYPE.getFieldCount(); column++) {
      int position = column;
      long nulls = ROWS.stream().filter(r -> r.isNullAt(position)).count();
      assertThat(read.of(column).mayBeNull()).isEqualTo(nulls > 0);
      assertThat(read.of(column).mayHaveValue()).isEqualTo(nulls < ROWS.size());
      assertThat(read.of(column).min()).isEqualTo(written.of(column).min());
      assertThat(read.of(column).max()).isEqualTo(written.of(column).max());
    }
  }

  @Test
  void writesTheBatchOfVersion1() throws IOException {
    assertThat(hex(encode(ArrowCompression.none()))).isEqualTo(golden("batch.none"));
  }

  @Test
  void writesTheSchemaOfVersion1() throws IOException {
    assertThat(hex(ArrowSchemas.schemaMessage(TYPE))).isEqualTo(golden("schema"));
  }

  @Test
  void readsTheBatchesOfVersion1() throws IOException {
    for (String name : List.of("batch.none", "batch.lz4", "batch.zstd")) {
      // When
      ArrowRows rows = ArrowBatchDecoder.of(TYPE).decode(HexFormat.of().parseHex(golden(name)));

      // Then
      assertThat(PlainValues.of(rows, TYPE)).isEqualTo(PlainValues.of(ROWS, TYPE));
    }
  }

  @Test
  void readsTheFrameOfVersion1() throws IOException {
    // When
    byte[] message = ZstdMessage.decompress(HexFormat.of().parseHex(golden("batch.frame")));

    // Then
    assertThat(hex(message)).isEqualTo(golden("batch.none"));
  }

  /** Prints the resource of a new format version. */
  public static void main(String[] args) {
    System.out.println("header=" + hex(HEADER.toBytes()));
    System.out.println("statistics=" + hex(statistics().value()));
    System.out.println("schema=" + hex(ArrowSchemas.schemaMessage(TYPE)));
    System.out.println("batch.none=" + hex(encode(ArrowCompression.none())));
    System.out.println("batch.lz4=" + hex(encode(ArrowCompression.lz4Frame())));
    System.out.println("batch.zstd=" + hex(encode(ArrowCompression.zstd(3))));
    System.out.println(
        "batch.frame=" + hex(ZstdMessage.compress(encode(ArrowCompression.none()), 3)));
  }

  private static String golden(String name) throws IOException {
    Properties golden = new Properties();
    try (InputStream in = GoldenBytesTest.class.getResourceAsStream("/golden/log-batch-v1.hex")) {
      golden.load(in);
    }
    return golden.getProperty(name);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static BatchHeader header(byte[] statistics) {
    return new BatchHeader(
        7,
        ROWS.size(),
        BodyKind.ARROW,
        List.of(new HeaderField(HeaderField.STATISTICS, statistics)));
  }

  /** Of all columns, nested ones too. */
  private static HeaderField statistics() {
    int[] all = IntStream.range(0, TYPE.getFieldCount()).toArray();
    try (ArrowBatchEncoder encoder =
        new ArrowBatchEncoder(TYPE, ArrowCompression.none(), new BufferPool())) {
      ROWS.forEach(encoder::append);
      return encoder.statistics(all, 0, ROWS.size());
    }
  }

  private static byte[] encode(ArrowCompression codec) {
    try (ArrowBatchEncoder encoder = new ArrowBatchEncoder(TYPE, codec, new BufferPool())) {
      ROWS.forEach(encoder::append);
      return encoder.encode();
    }
  }
}
