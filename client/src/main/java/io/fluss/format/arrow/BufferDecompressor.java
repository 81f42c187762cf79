package io.fluss.format.arrow;

import io.fluss.format.CorruptBatchException;

/** Decompresses one buffer at a time. Whoever opened it closes it. */
interface BufferDecompressor extends AutoCloseable {
  /** For batches without compression; never asked to decompress. */
  BufferDecompressor NONE =
      (source, offset, length, target) -> {
        throw new UnsupportedOperationException("This batch is not compressed");
      };

  /**
   * Fills the whole target.
   *
   * @throws CorruptBatchException if the source is no sound frame of exactly that many bytes
   */
  void decompress(byte[] source, int offset, int length, byte[] target);

  @Override
  default void close() {}
}
