package io.fluss.format.arrow;

import com.google.flatbuffers.FlatBufferBuilder;
import io.fluss.format.bytes.Bitmaps;
import io.fluss.format.bytes.LittleEndian;
import java.util.Arrays;
import org.apache.arrow.flatbuf.BodyCompression;
import org.apache.arrow.flatbuf.BodyCompressionMethod;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.RecordBatch;

/**
 * Collects the nodes and buffers of a record batch in Arrow's order, compresses each buffer on its
 * own and makes the message. Used for one message.
 */
final class BodyWriter implements AutoCloseable {
  /** In place of a buffer's uncompressed length: it is stored as it is. */
  static final long STORED_RAW = -1;

  static final int LENGTH_PREFIX = Long.BYTES;

  /** No codec makes so few bytes fewer: a frame alone takes about as many. */
  private static final int MIN_COMPRESSED = 32;

  private final BufferCompressor compressor;
  private final GrowableBuffer body;
  private final GrowableBuffer scratch;
  private final LongPairs nodes = new LongPairs();
  private final LongPairs buffers = new LongPairs();

  /** The caller closes the compressor. */
  BodyWriter(BufferCompressor compressor, BufferPool pool) {
    this.compressor = compressor;
    this.body = new GrowableBuffer(pool);
    this.scratch = new GrowableBuffer(pool);
  }

  void node(int length, int nullCount) {
    nodes.add(length, nullCount);
  }

  void emptyBuffer() {
    buffers.add(body.size(), 0);
  }

  /** Adds a range of bits, moved to start at bit 0. */
  void bits(byte[] bitmap, int from, int to) {
    int length = Bitmaps.bytesFor(to - from);
    scratch.truncate(0);
    scratch.extend(length);
    if (length > 0) {
      Bitmaps.copy(bitmap, from, to, scratch.bytes(), 0);
    }
    buffer(scratch.bytes(), 0, length);
  }

  /** Adds the offsets of a range of values, given where all values end, moved to start at 0. */
  void offsets(byte[] ends, int start, int from, int to) {
    int count = to - from;
    scratch.truncate(0);
    scratch.extend((count + 1) * Integer.BYTES);
    byte[] offsets = scratch.bytes();
    LittleEndian.putInt(offsets, 0, 0);
    if (start == 0) {
      System.arraycopy(ends, from * Integer.BYTES, offsets, Integer.BYTES, count * Integer.BYTES);
    } else {
      for (int i = 0; i < count; i++) {
        int end = LittleEndian.getInt(ends, (from + i) * Integer.BYTES);
        LittleEndian.putInt(offsets, (i + 1) * Integer.BYTES, end - start);
      }
    }
    buffer(offsets, 0, scratch.size());
  }

  void buffer(byte[] source, int offset, int length) {
    int start = body.size();
    if (length > 0) {
      if (compressor.codec() == ArrowCompression.Codec.NONE) {
        body.append(source, offset, length);
      } else {
        compress(source, offset, length);
      }
    }
    int end = body.size();
    buffers.add(start, end - start);
    body.extendWithZeros(EncapsulatedMessage.padded(end) - end);
  }

  private void compress(byte[] source, int offset, int length) {
    int start = body.extend(LENGTH_PREFIX);
    int compressed = length;
    if (length >= MIN_COMPRESSED) {
      int target = body.extend(compressor.maxCompressedLength(length));
      compressed =
          compressor.compress(buffers.size(), source, offset, length, body.bytes(), target);
      body.truncate(target + compressed);
    }
    if (compressed < length) {
      LittleEndian.putLong(body.bytes(), start, length);
    } else {
      body.truncate(start + LENGTH_PREFIX);
      body.append(source, offset, length);
      LittleEndian.putLong(body.bytes(), start, STORED_RAW);
    }
  }

  byte[] message(int rowCount) {
    FlatBufferBuilder builder = new FlatBufferBuilder(256 + 16 * (nodes.size() + buffers.size()));
    RecordBatch.startBuffersVector(builder, buffers.size());
    for (int i = buffers.size() - 1; i >= 0; i--) {
      Buffer.createBuffer(builder, buffers.first(i), buffers.second(i));
    }
    int bufferVector = builder.endVector();
    RecordBatch.startNodesVector(builder, nodes.size());
    for (int i = nodes.size() - 1; i >= 0; i--) {
      FieldNode.createFieldNode(builder, nodes.first(i), nodes.second(i));
    }
    int nodeVector = builder.endVector();
    int batch =
        RecordBatch.createRecordBatch(
            builder, rowCount, nodeVector, bufferVector, compression(builder), 0);
    int message =
        Message.createMessage(
            builder, MetadataVersion.V5, MessageHeader.RecordBatch, batch, body.size(), 0);
    Message.finishMessageBuffer(builder, message);
    return EncapsulatedMessage.of(builder, body.bytes(), body.size());
  }

  private int compression(FlatBufferBuilder builder) {
    if (compressor.codec() == ArrowCompression.Codec.NONE) {
      return 0;
    }
    byte codec = ArrowCodecs.toArrow(compressor.codec());
    return BodyCompression.createBodyCompression(builder, codec, BodyCompressionMethod.BUFFER);
  }

  @Override
  public void close() {
    body.close();
    scratch.close();
  }

  /** A growing list of pairs. */
  private static final class LongPairs {
    private long[] values = new long[64];
    private int size;

    void add(long first, long second) {
      if (2 * size == values.length) {
        values = Arrays.copyOf(values, 2 * values.length);
      }
      values[2 * size] = first;
      values[2 * size + 1] = second;
      size++;
    }

    int size() {
      return size;
    }

    long first(int index) {
      return values[2 * index];
    }

    long second(int index) {
      return values[2 * index + 1];
    }
  }
}
