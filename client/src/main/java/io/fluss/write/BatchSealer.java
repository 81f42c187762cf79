package io.fluss.write;

import io.fluss.format.arrow.ArrowBatchEncoder;
import io.fluss.format.arrow.ArrowCompression;
import io.fluss.format.batch.BatchHeader;
import io.fluss.format.batch.BodyKind;

/** Makes gathered rows into the header and the value of a record, in the smaller of two bodies. */
final class BatchSealer {

  /**
   * Up to this size before compression the whole message is one zstd frame; where the two bodies
   * break even was measured, see docs/decisions/0003-thin-streams.md.
   */
  static final long THIN_BYTES = 16 * 1024;

  private final int schemaVersion;
  private final boolean zstd;

  BatchSealer(int schemaVersion, ArrowCompression compression) {
    this.schemaVersion = schemaVersion;
    this.zstd = compression.codec() == ArrowCompression.Codec.ZSTD;
  }

  SealedBatch seal(int bucket, ArrowBatchEncoder encoder, int fromRow, int toRow) {
    boolean thin = zstd && encoder.bodyBytes() <= THIN_BYTES;
    byte[] value = thin ? encoder.encodeAsOneFrame(fromRow, toRow) : encoder.encode(fromRow, toRow);
    BodyKind kind = thin ? BodyKind.ARROW_ZSTD : BodyKind.ARROW;
    int rows = toRow - fromRow;
    return new SealedBatch(
        bucket, BatchHeader.of(schemaVersion, rows, kind).toBytes(), value, rows);
  }
}
