package io.fluss.format.arrow;

import com.google.flatbuffers.FlatBufferBuilder;
import io.fluss.format.bytes.LittleEndian;
import java.nio.ByteBuffer;

/**
 * The frame of an Arrow IPC message: a continuation marker, the length of the padded metadata, the
 * metadata, and the body, which begins at a multiple of eight bytes.
 */
final class EncapsulatedMessage {
  static final int CONTINUATION = 0xffffffff;
  static final int METADATA_START = 8;
  static final int ALIGNMENT = 8;

  private EncapsulatedMessage() {}

  static byte[] of(FlatBufferBuilder finishedMetadata, byte[] body, int bodyLength) {
    ByteBuffer metadata = finishedMetadata.dataBuffer();
    int length = metadata.remaining();
    int padded = padded(length);
    byte[] message = new byte[Math.addExact(METADATA_START + padded, bodyLength)];
    LittleEndian.putInt(message, 0, CONTINUATION);
    LittleEndian.putInt(message, 4, padded);
    metadata.get(message, METADATA_START, length);
    System.arraycopy(body, 0, message, METADATA_START + padded, bodyLength);
    return message;
  }

  static int padded(int length) {
    return length + ALIGNMENT - 1 & -ALIGNMENT;
  }
}
