package io.fluss.format.arrow;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;

/** Zstandard. The native context is borrowed for one batch and given back by {@link #close}. */
final class ZstdCompressor implements BufferCompressor {
  private static final IdleContexts<ZstdCompressCtx> IDLE =
      new IdleContexts<>(ZstdCompressCtx::new);

  private final ZstdCompressCtx context;
  private final ZstdLevels levels;
  private int contextLevel;

  private ZstdCompressor(ZstdCompressCtx context, ZstdLevels levels) {
    this.context = context;
    this.levels = levels;
    this.contextLevel = levels.asked();
  }

  /** The levels stay with the caller, who keeps them from batch to batch. */
  static ZstdCompressor borrow(ZstdLevels levels) {
    return new ZstdCompressor(IDLE.borrow().setLevel(levels.asked()), levels);
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
  public int compress(
      int buffer, byte[] source, int offset, int length, byte[] target, int targetOffset) {
    if (levels.probes(buffer)) {
      int lower = compress(source, offset, length, target, targetOffset, levels.lower());
      int asked = compress(source, offset, length, target, targetOffset, levels.asked());
      levels.probed(buffer, asked, lower);
      if (levels.levelOf(buffer) == levels.asked()) {
        return asked;
      }
    }
    return compress(source, offset, length, target, targetOffset, levels.levelOf(buffer));
  }

  private int compress(
      byte[] source, int offset, int length, byte[] target, int targetOffset, int level) {
    if (level != contextLevel) {
      context.setLevel(level);
      contextLevel = level;
    }
    return context.compressByteArray(
        target, targetOffset, target.length - targetOffset, source, offset, length);
  }

  @Override
  public void close() {
    IDLE.giveBack(context);
  }
}
