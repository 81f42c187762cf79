package io.fluss.format.arrow;

import io.fluss.format.bytes.LittleEndian;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.xxhash.XXHashFactory;

/**
 * LZ4 in the frame format that Arrow demands: independent blocks of up to 4 MiB, no checksums, as
 * Kafka's cover the whole record. Thread-safe.
 */
final class Lz4FrameCompressor implements BufferCompressor {
  static final Lz4FrameCompressor INSTANCE = new Lz4FrameCompressor();

  private static final int BLOCK_BYTES = 4 << 20;
  private static final byte BLOCK_BYTES_CODE = 7 << 4;

  private final LZ4Compressor compressor = LZ4Factory.fastestInstance().fastCompressor();
  private final byte[] header = header();

  private Lz4FrameCompressor() {}

  private static byte[] header() {
    byte[] header = new byte[Lz4Frame.HEADER_BYTES];
    LittleEndian.putInt(header, 0, Lz4Frame.MAGIC);
    header[4] = (byte) (Lz4Frame.VERSION | Lz4Frame.INDEPENDENT_BLOCKS);
    header[5] = BLOCK_BYTES_CODE;
    header[6] = (byte) (XXHashFactory.fastestInstance().hash32().hash(header, 4, 2, 0) >>> 8);
    return header;
  }

  @Override
  public ArrowCompression.Codec codec() {
    return ArrowCompression.Codec.LZ4_FRAME;
  }

  @Override
  public int maxCompressedLength(int length) {
    int blocks = length / BLOCK_BYTES + 1;
    return header.length + (blocks + 1) * Integer.BYTES + compressor.maxCompressedLength(length);
  }

  @Override
  public int compress(
      int buffer, byte[] source, int offset, int length, byte[] target, int targetOffset) {
    System.arraycopy(header, 0, target, targetOffset, header.length);
    int position = targetOffset + header.length;
    for (int done = 0; done < length; done += BLOCK_BYTES) {
      int block = Math.min(BLOCK_BYTES, length - done);
      position += compressBlock(source, offset + done, block, target, position);
    }
    LittleEndian.putInt(target, position, Lz4Frame.END_MARK);
    return position + Integer.BYTES - targetOffset;
  }

  private int compressBlock(byte[] source, int offset, int length, byte[] target, int position) {
    int data = position + Integer.BYTES;
    int compressed =
        compressor.compress(source, offset, length, target, data, target.length - data);
    if (compressed >= length) {
      System.arraycopy(source, offset, target, data, length);
      LittleEndian.putInt(target, position, length | Lz4Frame.UNCOMPRESSED_BLOCK);
      return Integer.BYTES + length;
    }
    LittleEndian.putInt(target, position, compressed);
    return Integer.BYTES + compressed;
  }
}
