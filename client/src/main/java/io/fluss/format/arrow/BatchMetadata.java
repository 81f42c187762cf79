package io.fluss.format.arrow;

import io.fluss.format.CorruptBatchException;
import io.fluss.format.UnsupportedFormatException;
import io.fluss.format.bytes.LittleEndian;
import java.nio.ByteBuffer;
import java.util.function.LongSupplier;
import org.apache.arrow.flatbuf.BodyCompression;
import org.apache.arrow.flatbuf.BodyCompressionMethod;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.RecordBatch;

/**
 * The metadata of a record batch message, read field by field as asked. The flatbuffers classes do
 * not verify; they see the metadata's bytes only, and what they throw becomes {@link
 * CorruptBatchException}.
 */
final class BatchMetadata {
  private final RecordBatch batch;
  private final int bodyStart;
  private final int rowCount;
  private final ArrowCompression.Codec codec;
  private final FieldNode node = new FieldNode();
  private final Buffer buffer = new Buffer();

  private BatchMetadata(
      RecordBatch batch, int bodyStart, int rowCount, ArrowCompression.Codec codec) {
    this.batch = batch;
    this.bodyStart = bodyStart;
    this.rowCount = rowCount;
    this.codec = codec;
  }

  static BatchMetadata parse(byte[] message, int expectedNodes, int expectedBuffers) {
    if (message.length < EncapsulatedMessage.METADATA_START
        || LittleEndian.getInt(message, 0) != EncapsulatedMessage.CONTINUATION) {
      throw corrupt("its " + message.length + " bytes do not begin as an Arrow IPC message does");
    }
    int length = LittleEndian.getInt(message, 4);
    if (length <= 0 || length > message.length - EncapsulatedMessage.METADATA_START) {
      throw corrupt("metadata of " + length + " bytes in a message of " + message.length);
    }
    ByteBuffer metadata =
        ByteBuffer.wrap(message, EncapsulatedMessage.METADATA_START, length).slice();
    int bodyStart = EncapsulatedMessage.METADATA_START + length;
    try {
      return parse(
          Message.getRootAsMessage(metadata),
          bodyStart,
          message.length - bodyStart,
          expectedNodes,
          expectedBuffers);
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      throw new CorruptBatchException("Cannot read Arrow batch: its metadata is damaged", e);
    }
  }

  private static BatchMetadata parse(
      Message message, int bodyStart, int bodyLength, int expectedNodes, int expectedBuffers) {
    if (message.version() != MetadataVersion.V5 && message.version() != MetadataVersion.V4) {
      throw corrupt("metadata version " + message.version() + " is neither V4 nor V5");
    }
    if (message.headerType() != MessageHeader.RecordBatch) {
      throw corrupt("the message is of type " + message.headerType() + ", not a record batch");
    }
    if (message.bodyLength() != bodyLength) {
      throw corrupt("a body of " + message.bodyLength() + " bytes, but " + bodyLength + " follow");
    }
    RecordBatch batch = (RecordBatch) message.header(new RecordBatch());
    if (batch == null) {
      throw corrupt("the message has no record batch");
    }
    if (batch.length() < 0 || batch.length() > Integer.MAX_VALUE) {
      throw corrupt("a row count of " + batch.length());
    }
    if (batch.nodesLength() != expectedNodes || batch.buffersLength() != expectedBuffers) {
      throw corrupt(
          String.format(
              "%d nodes and %d buffers, but the schema has %d and %d",
              batch.nodesLength(), batch.buffersLength(), expectedNodes, expectedBuffers));
    }
    return new BatchMetadata(batch, bodyStart, (int) batch.length(), codec(batch));
  }

  private static ArrowCompression.Codec codec(RecordBatch batch) {
    BodyCompression compression = batch.compression();
    if (compression == null) {
      return ArrowCompression.Codec.NONE;
    }
    if (compression.method() != BodyCompressionMethod.BUFFER) {
      throw new UnsupportedFormatException(
          "Cannot read Arrow batch: compression method "
              + compression.method()
              + ", supported here: "
              + BodyCompressionMethod.BUFFER
              + " (by buffer)");
    }
    return ArrowCodecs.fromArrow(compression.codec());
  }

  /** Where the body begins in the message; it ends where the message does. */
  int bodyStart() {
    return bodyStart;
  }

  int rowCount() {
    return rowCount;
  }

  ArrowCompression.Codec codec() {
    return codec;
  }

  long nodeLength(int index) {
    return read(() -> batch.nodes(node, index).length());
  }

  long nullCount(int index) {
    return read(() -> batch.nodes(node, index).nullCount());
  }

  /** Counted from the start of the body. */
  long bufferOffset(int index) {
    return read(() -> batch.buffers(buffer, index).offset());
  }

  long bufferLength(int index) {
    return read(() -> batch.buffers(buffer, index).length());
  }

  private static long read(LongSupplier field) {
    try {
      return field.getAsLong();
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      throw new CorruptBatchException("Cannot read Arrow batch: its metadata is damaged", e);
    }
  }

  private static CorruptBatchException corrupt(String what) {
    return new CorruptBatchException("Cannot read Arrow batch: " + what);
  }
}
