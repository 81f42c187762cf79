package io.fluss.format.arrow;

/** Compresses one buffer at a time. Whoever opened it closes it. */
interface BufferCompressor extends AutoCloseable {
  /** Stands for no compression and is never asked to compress. */
  BufferCompressor NONE = new NoCompressor();

  ArrowCompression.Codec codec();

  int maxCompressedLength(int length);

  /**
   * Returns the compressed length. The target has room for {@link #maxCompressedLength}.
   *
   * @param buffer the position of the buffer among those of its batch
   */
  int compress(int buffer, byte[] source, int offset, int length, byte[] target, int targetOffset);

  @Override
  default void close() {}

  /** The type of {@link #NONE}. */
  final class NoCompressor implements BufferCompressor {
    private NoCompressor() {}

    @Override
    public ArrowCompression.Codec codec() {
      return ArrowCompression.Codec.NONE;
    }

    @Override
    public int maxCompressedLength(int length) {
      return length;
    }

    @Override
    public int compress(
        int buffer, byte[] source, int offset, int length, byte[] target, int targetOffset) {
      throw new UnsupportedOperationException("This batch is not compressed");
    }
  }
}
