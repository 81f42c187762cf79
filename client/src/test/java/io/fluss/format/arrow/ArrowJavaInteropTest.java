package io.fluss.format.arrow;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluss.format.PlainValues;
import io.fluss.format.RandomRows;
import io.fluss.format.RandomTypes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.arrow.compression.CommonsCompressionFactory;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.compression.CompressionUtil;
import org.apache.arrow.vector.compression.NoCompressionCodec;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.ipc.WriteChannel;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Our batches read by arrow-java, and arrow-java's read by us. */
class ArrowJavaInteropTest {
  private static final RowType TYPE = RandomTypes.everyType();
  private static final List<RowData> ROWS = new RandomRows(new Random(11)).rows(TYPE, 77);

  static Stream<ArrowCompression> codecs() {
    return Stream.of(
        ArrowCompression.none(), ArrowCompression.lz4Frame(), ArrowCompression.zstd(3));
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void arrowJavaReadsOurBatches(ArrowCompression codec) throws IOException {
    // Given
    byte[] stream = stream(TYPE, encode(codec));
    try (BufferAllocator allocator = new RootAllocator();
        ArrowStreamReader reader = reader(stream, allocator)) {

      // When
      boolean loaded = reader.loadNextBatch();

      // Then
      assertThat(loaded).isTrue();
      assertThat(ArrowJavaValues.of(reader.getVectorSchemaRoot()))
          .isEqualTo(ArrowJavaValues.expected(ROWS, TYPE));
      assertThat(reader.loadNextBatch()).isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void weReadTheBatchesOfArrowJava(ArrowCompression codec) throws IOException {
    // Given
    byte[] stream = stream(TYPE, encode(ArrowCompression.none()));
    try (BufferAllocator allocator = new RootAllocator();
        ArrowStreamReader reader = reader(stream, allocator)) {
      reader.loadNextBatch();
      byte[] message = writtenByArrowJava(reader.getVectorSchemaRoot(), codec);

      // When
      ArrowRows rows = ArrowBatchDecoder.of(TYPE).decode(message);

      // Then
      assertThat(PlainValues.of(rows, TYPE)).isEqualTo(PlainValues.of(ROWS, TYPE));
    }
  }

  private static ArrowStreamReader reader(byte[] stream, BufferAllocator allocator) {
    return new ArrowStreamReader(
        new ByteArrayInputStream(stream), allocator, CommonsCompressionFactory.INSTANCE);
  }

  private static byte[] writtenByArrowJava(VectorSchemaRoot root, ArrowCompression codec)
      throws IOException {
    CompressionUtil.CodecType type =
        CompressionUtil.CodecType.valueOf(
            codec.codec() == ArrowCompression.Codec.NONE ? "NO_COMPRESSION" : codec.codec().name());
    VectorUnloader unloader =
        new VectorUnloader(
            root,
            true,
            type == CompressionUtil.CodecType.NO_COMPRESSION
                ? NoCompressionCodec.INSTANCE
                : CommonsCompressionFactory.INSTANCE.createCodec(type),
            true);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ArrowRecordBatch batch = unloader.getRecordBatch();
        WriteChannel channel = new WriteChannel(Channels.newChannel(out))) {
      MessageSerializer.serialize(channel, batch);
    }
    return out.toByteArray();
  }

  /** A stream of the schema, the batch and the end mark. */
  private static byte[] stream(RowType type, byte[] batch) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(ArrowSchemas.schemaMessage(type));
    out.writeBytes(batch);
    out.writeBytes(new byte[] {-1, -1, -1, -1, 0, 0, 0, 0});
    return out.toByteArray();
  }

  private static byte[] encode(ArrowCompression codec) {
    try (ArrowBatchEncoder encoder = new ArrowBatchEncoder(TYPE, codec, new BufferPool())) {
      ROWS.forEach(encoder::append);
      return encoder.encode();
    }
  }
}
