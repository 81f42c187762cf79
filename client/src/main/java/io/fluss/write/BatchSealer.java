package io.fluss.write;

import io.fluss.format.arrow.ArrowBatchEncoder;
import io.fluss.format.arrow.ArrowCompression;
import io.fluss.format.batch.BatchHeader;
import io.fluss.format.batch.BodyKind;
import io.fluss.format.batch.HeaderField;
import io.fluss.table.StatisticsColumns;
import io.fluss.table.TableInfo;
import java.util.List;

/** Makes gathered rows into the header and the value of a record, in the smaller of two bodies. */
final class BatchSealer {

  /**
   * Up to this size before compression the whole message is one zstd frame; where the two bodies
   * break even was measured, see docs/decisions/0003-thin-streams.md.
   */
  static final long THIN_BYTES = 16 * 1024;

  private final int schemaVersion;
  private final HeaderField tableId;
  private final int[] statisticsColumns;
  private final boolean zstd;

  BatchSealer(TableInfo table, ArrowCompression compression) {
    this.schemaVersion = table.schemaVersion();
    this.tableId = HeaderField.tableId(table.id());
    this.statisticsColumns = StatisticsColumns.positions(table);
    this.zstd = compression.codec() == ArrowCompression.Codec.ZSTD;
  }

  SealedBatch seal(String topic, int bucket, ArrowBatchEncoder encoder, int fromRow, int toRow) {
    boolean thin = zstd && encoder.bodyBytes() <= THIN_BYTES;
    byte[] value = thin ? encoder.encodeAsOneFrame(fromRow, toRow) : encoder.encode(fromRow, toRow);
    BodyKind kind = thin ? BodyKind.ARROW_ZSTD : BodyKind.ARROW;
    int rows = toRow - fromRow;
    List<HeaderField> fields =
        statisticsColumns.length == 0
            ? List.of(tableId)
            : List.of(tableId, encoder.statistics(statisticsColumns, fromRow, toRow));
    byte[] header = new BatchHeader(schemaVersion, rows, kind, fields).toBytes();
    return new SealedBatch(topic, bucket, header, value, rows);
  }
}
