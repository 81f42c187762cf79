package io.fluss.write;

import static io.fluss.write.WriteFixtures.UNCOMPRESSED;
import static io.fluss.write.WriteFixtures.config;
import static io.fluss.write.WriteFixtures.row;
import static io.fluss.write.WriteFixtures.rowType;
import static io.fluss.write.WriteFixtures.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.FlussException;
import io.fluss.format.arrow.BufferPool;
import io.fluss.format.batch.BatchHeader;
import io.fluss.table.TableInfo;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LogBatchGathererTest {

  private static final RowType TYPE =
      rowType(new BigIntType(), new VarCharType(VarCharType.MAX_LENGTH));
  private static final Duration TIMEOUT = Duration.ofMillis(50);
  private static final long MEMORY = 64 << 20;

  private final BufferPool pool = new BufferPool();
  private final ManualTimer time = new ManualTimer();
  private RecordingSender sender = RecordingSender.ackingAtOnce();
  private TopicLimits limits = TopicLimits.DEFAULT;
  private RowTopics topics;
  private LogBatchGatherer gatherer;

  @AfterEach
  void everyBufferIsBackInThePool() {
    gatherer.close();
    assertThat(pool.outstandingBytes()).isZero();
  }

  @Test
  void sealsABatchThatHasReachedItsSize() throws InterruptedException {
    // Given
    gatherer = gatherer(oneBucket(), config(10_000, TIMEOUT, false, MEMORY));

    // When
    writeRows(1_000);

    // Then: 8 + 4 + 10 bytes a row, and the last offset
    assertThat(sender.sent)
        .isNotEmpty()
        .allSatisfy(batch -> assertThat(batch.rowCount()).isBetween(454, 456));
    assertThat(gatherer.openBatches()).isEqualTo(1);
  }

  @Test
  void sealsABatchWhoseFirstRowHasWaitedForTheTimeout() throws InterruptedException {
    // Given
    gatherer = gatherer(oneBucket(), config(10_000, TIMEOUT, false, MEMORY));
    writeRows(3);
    time.advance(49, gatherer);
    assertThat(sender.sent).isEmpty();

    // When
    time.advance(1, gatherer);

    // Then
    assertThat(sender.sent).singleElement().extracting(SealedBatch::rowCount).isEqualTo(3);
  }

  @Test
  void asksForOneAlarmHoweverManyBucketsAreOpen() throws InterruptedException {
    // Given
    gatherer =
        gatherer(
            table(8, List.of("f0"), TYPE, UNCOMPRESSED), config(10_000, TIMEOUT, false, MEMORY));

    // When
    writeRows(200);

    // Then
    assertThat(gatherer.openBatches()).isEqualTo(8);
    assertThat(time.alarms).isEqualTo(1);
    time.advance(50, gatherer);
    assertThat(sender.rows()).isEqualTo(200);
  }

  @Test
  void sealsEverythingForTheCaller() throws InterruptedException {
    // Given
    gatherer =
        gatherer(
            table(4, List.of("f0"), TYPE, UNCOMPRESSED), config(10_000, TIMEOUT, true, MEMORY));
    writeRows(100);

    // When
    gatherer.sealAll();

    // Then
    assertThat(sender.rows()).isEqualTo(100);
    assertThat(sender.sent).hasSize(4);
    assertThat(gatherer.openBatches()).isZero();
  }

  @Test
  void headerTellsSchemaVersionAndRows() throws InterruptedException {
    // Given
    gatherer = gatherer(oneBucket(), config(10_000, TIMEOUT, false, MEMORY));
    writeRows(7);

    // When
    gatherer.sealAll();

    // Then
    BatchHeader header = BatchHeader.parse(sender.sent.get(0).header());
    assertThat(header.rowCount()).isEqualTo(7);
    assertThat(header.schemaVersion()).isEqualTo(1);
  }

  @Test
  void batchesOfAQuietBucketShrinkAndGrowAgainWhenItIsBusy() throws InterruptedException {
    // Given
    limits = new TopicLimits(4 << 20);
    gatherer = gatherer(oneBucket(), config(1 << 20, TIMEOUT, true, MEMORY));

    // When
    writeRows(100_000);
    int first = sender.sent.get(0).sizeInBytes();
    for (int i = 0; i < 10; i++) {
      writeRows(1);
      time.advance(50, gatherer);
    }
    sender.sent.clear();
    writeRows(300_000);
    int afterQuiet = sender.sent.get(0).sizeInBytes();
    int last = sender.sent.get(sender.sent.size() - 1).sizeInBytes();

    // Then
    assertThat(first).isGreaterThan(1_000_000);
    assertThat(afterQuiet).isBetween(64 << 10, 70 << 10);
    assertThat(last).isGreaterThan(1_000_000);
  }

  @Test
  void stickyRowsStayWithABucketUntilItsBatchIsSealed() throws InterruptedException {
    // Given
    gatherer =
        gatherer(table(3, List.of(), TYPE, UNCOMPRESSED), config(5_000, TIMEOUT, false, MEMORY));

    // When
    writeRows(1_000);
    gatherer.sealAll();

    // Then
    List<Integer> buckets = sender.sent.stream().map(SealedBatch::bucket).toList();
    assertThat(IntStream.range(1, buckets.size()).boxed())
        .allSatisfy(i -> assertThat(buckets.get(i)).isEqualTo((buckets.get(i - 1) + 1) % 3));
  }

  @Test
  void memoryStaysWithinItsBoundWhileNothingIsAcked() throws InterruptedException {
    // Given
    long memory = 4 << 20;
    sender = RecordingSender.ackingWhenWaitedFor();
    gatherer =
        gatherer(
            table(50, List.of("f0"), TYPE, UNCOMPRESSED), config(1 << 20, TIMEOUT, false, memory));
    Random random = new Random(7);
    long most = 0;

    // When
    for (int i = 0; i < 100_000; i++) {
      gatherer.write(row(i, "x".repeat(random.nextInt(1_000))));
      most = Math.max(most, pool.outstandingBytes() + sender.inFlightBytes());
    }
    gatherer.sealAll();

    // Then
    assertThat(most).isLessThanOrEqualTo(memory);
    assertThat(sender.waits).isPositive();
    assertThat(sender.rows()).isEqualTo(100_000);
  }

  @Test
  void idleBucketsHoldNoMemory() throws InterruptedException {
    // Given
    gatherer =
        gatherer(
            table(50, List.of("f0"), TYPE, UNCOMPRESSED), config(1 << 20, TIMEOUT, true, MEMORY));
    writeRows(10_000);

    // When
    time.advance(50, gatherer);
    time.advance(50, gatherer);

    // Then
    assertThat(pool.outstandingBytes()).isZero();
    assertThat(time.alarmMillis).isEqualTo(ManualTimer.NONE);
  }

  @Test
  void splitsABatchThatDoesNotFitIntoOneRecord() throws InterruptedException {
    // Given
    limits = new TopicLimits(50_000);
    gatherer = gatherer(oneBucket(), config(200_000, TIMEOUT, false, MEMORY));

    // When
    writeRows(9_500);
    gatherer.sealAll();

    // Then
    assertThat(sender.rows()).isEqualTo(9_500);
    assertThat(sender.sent)
        .allSatisfy(batch -> assertThat(batch.sizeInBytes()).isLessThanOrEqualTo(50_000 - 128));
  }

  @Test
  void refusesARowThatAloneIsLargerThanARecord() throws InterruptedException {
    // Given
    limits = new TopicLimits(50_000);
    gatherer = gatherer(oneBucket(), config(200_000, TIMEOUT, false, MEMORY));
    writeRows(3);
    gatherer.write(row(4, "x".repeat(60_000)));

    // When / Then
    assertThatThrownBy(() -> gatherer.sealAll())
        .isInstanceOf(RowTooLargeException.class)
        .hasMessageMatching(
            "Cannot write a row to table 'shop\\.orders', bucket 0: encoded it has 60\\d{3} bytes, and the topic takes records of at most 49872 bytes .*");
  }

  @Test
  void withoutTimeoutSendsAtOnceAndGathersDuringARoundTrip() throws InterruptedException {
    // Given
    sender = RecordingSender.ackingWhenWaitedFor();
    gatherer = gatherer(oneBucket(), config(200_000, Duration.ZERO, false, MEMORY));

    // When
    writeRows(1);
    time.advance(0, gatherer);
    writeRows(1);
    time.advance(0, gatherer);
    writeRows(4);
    time.advance(0, gatherer);
    sender.ackAll();
    gatherer.onAck();

    // Then
    assertThat(sender.sent).extracting(SealedBatch::rowCount).containsExactly(1, 5);
  }

  @Test
  void rowsOfEachPartitionAreInItsTopicAndInOrder() throws InterruptedException {
    // Given
    PartitionsAtHand partitions = PartitionsAtHand.of(byPartition(2));
    gatherer = gatherer(partitions, config(2_000, TIMEOUT, false, MEMORY));

    // When
    for (int i = 0; i < 10_000; i++) {
      gatherer.write(row(i, "p" + i * 7 % 13));
    }
    gatherer.sealAll();

    // Then
    assertThat(sender.topics()).hasSize(13);
    for (int p = 0; p < 13; p++) {
      int partition = p;
      List<Long> expected =
          LongStream.range(0, 10_000).filter(i -> i * 7 % 13 == partition).boxed().toList();
      assertThat(sender.numbers("shop.orders.p" + p, TYPE)).isEqualTo(expected);
    }
  }

  @Test
  void oneMemoryBoundHoldsForAnyNumberOfPartitions() throws InterruptedException {
    // Given
    long memory = 4 << 20;
    sender = RecordingSender.ackingWhenWaitedFor();
    gatherer =
        gatherer(PartitionsAtHand.of(byPartition(2)), config(1 << 20, TIMEOUT, false, memory));
    Random random = new Random(7);
    long most = 0;

    // When
    for (int i = 0; i < 100_000; i++) {
      gatherer.write(row(i, "p" + random.nextInt(500)));
      most = Math.max(most, pool.outstandingBytes() + sender.inFlightBytes());
    }
    gatherer.sealAll();

    // Then
    assertThat(most).isLessThanOrEqualTo(memory);
    assertThat(sender.rows()).isEqualTo(100_000);
  }

  @Test
  void theOldestBatchIsSealedFirstWhicheverItsPartition() throws InterruptedException {
    // Given
    gatherer =
        gatherer(PartitionsAtHand.of(byPartition(1)), config(100_000, TIMEOUT, false, MEMORY));
    gatherer.write(row(0, "a"));
    awaitAnswered(0);
    time.advance(20, gatherer);
    gatherer.write(row(1, "b"));
    awaitAnswered(1);
    time.advance(20, gatherer);
    gatherer.write(row(2, "a"));

    // When
    time.advance(10, gatherer);

    // Then
    assertThat(sender.sent).extracting(SealedBatch::topic).containsExactly("shop.orders.a");
    assertThat(sender.rows()).isEqualTo(2);
    time.advance(20, gatherer);
    assertThat(sender.sent)
        .extracting(SealedBatch::topic)
        .containsExactly("shop.orders.a", "shop.orders.b");
  }

  @Test
  void rowsAreGatheredWhileTheirPartitionIsCreatedAndOthersAreSent() throws Exception {
    // Given
    PartitionsAtHand partitions = PartitionsAtHand.of(byPartition(1));
    gatherer = gatherer(partitions, config(100_000, TIMEOUT, false, MEMORY));
    gatherer.write(row(0, "there"));
    awaitAnswered(0);
    partitions.holdBack();

    // When
    gatherer.write(row(1, "new"));
    gatherer.write(row(2, "new"));
    time.advance(50, gatherer);

    // Then
    assertThat(sender.topics()).containsExactly("shop.orders.there");

    // When
    partitions.letGo();
    awaitAnswered(1);
    time.advance(5, gatherer);

    // Then
    assertThat(sender.numbers("shop.orders.new", TYPE)).containsExactly(1L, 2L);
  }

  @Test
  void manyNewPartitionsTakeFewRequests() throws Exception {
    // Given
    PartitionsAtHand partitions = PartitionsAtHand.of(byPartition(2));
    partitions.holdBack();
    gatherer = gatherer(partitions, config(100_000, TIMEOUT, false, MEMORY));

    // When
    for (int i = 0; i < 200; i++) {
      gatherer.write(row(i, "p" + i));
    }
    partitions.letGo();
    gatherer.sealAll();

    // Then
    assertThat(sender.topics()).hasSize(200);
    assertThat(partitions.requests())
        .as("one on its way, one for all that came meanwhile")
        .isBetween(1, 2);
  }

  @Test
  void aPartitionThatCannotBeCreatedFailsTheWriter() throws Exception {
    // Given
    PartitionsAtHand partitions = PartitionsAtHand.of(byPartition(1));
    partitions.refuse(new FlussException("no such partition"));
    gatherer = gatherer(partitions, config(100_000, TIMEOUT, false, MEMORY));
    gatherer.write(row(0, "a"));

    // When // Then
    assertThatThrownBy(() -> gatherer.sealAll()).hasMessage("no such partition");
    assertThatThrownBy(() -> gatherer.sealAll()).hasMessage("no such partition");
  }

  @Test
  void withoutTimeoutTheOtherPartitionsDoNotWaitForANewOne() throws Exception {
    // Given
    PartitionsAtHand partitions = PartitionsAtHand.of(byPartition(1));
    gatherer = gatherer(partitions, config(100_000, Duration.ZERO, false, MEMORY));
    gatherer.write(row(0, "there"));
    awaitAnswered(0);
    partitions.holdBack();
    gatherer.write(row(1, "new"));

    // When
    time.advance(0, gatherer);

    // Then
    assertThat(sender.topics()).containsExactly("shop.orders.there");
    partitions.letGo();
    awaitAnswered(1);
    time.advance(5, gatherer);
    assertThat(sender.rows()).isEqualTo(2);
  }

  /** Text is the partition. */
  private static TableInfo byPartition(int buckets) {
    return table(buckets, List.of("f1"), List.of(), TYPE, UNCOMPRESSED);
  }

  private LogBatchGatherer gatherer(PartitionsAtHand partitions, WriterConfig config) {
    topics = RowTopics.of(partitions.table(), TYPE, partitions);
    return new LogBatchGatherer(
        partitions.table(), config, topics, limits, pool, sender, () -> time.nowMillis, time);
  }

  private void awaitAnswered(int topic) {
    Awaitility.await().until(() -> topics.isAnswered(topic));
  }

  private LogBatchGatherer gatherer(TableInfo table, WriterConfig config) {
    return new LogBatchGatherer(
        table, config, RowTopics.of(table), limits, pool, sender, () -> time.nowMillis, time);
  }

  private static TableInfo oneBucket() {
    return table(1, List.of(), TYPE, UNCOMPRESSED);
  }

  private void writeRows(int count) throws InterruptedException {
    for (int i = 0; i < count; i++) {
      RowData row = row(i, "0123456789");
      gatherer.write(row);
    }
  }
}
