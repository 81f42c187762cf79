package io.fluss.format.arrow;

/** The numbers of the LZ4 frame format. */
final class Lz4Frame {
  static final int MAGIC = 0x184d2204;
  static final int VERSION_MASK = 0xc0;
  static final int VERSION = 0x40;
  static final int INDEPENDENT_BLOCKS = 0x20;
  static final int BLOCK_CHECKSUMS = 0x10;
  static final int CONTENT_SIZE = 0x08;
  static final int DICTIONARY_ID = 0x01;
  static final int UNCOMPRESSED_BLOCK = 0x80000000;
  static final int END_MARK = 0;
  static final int CHECKSUM_BYTES = 4;

  /** Magic number, flags, block size and the check of the two. */
  static final int HEADER_BYTES = 7;

  private Lz4Frame() {}
}
