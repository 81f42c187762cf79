package io.fluss.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluss.format.arrow.ArrowBatchDecoder;
import io.fluss.format.arrow.ArrowBatchEncoder;
import io.fluss.format.arrow.ArrowCompression;
import io.fluss.format.arrow.ArrowRows;
import io.fluss.format.arrow.BufferPool;
import io.fluss.format.arrow.ZstdMessage;
import io.fluss.format.batch.BatchHeader;
import io.fluss.format.batch.BatchStatistics;
import io.fluss.format.batch.BodyKind;
import io.fluss.format.batch.HeaderField;
import io.fluss.predicate.ColumnRange;
import io.fluss.table.TableInfo;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BatchSealerTest {

  private static final RowType TYPE =
      WriteFixtures.rowType(new BigIntType(), VarCharType.STRING_TYPE);

  private final BufferPool pool = new BufferPool();

  @AfterEach
  void everyBufferComesBack() {
    assertThat(pool.outstandingBytes()).isZero();
  }

  @Test
  void aBatchOfFewRowsIsOneFrame() {
    // Given
    ArrowCompression zstd = ArrowCompression.zstd(3);

    // When
    SealedBatch sealed = seal(zstd, 3);

    // Then
    assertThat(kind(sealed)).isEqualTo(BodyKind.ARROW_ZSTD);
    requireRows(ZstdMessage.decompress(sealed.value()), 3);
  }

  @Test
  void aLargeBatchCompressesEachBuffer() {
    // When
    SealedBatch sealed = seal(ArrowCompression.zstd(3), 5_000);

    // Then
    assertThat(kind(sealed)).isEqualTo(BodyKind.ARROW);
    requireRows(sealed.value(), 5_000);
  }

  @Test
  void aTableWithoutZstdHasNoFrames() {
    assertThat(kind(seal(ArrowCompression.none(), 1))).isEqualTo(BodyKind.ARROW);
    assertThat(kind(seal(ArrowCompression.lz4Frame(), 1))).isEqualTo(BodyKind.ARROW);
  }

  @Test
  void everyBatchNamesItsTable() {
    // When
    BatchHeader header = BatchHeader.parse(seal(ArrowCompression.none(), 1).header());

    // Then
    assertThat(header.field(HeaderField.TABLE_ID)).hasValue(new byte[] {0, 0, 0, 0, 0, 0, 0, 1});
  }

  @Test
  void aBatchTellsTheRangesThatItsTableAsksFor() {
    // Given
    TableInfo table =
        WriteFixtures.table(1, List.of(), TYPE, Map.of("table.statistics.columns", "*"));
    try (ArrowBatchEncoder encoder = new ArrowBatchEncoder(TYPE, ArrowCompression.none(), pool)) {
      for (int i = 0; i < 10; i++) {
        encoder.append(WriteFixtures.row(i, "text " + i));
      }

      // When
      SealedBatch sealed =
          new BatchSealer(table, ArrowCompression.none()).seal("shop.orders", 0, encoder, 3, 6);

      // Then
      BatchStatistics statistics = BatchStatistics.of(BatchHeader.parse(sealed.header()), TYPE);
      assertThat(statistics.of(0)).isEqualTo(ColumnRange.of(3L, 5L, 0, 3));
      assertThat(statistics.of(1))
          .isEqualTo(
              ColumnRange.of(
                  StringData.fromString("text 3"), StringData.fromString("text 5"), 0, 3));
    }
  }

  @Test
  void aBatchTellsNoRangesByDefault() {
    BatchHeader header = BatchHeader.parse(seal(ArrowCompression.none(), 1).header());
    assertThat(header.field(HeaderField.STATISTICS)).isEmpty();
  }

  private SealedBatch seal(ArrowCompression compression, int rows) {
    try (ArrowBatchEncoder encoder = new ArrowBatchEncoder(TYPE, compression, pool)) {
      for (int i = 0; i < rows; i++) {
        encoder.append(WriteFixtures.row(i, "text " + i));
      }
      return new BatchSealer(WriteFixtures.table(1, List.of(), TYPE, "NONE"), compression)
          .seal("shop.orders", 0, encoder, 0, rows);
    }
  }

  private static BodyKind kind(SealedBatch sealed) {
    return BatchHeader.parse(sealed.header()).bodyKind();
  }

  private static void requireRows(byte[] message, int count) {
    ArrowRows rows = ArrowBatchDecoder.of(TYPE).decode(message);
    assertThat(rows.rowCount()).isEqualTo(count);
    for (int i = 0; i < count; i++) {
      assertThat(rows.row(i).getLong(0)).isEqualTo(i);
      assertThat(rows.row(i).getString(1)).hasToString("text " + i);
    }
  }
}
