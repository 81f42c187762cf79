package io.fluss.source.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.FlussException;
import io.fluss.kafka.ClientConfig;
import io.fluss.predicate.ColumnRef;
import io.fluss.predicate.Operator;
import io.fluss.predicate.Predicate;
import io.fluss.read.CorruptLogException;
import io.fluss.read.LogGapException;
import io.fluss.read.LogGoneException;
import io.fluss.read.LogPosition;
import io.fluss.read.LogScan;
import io.fluss.read.Selection;
import io.fluss.read.StartingOffsets;
import io.fluss.read.StoppingOffsets;
import io.fluss.source.split.LogSplit;
import io.fluss.source.split.TableBucket;
import io.fluss.source.split.TableSplit;
import io.fluss.testkit.kafka.SharedKafka;
import io.fluss.testkit.log.LogTableFixture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import javax.annotation.Nullable;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.RowType;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Fetching and ending splits, against a broker. */
class LogSplitReaderTest {

  private static final RowType ID = RowType.of(new BigIntType());

  private final LogTableFixture table =
      LogTableFixture.create(SharedKafka.kafka(), SharedKafka.uniqueDatabase(), ID, 2);

  @AfterEach
  void close() {
    table.close();
  }

  @Test
  void readsEachSplitToItsEnd() {
    // Given
    table.write(0, ids(0, 5));
    table.write(0, ids(5, 10));
    table.write(0, ids(10, 15));
    table.write(1, ids(100, 103));

    // When
    Read read = readToEnd(null, split(0, LogPosition.at(0), 2L), split(1, LogPosition.at(0), 1L));

    // Then
    assertThat(read.ids)
        .containsExactlyInAnyOrderElementsOf(
            List.of(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 100L, 101L, 102L));
    assertThat(read.finished).containsExactlyInAnyOrder(id(0), id(1));
  }

  @Test
  void anEmptySplitEndsAtOnce() {
    Read read = readToEnd(null, split(0, LogPosition.at(0), 0L));
    assertThat(read.ids).isEmpty();
    assertThat(read.finished).containsExactly(id(0));
    assertThat(read.fetches).isEqualTo(1);
  }

  @Test
  void endsBehindTransactionMarkersAndAbortedRows() {
    // Given
    table.writeCommitted(0, ids(0, 2));
    table.writeAborted(0, ids(2, 4));

    // When: two batches and two markers
    Read read = readToEnd(null, split(0, LogPosition.at(0), 4L));

    // Then
    assertThat(read.ids).containsExactly(0L, 1L);
    assertThat(read.finished).containsExactly(id(0));
  }

  @Test
  void goesOnInsideABatch() {
    table.write(0, ids(0, 10));
    assertThat(readToEnd(null, split(0, new LogPosition(0, 7), 1L)).ids)
        .containsExactly(7L, 8L, 9L);
  }

  @Test
  void passesOverTheRestOfABatchThatTheFilterExcludes() {
    // Given: restored in the middle of a batch, with another filter than before
    try (LogTableFixture described =
        LogTableFixture.create(
            SharedKafka.kafka(),
            SharedKafka.uniqueDatabase(),
            ID,
            1,
            Map.of("table.statistics.columns", "*"))) {
      described.write(0, ids(0, 10));
      described.write(0, ids(10, 12));
      LogSplit split =
          new LogSplit(
              new TableBucket(described.table().topic(), null, null, 0),
              new LogPosition(0, 7),
              2L,
              0);
      Predicate filter = Predicate.compare(ColumnRef.of(ID, 0), Operator.EQUAL, 11L);

      // When
      Read read = readScan(scan(described, Selection.all(ID), null).withFilter(filter), split);

      // Then
      assertThat(read.ids).containsExactly(10L, 11L);
      assertThat(read.finished).containsExactly(split.splitId());
    }
  }

  @Test
  void stopsFetchingWhenTheLimitIsReached() {
    // Given
    table.write(0, ids(0, 10));
    table.write(1, ids(10, 20));

    // When
    Read read = readToEnd(3L, split(0, LogPosition.at(0), 1L), split(1, LogPosition.at(0), 1L));

    // Then
    assertThat(read.ids).hasSize(3);
    assertThat(read.finished).containsExactlyInAnyOrder(id(0), id(1));
  }

  @Test
  void rowsThatRetentionRemovedAreALoudError() {
    // Given
    table.write(0, ids(0, 1));
    table.write(0, ids(1, 2));
    table.write(0, ids(2, 3));
    table.deleteBefore(0, 2);

    // Then
    assertThatThrownBy(() -> readToEnd(null, split(0, new LogPosition(0, 0), null)))
        .isInstanceOf(LogGapException.class)
        .hasMessageContaining("Bucket 0 of table '" + table.table().path() + "'")
        .hasMessageContaining("from offset 0: the log starts at 2")
        .hasMessageContaining("table.log.ttl");
  }

  @Test
  void aPositionBehindTheEndOfTheLogIsALoudError() {
    table.write(0, ids(0, 1));
    assertThatThrownBy(() -> readToEnd(null, split(0, LogPosition.at(40), null)))
        .isInstanceOf(LogGapException.class)
        .hasMessageContaining("from offset 40: the log ends at 1");
  }

  @Test
  void aPositionInsideABatchThatIsGoneIsALoudError() {
    table.writeAborted(0, ids(0, 5));
    table.write(0, ids(5, 6));
    assertThatThrownBy(() -> readToEnd(null, split(0, new LogPosition(0, 3), null)))
        .isInstanceOf(LogGapException.class)
        .hasMessageContaining("row 3 of the batch at offset 0: the next batch in the log is at");
  }

  @Test
  void aTopicCreatedAgainIsALoudError() {
    // Given
    table.deleteTopic();
    Awaitility.await().ignoreExceptions().untilAsserted(table::createTopicAgain);

    // Then
    assertThatThrownBy(() -> readToEnd(null, split(0, LogPosition.at(0), null)))
        .isInstanceOf(LogGoneException.class)
        .hasMessageContaining("the table was dropped or its topic created again")
        .hasMessageContaining(table.table().topicId());
  }

  @Test
  void aMissingTopicIsALoudError() {
    table.deleteTopic();
    assertThatThrownBy(() -> readToEnd(null, split(0, LogPosition.at(0), null)))
        .isInstanceOf(LogGoneException.class)
        .hasMessageContaining("does not exist");
  }

  @Test
  void aForeignRecordIsNamed() {
    table.writeForeign(1);
    assertThatThrownBy(() -> readToEnd(null, split(1, LogPosition.at(0), 1L)))
        .isInstanceOf(CorruptLogException.class)
        .hasMessageContaining("The batch at offset 0 in bucket 1 of table '" + table.table().path())
        .hasMessageContaining("was not written by this software");
  }

  @Test
  void aDamagedBodyIsNamed() {
    table.write(0, ids(0, 1));
    table.writeDamaged(0, 3);
    assertThatThrownBy(() -> readToEnd(null, split(0, LogPosition.at(0), 2L)))
        .isInstanceOf(FlussException.class)
        .hasMessageContaining(
            "The batch at offset 1 in bucket 0 of table '" + table.table().path());
  }

  @Test
  void countsBatchesFromTheirHeadersWithoutLookingAtBodies() {
    // Given
    table.write(0, ids(0, 4));
    table.writeDamaged(0, 38);

    // When
    Read read = readToEnd(Selection.rowCounts(1), null, split(0, LogPosition.at(0), 2L));

    // Then
    assertThat(read.ids).containsExactly(4L, 38L);
  }

  private static final class Read {
    private final List<Long> ids = new ArrayList<>();
    private final Set<String> finished = new HashSet<>();
    private int fetches;
  }

  private Read readToEnd(@Nullable Long limit, LogSplit... splits) {
    return readToEnd(Selection.all(ID), limit, splits);
  }

  private Read readToEnd(Selection selection, @Nullable Long limit, LogSplit... splits) {
    return readScan(scan(table, selection, limit), splits);
  }

  private static LogScan scan(LogTableFixture table, Selection selection, @Nullable Long limit) {
    return new LogScan(
        table.table(),
        new ClientConfig(table.bootstrapServers(), Map.of()),
        selection,
        StartingOffsets.earliest(),
        StoppingOffsets.latest(),
        limit);
  }

  private static Read readScan(LogScan scan, LogSplit... splits) {
    ReaderMetrics metrics =
        new ReaderMetrics(UnregisteredMetricsGroup.createSourceReaderMetricGroup());
    Read read = new Read();
    try (LogSplitReader reader =
        new LogSplitReader(
            scan,
            MetadataColumns.NONE,
            metrics,
            new BucketPoller(scan, "test", System::currentTimeMillis),
            Tables.noLake(scan))) {
      List<TableSplit> added = List.copyOf(Arrays.asList(splits));
      reader.handleSplitsChanges(new SplitsAddition<>(added));
      while (read.finished.size() < splits.length) {
        collect(reader.fetch(), read);
      }
    }
    return read;
  }

  private static void collect(RecordsWithSplitIds<SplitRows> fetched, Read read) {
    read.fetches++;
    while (fetched.nextSplit() != null) {
      for (SplitRows s = fetched.nextRecordFromSplit();
          s != null;
          s = fetched.nextRecordFromSplit()) {
        for (int i = s.from(); i < s.to(); i++) {
          read.ids.add(s.row(i).getLong(0));
        }
      }
    }
    read.finished.addAll(fetched.finishedSplits());
  }

  private LogSplit split(int bucket, LogPosition position, @Nullable Long stop) {
    return new LogSplit(
        new TableBucket(table.table().topic(), null, null, bucket), position, stop, 0);
  }

  private String id(int bucket) {
    return table.table().topic() + "-" + bucket;
  }

  private static RowData[] ids(long from, long to) {
    return LongStream.range(from, to).mapToObj(GenericRowData::of).toArray(RowData[]::new);
  }
}
