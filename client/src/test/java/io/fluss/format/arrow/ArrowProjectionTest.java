package io.fluss.format.arrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.format.CorruptBatchException;
import io.fluss.format.PlainValues;
import io.fluss.format.RandomRows;
import io.fluss.format.RandomTypes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.arrow.compression.CommonsCompressionFactory;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Batches with some of their columns, read by us and by arrow-java. */
class ArrowProjectionTest {

  private static final RowType TYPE = RandomTypes.everyType();
  private static final List<RowData> ROWS = new RandomRows(new Random(12)).rows(TYPE, 77);

  static Stream<ArrowCompression> codecs() {
    return Stream.of(
        ArrowCompression.none(), ArrowCompression.lz4Frame(), ArrowCompression.zstd(3));
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void anyColumnsInAnyOrderAreThoseOfTheWholeBatch(ArrowCompression codec) throws IOException {
    byte[] message = encode(codec);
    int count = TYPE.getFieldCount();
    Random random = new Random(5);
    for (int round = 0; round < 20; round++) {
      // Given
      int[] columns = random.ints(1 + random.nextInt(4), 0, count).distinct().toArray();
      ArrowProjection projection = ArrowProjection.of(TYPE, columns);

      // When
      byte[] projected = projection.project(message);

      // Then
      List<List<Object>> expected = values(message, TYPE, columns);
      RowType type = projection.projectedType();
      int[] all = IntStream.range(0, columns.length).toArray();
      assertThat(values(projected, type, all)).isEqualTo(expected);
      assertArrowJavaReads(projected, type);
    }
  }

  private static List<List<Object>> values(byte[] message, RowType type, int[] columns) {
    int[][] paths = IntStream.of(columns).mapToObj(c -> new int[] {c}).toArray(int[][]::new);
    ArrowBatchDecoder decoder = ArrowBatchDecoder.of(type, paths);
    return PlainValues.of(decoder.decode(message), decoder.projectedType());
  }

  private static void assertArrowJavaReads(byte[] message, RowType type) throws IOException {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    stream.writeBytes(ArrowSchemas.schemaMessage(type));
    stream.writeBytes(message);
    stream.writeBytes(new byte[] {-1, -1, -1, -1, 0, 0, 0, 0});
    try (BufferAllocator allocator = new RootAllocator();
        ArrowStreamReader reader =
            new ArrowStreamReader(
                new ByteArrayInputStream(stream.toByteArray()),
                allocator,
                CommonsCompressionFactory.INSTANCE)) {
      assertThat(reader.loadNextBatch()).isTrue();
      assertThat(reader.getVectorSchemaRoot().getRowCount()).isEqualTo(ROWS.size());
      assertThat(ArrowJavaValues.of(reader.getVectorSchemaRoot())).isNotEmpty();
      assertThat(reader.loadNextBatch()).isFalse();
    }
  }

  @Test
  void aBatchThatIsCutShortIsRefused() {
    // Given
    byte[] message = encode(ArrowCompression.none());
    ArrowProjection projection =
        ArrowProjection.of(TYPE, IntStream.range(0, TYPE.getFieldCount()).toArray());
    // When, Then
    assertThatThrownBy(
            () -> projection.project(java.util.Arrays.copyOf(message, message.length - 8)))
        .isInstanceOf(CorruptBatchException.class);
  }

  private static byte[] encode(ArrowCompression codec) {
    try (ArrowBatchEncoder encoder = new ArrowBatchEncoder(TYPE, codec, new BufferPool())) {
      ROWS.forEach(encoder::append);
      return encoder.encode();
    }
  }
}
