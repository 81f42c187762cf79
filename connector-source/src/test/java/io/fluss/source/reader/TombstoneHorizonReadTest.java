package io.fluss.source.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.admin.TableDescriptor;
import io.fluss.merge.TombstonesGoneException;
import io.fluss.read.LogPosition;
import io.fluss.read.LogScan;
import io.fluss.read.Selection;
import io.fluss.read.StartingOffsets;
import io.fluss.read.StoppingOffsets;
import io.fluss.source.split.LogSplit;
import io.fluss.source.split.TableBucket;
import io.fluss.testkit.kafka.SharedKafka;
import io.fluss.testkit.keyed.KeyedTableFixture;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.BigIntType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A reader that was away for longer than deletes are kept refuses to go on. */
class TombstoneHorizonReadTest {

  private static final Duration KEPT = Duration.ofDays(7);
  private static final Duration TOO_LONG = KEPT.plusMinutes(1);

  private final long start = System.currentTimeMillis();
  private final AtomicLong clock = new AtomicLong(start);
  private final KeyedTableFixture table =
      KeyedTableFixture.create(
          SharedKafka.kafka(),
          "t",
          TableDescriptor.builder()
              .column("id", new BigIntType(false))
              .primaryKey(List.of("id"))
              .build());

  @AfterEach
  void close() {
    table.close();
  }

  @Test
  void aSplitRestoredTooLateIsRefused() {
    // Given
    table.upsert(id(1), id(2));
    LogSplit split = split(1, start - TOO_LONG.toMillis());

    // Then
    assertThatThrownBy(() -> read(split, 1))
        .isInstanceOf(TombstonesGoneException.class)
        .hasMessageContaining("'" + table.table().path() + "' cannot be read on")
        .hasMessageContaining("'delete.retention.ms' = " + KEPT.toMillis())
        .hasMessageContaining("Start the query anew");
  }

  @Test
  void whereNothingWasWrittenMeanwhileNothingWasMissed() {
    // Given
    table.upsert(id(1));
    LogSplit split = split(1, start - TOO_LONG.toMillis());

    // When
    LogSplit later = read(split, 0);

    // Then
    assertThat(later.safeTimeMillis()).isBetween(start - TOO_LONG.toMillis(), start);
  }

  @Test
  void aShorterAbsenceIsAllowed() {
    table.upsert(id(1), id(2));
    LogSplit split = split(1, start - KEPT.minusHours(1).toMillis());
    assertThat(read(split, 1).position()).isEqualTo(LogPosition.at(2));
  }

  @Test
  void theRetentionOfTheTopicCounts() {
    // Given
    table.upsert(id(1), id(2));
    table.alterTopic(Map.of("delete.retention.ms", "3600000"));
    LogSplit split = split(1, start - Duration.ofHours(2).toMillis());

    // Then
    assertThatThrownBy(() -> read(split, 1))
        .isInstanceOf(TombstonesGoneException.class)
        .hasMessageContaining("'delete.retention.ms' = 3600000");
  }

  @Test
  void aReaderThatIsHeldUpForTooLongIsRefused() {
    // Given
    table.upsert(id(1));
    try (LogSplitReader reader = reader()) {
      reader.handleSplitsChanges(new SplitsAddition<>(List.of(split(0, start))));
      fetch(reader, new LogSplitState(split(0, start)));

      // When
      clock.addAndGet(TOO_LONG.toMillis());
      table.upsert(id(2));

      // Then
      assertThatThrownBy(() -> fetchRows(reader, 1, new LogSplitState(split(0, start))))
          .isInstanceOf(TombstonesGoneException.class);
    }
  }

  @Test
  void aReaderThatIsCaughtUpStaysSafe() {
    // Given: the clock goes on, and nothing is written
    table.upsert(id(1));
    LogSplitState state = new LogSplitState(split(0, start));
    try (LogSplitReader reader = reader()) {
      reader.handleSplitsChanges(new SplitsAddition<>(List.of(split(0, start))));
      fetchRows(reader, 1, state);

      // When
      for (int day = 0; day < 10; day++) {
        clock.addAndGet(Duration.ofDays(1).toMillis());
        reader.wakeUp();
        fetch(reader, state);
      }
      table.upsert(id(2));

      // Then
      assertThat(fetchRows(reader, 1, state)).isEqualTo(1);
      assertThat(state.toSplit().safeTimeMillis())
          .isEqualTo(start + Duration.ofDays(10).toMillis());
      assertThat(state.toSplit().position()).isEqualTo(LogPosition.at(2));
    }
  }

  private LogSplit read(LogSplit split, int rows) {
    LogSplitState state = new LogSplitState(split);
    try (LogSplitReader reader = reader()) {
      reader.handleSplitsChanges(new SplitsAddition<>(List.of(split)));
      fetchRows(reader, rows, state);
    }
    return state.toSplit();
  }

  /** Fetches until so many rows have come, or more. */
  private static int fetchRows(LogSplitReader reader, int rows, LogSplitState state) {
    int fetched = 0;
    while (fetched < rows) {
      fetched += fetch(reader, state);
    }
    return fetched;
  }

  private static int fetch(LogSplitReader reader, LogSplitState state) {
    RecordsWithSplitIds<SplitRows> fetched = reader.fetch();
    int rows = 0;
    while (fetched.nextSplit() != null) {
      for (SplitRows s = fetched.nextRecordFromSplit();
          s != null;
          s = fetched.nextRecordFromSplit()) {
        rows += s.to() - s.from();
        state.advancePast(s);
      }
    }
    return rows;
  }

  private LogSplitReader reader() {
    LogScan scan =
        new LogScan(
            table.table(),
            table.client(),
            Selection.all(table.table().rowType()),
            StartingOffsets.earliest(),
            StoppingOffsets.never(),
            null);
    return new LogSplitReader(
        scan,
        MetadataColumns.NONE,
        new ReaderMetrics(UnregisteredMetricsGroup.createSourceReaderMetricGroup()),
        new BucketPoller(scan, "test", clock::get),
        Tables.noLake(scan));
  }

  private LogSplit split(long offset, long safeTimeMillis) {
    TableBucket bucket = new TableBucket(table.table().topic(), null, null, 0);
    return new LogSplit(bucket, LogPosition.at(offset), null, safeTimeMillis);
  }

  private static RowData id(long id) {
    return GenericRowData.of(id);
  }
}
