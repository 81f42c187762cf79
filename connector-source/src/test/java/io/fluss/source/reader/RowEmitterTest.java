package io.fluss.source.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluss.merge.TombstoneHorizon;
import io.fluss.read.BatchRows;
import io.fluss.read.LogBatch;
import io.fluss.read.LogPosition;
import io.fluss.source.split.LogSplit;
import io.fluss.source.split.TableBucket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.junit.jupiter.api.Test;

/** How batches become slices, and positions follow them. */
class RowEmitterTest {

  private static final String SPLIT = "d.t-0";

  private final Emitted emitted = new Emitted();
  private final SimpleCounter rowsIn = new SimpleCounter();
  private final RowEmitter emitter = new RowEmitter(rowsIn);

  @Test
  void positionsFollowTheRowsSliceBySlice() {
    // Given
    LogSplitState state = state(LogPosition.at(5));
    FetchedBatches fetched = fetched(batch(5, 2500, 100), batch(7, 10, 100));

    // When
    List<LogPosition> positions = emitAll(fetched, state);

    // Then
    assertThat(positions)
        .containsExactly(
            new LogPosition(5, 1024),
            new LogPosition(5, 2048),
            LogPosition.at(6),
            LogPosition.at(8));
    assertThat(emitted.rows).hasSize(2510);
    assertThat(emitted.rows.get(2499).getLong(0)).isEqualTo(2499);
    assertThat(emitted.timestamps).containsOnly(77L);
  }

  @Test
  void countsRowsNotSlices() {
    // Given: the reader base counts each slice as one
    FetchedBatches fetched = fetched(batch(5, 2500, 100), batch(6, 0, 0));

    // When
    int slices = emitAll(fetched, state(LogPosition.at(5))).size();

    // Then
    assertThat(slices + rowsIn.getCount()).isEqualTo(2500);
  }

  @Test
  void aRestoredSplitGoesOnInsideItsBatch() {
    // Given
    LogSplit split = split(new LogPosition(5, 1500));
    BucketCursor cursor =
        new BucketCursor(Tables.ONE_COLUMN, split, TombstoneHorizon.of(Tables.ONE_COLUMN, 0));
    FetchedBatches.Builder builder = new FetchedBatches.Builder();
    builder.add(SPLIT, cursor.wanted(batch(5, 2000, 10)));
    builder.add(SPLIT, cursor.wanted(batch(6, 3, 10)));

    // When
    emitAll(builder.build(Set.of()), new LogSplitState(split));

    // Then
    assertThat(emitted.rows).hasSize(503);
    assertThat(emitted.rows.get(0).getLong(0)).isEqualTo(1500);
  }

  @Test
  void slicesOfLargeRowsAreShort() {
    FetchedBatches fetched = fetched(batch(5, 10, 10 << 20));
    assertThat(emitAll(fetched, state(LogPosition.at(5)))).hasSize(10);
  }

  @Test
  void aLimitCutsTheBatchThatReachesIt() {
    // Given
    RowLimit limit = new RowLimit(5L);
    RowSlice first = limit.apply(new RowSlice(batch(5, 3, 10), 0, 3));
    RowSlice second = limit.apply(new RowSlice(batch(6, 10, 10), 0, 10));

    // Then
    assertThat(first.to()).isEqualTo(3);
    assertThat(second.to()).isEqualTo(2);
    assertThat(limit.reached()).isTrue();
  }

  private List<LogPosition> emitAll(FetchedBatches fetched, LogSplitState state) {
    List<LogPosition> positions = new ArrayList<>();
    while (fetched.nextSplit() != null) {
      for (RowSlice s = fetched.nextRecordFromSplit();
          s != null;
          s = fetched.nextRecordFromSplit()) {
        emitter.emitRecord(s, emitted, state);
        positions.add(state.toSplit().position());
      }
    }
    return positions;
  }

  private static FetchedBatches fetched(LogBatch... batches) {
    FetchedBatches.Builder builder = new FetchedBatches.Builder();
    for (LogBatch batch : batches) {
      builder.add(SPLIT, new RowSlice(batch, 0, batch.rows().rowCount()));
    }
    return builder.build(Set.of());
  }

  private static LogSplitState state(LogPosition position) {
    return new LogSplitState(split(position));
  }

  private static LogSplit split(LogPosition position) {
    return new LogSplit(new TableBucket("d.t", null, null, 0), position, null, 0);
  }

  private static LogBatch batch(long offset, int rows, int bytes) {
    BatchRows numbered =
        new BatchRows() {
          @Override
          public int rowCount() {
            return rows;
          }

          @Override
          public RowData row(int index) {
            return GenericRowData.of((long) index);
          }
        };
    return LogBatch.ofRecord(0, offset, 77, bytes, numbered);
  }

  /** Keeps what is emitted. */
  private static final class Emitted implements SourceOutput<RowData> {
    private final List<RowData> rows = new ArrayList<>();
    private final List<Long> timestamps = new ArrayList<>();

    @Override
    public void collect(RowData row) {
      throw new AssertionError("rows come with their time");
    }

    @Override
    public void collect(RowData row, long timestamp) {
      rows.add(row);
      timestamps.add(timestamp);
    }

    @Override
    public void emitWatermark(Watermark watermark) {}

    @Override
    public void markIdle() {}

    @Override
    public void markActive() {}
  }
}
