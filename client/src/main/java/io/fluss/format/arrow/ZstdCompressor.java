package io.fluss.format.arrow;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;

/** Zstandard. The native context is borrowed for one batch and given back by {@link #close}. */
final class ZstdCompressor implements BufferCompressor {
  private static final IdleContexts<ZstdCompressCtx> IDLE =
      new IdleContexts<>(ZstdCompressCtx::new);

  private final ZstdCompressCtx context;

  private ZstdCompressor(ZstdCompressCtx context) {
    this.context = context;
  }

  static ZstdCompressor borrow(int level) {
    return new ZstdCompressor(IDLE.borrow().setLevel(level));
  }

  @Override
  public ArrowCompression.Codec codec() {
    return ArrowCompression.Codec.ZSTD;
  }

  @Override
  public int maxCompressedLength(int length) {
    return Math.toIntExact(Zstd.compressBound(length));
  }

  @Override
  public int compress(byte[] source, int offset, int length, byte[] target, int targetOffset) {
    return context.compressByteArray(
        target, targetOffset, target.length - targetOffset, source, offset, length);
  }

  @Override
  public void close() {
    IDLE.giveBack(context);
  }
}
