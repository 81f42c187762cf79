package io.fluss.format.arrow;

import com.google.flatbuffers.FlatBufferBuilder;
import io.fluss.format.CorruptBatchException;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flatbuf.BodyCompression;
import org.apache.arrow.flatbuf.BodyCompressionMethod;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.flink.table.types.logical.RowType;

/**
 * Makes messages of all columns of a schema into messages of some of them, which are copied as they
 * are: nothing is decompressed. Immutable and thread-safe.
 */
public final class ArrowProjection {

  private final RowType projectedType;
  private final int nodes;
  private final int buffers;
  private final List<Part> parts;

  /** The nodes and buffers of one column, in the message of all. */
  private record Part(int firstNode, int nodes, int firstBuffer, int buffers) {}

  private ArrowProjection(RowType projectedType, int nodes, int buffers, List<Part> parts) {
    this.projectedType = projectedType;
    this.nodes = nodes;
    this.buffers = buffers;
    this.parts = parts;
  }

  /**
   * @param writerType the type that the messages were written with
   * @param columns positions in it, in the order wanted
   */
  public static ArrowProjection of(RowType writerType, int[] columns) {
    List<Part> all = new ArrayList<>();
    int nodes = 0;
    int buffers = 0;
    for (RowType.RowField field : writerType.getFields()) {
      ColumnReaders ofColumn = new ColumnReaders();
      ofColumn.ofFields("", new RowType(List.of(field)));
      all.add(new Part(nodes, ofColumn.nodes(), buffers, ofColumn.buffers()));
      nodes += ofColumn.nodes();
      buffers += ofColumn.buffers();
    }
    List<Part> parts = new ArrayList<>();
    List<RowType.RowField> fields = new ArrayList<>();
    for (int column : columns) {
      parts.add(all.get(column));
      fields.add(writerType.getFields().get(column));
    }
    return new ArrowProjection(
        new RowType(writerType.isNullable(), fields), nodes, buffers, List.copyOf(parts));
  }

  /** The type of the columns that are left. */
  public RowType projectedType() {
    return projectedType;
  }

  /**
   * The message of the projected columns.
   *
   * @throws CorruptBatchException if the message is damaged or of another schema
   */
  public byte[] project(byte[] message) {
    BatchMetadata all = BatchMetadata.parse(message, nodes, buffers);
    int bodyLength = bodyLength(message, all);
    byte[] body = new byte[bodyLength];
    FlatBufferBuilder builder = new FlatBufferBuilder(256 + 32 * parts.size());
    int bufferVector = copyBuffers(message, all, body, builder);
    int nodeVector = nodes(all, builder);
    int compression =
        all.codec() == ArrowCompression.Codec.NONE
            ? 0
            : BodyCompression.createBodyCompression(
                builder, ArrowCodecs.toArrow(all.codec()), BodyCompressionMethod.BUFFER);
    int batch =
        RecordBatch.createRecordBatch(
            builder, all.rowCount(), nodeVector, bufferVector, compression, 0);
    int header =
        Message.createMessage(
            builder, MetadataVersion.V5, MessageHeader.RecordBatch, batch, bodyLength, 0);
    Message.finishMessageBuffer(builder, header);
    return EncapsulatedMessage.of(builder, body, bodyLength);
  }

  private int bodyLength(byte[] message, BatchMetadata all) {
    long bodyBytes = (long) message.length - all.bodyStart();
    long length = 0;
    for (Part part : parts) {
      for (int i = 0; i < part.buffers(); i++) {
        long offset = all.bufferOffset(part.firstBuffer() + i);
        long bytes = all.bufferLength(part.firstBuffer() + i);
        if (offset < 0 || bytes < 0 || bytes > bodyBytes || offset > bodyBytes - bytes) {
          throw new CorruptBatchException(
              "Cannot read Arrow batch: a buffer lies at "
                  + offset
                  + " with length "
                  + bytes
                  + " in a body of "
                  + bodyBytes
                  + " bytes");
        }
        length += EncapsulatedMessage.padded((int) bytes);
      }
    }
    return Math.toIntExact(length);
  }

  /** Vectors of flatbuffers are built from their ends, and so is the body. */
  private int copyBuffers(
      byte[] message, BatchMetadata all, byte[] body, FlatBufferBuilder builder) {
    int count = parts.stream().mapToInt(Part::buffers).sum();
    RecordBatch.startBuffersVector(builder, count);
    int end = body.length;
    for (int p = parts.size() - 1; p >= 0; p--) {
      Part part = parts.get(p);
      for (int i = part.buffers() - 1; i >= 0; i--) {
        int length = (int) all.bufferLength(part.firstBuffer() + i);
        int from = all.bodyStart() + (int) all.bufferOffset(part.firstBuffer() + i);
        end -= EncapsulatedMessage.padded(length);
        System.arraycopy(message, from, body, end, length);
        Buffer.createBuffer(builder, end, length);
      }
    }
    return builder.endVector();
  }

  private int nodes(BatchMetadata all, FlatBufferBuilder builder) {
    int count = parts.stream().mapToInt(Part::nodes).sum();
    RecordBatch.startNodesVector(builder, count);
    for (int p = parts.size() - 1; p >= 0; p--) {
      Part part = parts.get(p);
      for (int i = part.nodes() - 1; i >= 0; i--) {
        int node = part.firstNode() + i;
        FieldNode.createFieldNode(builder, all.nodeLength(node), all.nullCount(node));
      }
    }
    return builder.endVector();
  }
}
