package io.fluss.format.arrow;

import com.github.luben.zstd.Zstd;
import io.fluss.format.CorruptBatchException;
import java.util.Arrays;

/**
 * A whole Arrow message as one zstd frame. In a batch of few rows most bytes are Arrow's metadata,
 * which compressing buffer by buffer leaves as they are.
 */
public final class ZstdMessage {

  /** Far above what writers put into one frame; keeps damaged frames from taking the heap. */
  private static final int MAX_LENGTH = 16 << 20;

  private ZstdMessage() {}

  static byte[] compress(byte[] message, int level) {
    try (ZstdCompressor compressor = ZstdCompressor.borrow(ZstdLevels.fixed(level))) {
      byte[] frame = new byte[compressor.maxCompressedLength(message.length)];
      return Arrays.copyOf(frame, compressor.compress(0, message, 0, message.length, frame, 0));
    }
  }

  /**
   * The message in a frame.
   *
   * @throws CorruptBatchException where it is no sound frame that tells its length, or a longer one
   *     than writers make
   */
  public static byte[] decompress(byte[] frame) {
    long length = frame.length == 0 ? 0 : Zstd.getFrameContentSize(frame);
    if (length <= 0 || length > MAX_LENGTH) {
      throw new CorruptBatchException(
          "Cannot read Arrow batch: its "
              + frame.length
              + " bytes are no zstd frame of 1 to "
              + MAX_LENGTH
              + " bytes");
    }
    byte[] message = new byte[(int) length];
    try (ZstdDecompressor decompressor = ZstdDecompressor.borrow()) {
      decompressor.decompress(frame, 0, frame.length, message);
    }
    return message;
  }
}
