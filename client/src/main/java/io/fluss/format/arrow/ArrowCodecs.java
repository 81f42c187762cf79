package io.fluss.format.arrow;

import io.fluss.format.CorruptBatchException;
import org.apache.arrow.flatbuf.CompressionType;

/** The codecs' numbers in Arrow's metadata, and who does their work. */
final class ArrowCodecs {
  private ArrowCodecs() {}

  static byte toArrow(ArrowCompression.Codec codec) {
    return switch (codec) {
      case LZ4_FRAME -> CompressionType.LZ4_FRAME;
      case ZSTD -> CompressionType.ZSTD;
      case NONE -> throw new IllegalArgumentException("Without compression there is no codec");
    };
  }

  static ArrowCompression.Codec fromArrow(byte codec) {
    return switch (codec) {
      case CompressionType.LZ4_FRAME -> ArrowCompression.Codec.LZ4_FRAME;
      case CompressionType.ZSTD -> ArrowCompression.Codec.ZSTD;
      default ->
          throw new CorruptBatchException(
              "Cannot read Arrow batch: body compression " + codec + " is none of Arrow's");
    };
  }

  /**
   * @param levels used where the codec is zstd
   */
  static BufferCompressor compressor(ArrowCompression.Codec codec, ZstdLevels levels) {
    return switch (codec) {
      case NONE -> BufferCompressor.NONE;
      case LZ4_FRAME -> Lz4FrameCompressor.INSTANCE;
      case ZSTD -> ZstdCompressor.borrow(levels);
    };
  }

  static BufferDecompressor decompressor(ArrowCompression.Codec codec) {
    return switch (codec) {
      case NONE -> BufferDecompressor.NONE;
      case LZ4_FRAME -> Lz4FrameDecompressor.INSTANCE;
      case ZSTD -> ZstdDecompressor.borrow();
    };
  }
}
