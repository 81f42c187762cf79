package io.fluss.format.arrow;

import io.fluss.format.CorruptBatchException;
import io.fluss.format.UnsupportedFormatException;
import io.fluss.format.bytes.LittleEndian;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;

/**
 * LZ4 frames, ours and those of other writers unless their blocks build on one another, which the
 * library cannot do. Checksums are skipped: Kafka's cover the whole record. Thread-safe.
 */
final class Lz4FrameDecompressor implements BufferDecompressor {
  static final Lz4FrameDecompressor INSTANCE = new Lz4FrameDecompressor();

  private final LZ4SafeDecompressor decompressor = LZ4Factory.fastestInstance().safeDecompressor();

  private Lz4FrameDecompressor() {}

  @Override
  public void decompress(byte[] source, int offset, int length, byte[] target) {
    int end = offset + length;
    require(length >= Lz4Frame.HEADER_BYTES, "ends within the LZ4 frame's header");
    require(LittleEndian.getInt(source, offset) == Lz4Frame.MAGIC, "is no LZ4 frame");
    int flags = source[offset + 4] & 0xff;
    require((flags & Lz4Frame.VERSION_MASK) == Lz4Frame.VERSION, "has a wrong LZ4 frame version");
    boolean independent = (flags & Lz4Frame.INDEPENDENT_BLOCKS) != 0;
    int blockTrailer = (flags & Lz4Frame.BLOCK_CHECKSUMS) != 0 ? Lz4Frame.CHECKSUM_BYTES : 0;
    long position = offset + headerBytes(flags);
    int written = 0;
    while (true) {
      require(position + Integer.BYTES <= end, "ends before the end mark of the LZ4 frame");
      int header = LittleEndian.getInt(source, (int) position);
      position += Integer.BYTES;
      if (header == Lz4Frame.END_MARK) {
        break;
      }
      if (written > 0 && !independent) {
        throw new UnsupportedFormatException(
            "Cannot read an LZ4 frame whose blocks build on one another."
                + " Write independent blocks, or use zstd.");
      }
      int block = header & ~Lz4Frame.UNCOMPRESSED_BLOCK;
      require(position + block + blockTrailer <= end, "ends within a block of the LZ4 frame");
      boolean raw = (header & Lz4Frame.UNCOMPRESSED_BLOCK) != 0;
      written += readBlock(source, (int) position, block, raw, target, written);
      position += (long) block + blockTrailer;
    }
    if (written != target.length) {
      throw new CorruptBatchException("holds " + written + " bytes, not " + target.length);
    }
  }

  private int readBlock(
      byte[] source, int offset, int length, boolean raw, byte[] target, int written) {
    if (raw) {
      require(length <= target.length - written, "holds more bytes than it says");
      System.arraycopy(source, offset, target, written, length);
      return length;
    }
    try {
      return decompressor.decompress(source, offset, length, target, written);
    } catch (LZ4Exception e) {
      throw new CorruptBatchException("no sound LZ4 block: " + e.getMessage(), e);
    }
  }

  private static int headerBytes(int flags) {
    int contentSize = (flags & Lz4Frame.CONTENT_SIZE) != 0 ? Long.BYTES : 0;
    int dictionaryId = (flags & Lz4Frame.DICTIONARY_ID) != 0 ? Integer.BYTES : 0;
    return Lz4Frame.HEADER_BYTES + contentSize + dictionaryId;
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new CorruptBatchException(otherwise);
    }
  }
}
