package io.fluss.client.scan;

import io.fluss.format.arrow.ArrowSchemas;
import io.fluss.partition.TableBucket;
import java.nio.ByteBuffer;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.table.types.logical.RowType;

/**
 * A batch of a log table as encapsulated Arrow IPC messages, which any Arrow implementation reads.
 * Buffers are compressed as the table says ({@code table.log.arrow.compression.type}); there are no
 * dictionaries. Immutable, on the heap and nobody's to close: it is free once nobody refers to it.
 */
@PublicEvolving
public final class ArrowBatch {

  /** What ends a stream: a continuation marker and a length of zero. */
  private static final byte[] END_OF_STREAM = {-1, -1, -1, -1, 0, 0, 0, 0};

  private final TableBucket bucket;
  private final long logOffset;
  private final long timestamp;
  private final int schemaVersion;
  private final int rowCount;
  private final RowType rowType;
  private final byte[] message;

  ArrowBatch(
      TableBucket bucket,
      long logOffset,
      long timestamp,
      int schemaVersion,
      int rowCount,
      RowType rowType,
      byte[] message) {
    this.bucket = bucket;
    this.logOffset = logOffset;
    this.timestamp = timestamp;
    this.schemaVersion = schemaVersion;
    this.rowCount = rowCount;
    this.rowType = rowType;
    this.message = message;
  }

  public TableBucket getBucket() {
    return bucket;
  }

  /** The offset of the batch in its bucket; the next one is behind it. */
  public long logOffset() {
    return logOffset;
  }

  /** When the brokers took it, epoch milliseconds. */
  public long timestamp() {
    return timestamp;
  }

  /** The version of the table's schema that it was written with. */
  public int getSchemaVersion() {
    return schemaVersion;
  }

  public int getRowCount() {
    return rowCount;
  }

  /** The columns that it has, in their order. */
  public RowType getRowType() {
    return rowType;
  }

  /** The schema message, which a stream of batches begins with. */
  public ByteBuffer getSchemaMessage() {
    return ByteBuffer.wrap(ArrowSchemas.schemaMessage(rowType)).asReadOnlyBuffer();
  }

  /** The record batch message. */
  public ByteBuffer getRecordBatchMessage() {
    return ByteBuffer.wrap(message).asReadOnlyBuffer();
  }

  /** The batch as a whole stream: schema, batch, end. A copy. */
  public byte[] toIpcStream() {
    byte[] schema = ArrowSchemas.schemaMessage(rowType);
    return ByteBuffer.allocate(schema.length + message.length + END_OF_STREAM.length)
        .put(schema)
        .put(message)
        .put(END_OF_STREAM)
        .array();
  }

  @Override
  public String toString() {
    return "ArrowBatch[bucket " + bucket + ", offset " + logOffset + ", " + rowCount + " rows]";
  }
}
