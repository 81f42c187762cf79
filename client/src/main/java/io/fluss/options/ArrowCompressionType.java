package io.fluss.options;

/** Values of {@code table.log.arrow.compression.type}. */
public enum ArrowCompressionType {
  NONE,
  LZ4_FRAME,
  ZSTD
}
