package io.fluss.format.arrow;

import io.fluss.format.CorruptBatchException;
import io.fluss.format.bytes.Bitmaps;
import io.fluss.format.bytes.LittleEndian;
import javax.annotation.Nullable;

/**
 * The nodes and buffers of one message, checked against what its column can have, so that damaged
 * lengths neither lead out of the message nor to a huge allocation.
 */
final class BodyReader {
  /** Other writers pad buffers before they compress them. */
  private static final int MAX_PADDING = 64;

  private final byte[] message;
  private final BatchMetadata metadata;
  private final BufferDecompressor decompressor;

  BodyReader(byte[] message, BatchMetadata metadata, BufferDecompressor decompressor) {
    this.message = message;
    this.metadata = metadata;
    this.decompressor = decompressor;
  }

  int rowCount() {
    return metadata.rowCount();
  }

  /** The length of a node that has as many slots as its parent. */
  int nodeLength(int node, int parentLength, String path) {
    long length = metadata.nodeLength(node);
    if (length != parentLength) {
      throw corrupt(path, "it has " + length + " values for " + parentLength + " rows");
    }
    return parentLength;
  }

  /** The length of a node that holds at least the values its parent's offsets point to. */
  int childLength(int node, int lastOffset, String path) {
    long length = metadata.nodeLength(node);
    if (length < lastOffset || length > Integer.MAX_VALUE) {
      throw corrupt(path, "it has " + length + " values and offsets up to " + lastOffset);
    }
    return (int) length;
  }

  /** The validity bitmap, or null if no value is null. */
  @Nullable
  Slice validity(int node, int buffer, int length, String path) {
    long nulls = metadata.nullCount(node);
    if (nulls < 0 || nulls > length) {
      throw corrupt(path, nulls + " of its " + length + " values are null");
    }
    if (nulls == 0) {
      return null;
    }
    int bytes = Bitmaps.bytesFor(length);
    return buffer(buffer, bytes, path, "validity");
  }

  /** A buffer of at least this length, and hardly more if it is compressed. */
  Slice buffer(int index, long expectedLength, String path, String what) {
    if (expectedLength == 0) {
      return Slice.EMPTY;
    }
    long offset = metadata.bufferOffset(index);
    long length = metadata.bufferLength(index);
    long bodyLength = (long) message.length - metadata.bodyStart();
    if (offset < 0 || length < 0 || length > bodyLength || offset > bodyLength - length) {
      throw corrupt(
          path,
          String.format(
              "its %s lies at %d with length %d in a body of %d bytes",
              what, offset, length, bodyLength));
    }
    Slice stored = new Slice(message, metadata.bodyStart() + (int) offset, (int) length);
    Slice slice =
        metadata.codec() == ArrowCompression.Codec.NONE || length == 0
            ? stored
            : decompress(stored, expectedLength, path, what);
    if (slice.length() < expectedLength) {
      throw corrupt(
          path, "its " + what + " has " + slice.length() + " bytes, not " + expectedLength);
    }
    return slice;
  }

  private Slice decompress(Slice stored, long expectedLength, String path, String what) {
    int prefix = BodyWriter.LENGTH_PREFIX;
    if (stored.length() < prefix) {
      throw corrupt(path, "its " + what + " has " + stored.length() + " bytes, but is compressed");
    }
    long length = LittleEndian.getLong(stored.bytes(), stored.start());
    Slice frame = new Slice(stored.bytes(), stored.start() + prefix, stored.length() - prefix);
    if (length == BodyWriter.STORED_RAW) {
      return frame;
    }
    if (length < expectedLength || length > expectedLength + MAX_PADDING) {
      throw corrupt(path, "its " + what + " has " + length + " bytes, not " + expectedLength);
    }
    if (length > BufferPool.MAX_CAPACITY) {
      throw corrupt(path, "its " + what + " has " + length + " bytes, over 2 GiB");
    }
    byte[] bytes = new byte[(int) length];
    try {
      decompressor.decompress(frame.bytes(), frame.start(), frame.length(), bytes);
    } catch (CorruptBatchException e) {
      throw new CorruptBatchException(
          message(path, "its " + what + " cannot be decompressed: " + e.getMessage()), e);
    }
    return new Slice(bytes, 0, bytes.length);
  }

  static CorruptBatchException corrupt(String path, String what) {
    return new CorruptBatchException(message(path, what));
  }

  private static String message(String path, String what) {
    return "Cannot read column '" + path + "' of an Arrow batch: " + what;
  }
}
