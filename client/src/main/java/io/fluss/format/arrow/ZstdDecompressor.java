package io.fluss.format.arrow;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import io.fluss.format.CorruptBatchException;

/** Zstandard. The native context is borrowed for one batch and given back by {@link #close}. */
final class ZstdDecompressor implements BufferDecompressor {
  private static final IdleContexts<ZstdDecompressCtx> IDLE =
      new IdleContexts<>(ZstdDecompressCtx::new);

  private final ZstdDecompressCtx context;

  private ZstdDecompressor(ZstdDecompressCtx context) {
    this.context = context;
  }

  static ZstdDecompressor borrow() {
    return new ZstdDecompressor(IDLE.borrow());
  }

  @Override
  public void decompress(byte[] source, int offset, int length, byte[] target) {
    int written;
    try {
      written = context.decompressByteArray(target, 0, target.length, source, offset, length);
    } catch (ZstdException e) {
      throw new CorruptBatchException("no sound zstd frame: " + e.getMessage(), e);
    }
    if (written != target.length) {
      throw new CorruptBatchException(
          "its zstd frame holds " + written + " bytes, not " + target.length);
    }
  }

  @Override
  public void close() {
    IDLE.giveBack(context);
  }
}
