package io.fluss.format.arrow;

/**
 * How the buffers of a batch are compressed, each on its own. Readers find the codec in the batch.
 *
 * @param level the codec's own level; 0 where it has none
 */
public record ArrowCompression(Codec codec, int level) {
  /** The codecs of Arrow's body compression. */
  public enum Codec {
    NONE,
    LZ4_FRAME,
    ZSTD
  }

  private static final int MAX_ZSTD_LEVEL = 22;

  public ArrowCompression {
    boolean valid = codec == Codec.ZSTD ? level >= 1 && level <= MAX_ZSTD_LEVEL : level == 0;
    if (!valid) {
      throw new IllegalArgumentException(
          "Compression " + codec + " has no level " + level + ": zstd has 1 to 22, others only 0");
    }
  }

  public static ArrowCompression none() {
    return new ArrowCompression(Codec.NONE, 0);
  }

  public static ArrowCompression lz4Frame() {
    return new ArrowCompression(Codec.LZ4_FRAME, 0);
  }

  /**
   * @param level 1 (fast) to 22 (small); 3 is a good start
   */
  public static ArrowCompression zstd(int level) {
    return new ArrowCompression(Codec.ZSTD, level);
  }
}
