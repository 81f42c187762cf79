package io.fluss.write;

import static io.fluss.write.WriteFixtures.UNCOMPRESSED;
import static io.fluss.write.WriteFixtures.config;
import static io.fluss.write.WriteFixtures.row;
import static io.fluss.write.WriteFixtures.rowType;
import static io.fluss.write.WriteFixtures.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.format.arrow.BufferPool;
import io.fluss.table.TableInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who is told what becomes of gathered rows. */
class BatchOutcomeTest {

  private static final RowType TYPE = rowType(new BigIntType(), VarCharType.STRING_TYPE);
  private static final TableInfo TABLE = table(1, List.of(), TYPE, UNCOMPRESSED);

  private final BufferPool pool = new BufferPool();
  private final RecordingSender sender = RecordingSender.ackingAtOnce();
  private final LogBatchGatherer gatherer =
      new LogBatchGatherer(
          TABLE,
          config(1 << 20, Duration.ofSeconds(1), false, 8 << 20),
          RowTopics.of(TABLE),
          new TopicLimits(4096),
          pool,
          sender,
          () -> 0,
          WriteTimer.never());

  @AfterEach
  void everyBufferIsBackInThePool() {
    gatherer.close();
    assertThat(pool.outstandingBytes()).isZero();
  }

  /** What was told, in order. */
  private static final class Told implements WriteOutcome {
    private final List<Object> told = new ArrayList<>();

    @Override
    public void written(String topic, int bucket, long offset) {
      told.add(offset);
    }

    @Override
    public void failed(WriteFailedException why) {
      told.add(why);
    }
  }

  private Told write(long number, String text) throws InterruptedException {
    return gatherer.write(row(number, text), Told.class, Told::new);
  }

  @Test
  void rowsOfABatchHaveOneOutcomeAndThoseOfTheNextAnother() throws InterruptedException {
    // Given
    Told first = write(1, "a");
    Told second = write(2, "b");
    gatherer.sealAll();
    Told third = write(3, "c");
    gatherer.sealAll();

    // When
    sender.tellWritten();

    // Then
    assertThat(first).isSameAs(second).isNotSameAs(third);
    assertThat(first.told).containsExactly(0L);
    assertThat(third.told).containsExactly(1L);
  }

  @Test
  void aBatchInSeveralRecordsIsWrittenWithTheLastOfThem() throws InterruptedException {
    // Given: more than fits into one record
    Told told = write(0, "x".repeat(1500));
    for (int i = 1; i < 5; i++) {
      write(i, "x".repeat(1500));
    }
    gatherer.sealAll();
    assertThat(sender.sent.size()).isGreaterThan(1);

    // When
    sender.tellWritten();

    // Then
    assertThat(told.told).containsExactly(sender.sent.size() - 1L);
  }

  @Test
  void aRowThatDoesNotFitTheTableLeavesTheOthers() throws InterruptedException {
    // Given
    Told before = write(1, "a");

    // When
    assertThatThrownBy(
            () -> gatherer.write(GenericRowData.of(2L, "no StringData"), Told.class, Told::new))
        .isInstanceOf(ClassCastException.class);
    gatherer.sealAll();
    sender.tellWritten();

    // Then
    assertThat(before.told).containsExactly(0L);
    assertThat(sender.rows()).isEqualTo(1);
  }

  @Test
  void aRowThatIsTheFirstAndDoesNotFitLeavesNoBatch() throws InterruptedException {
    // When
    assertThatThrownBy(
            () -> gatherer.write(GenericRowData.of("no long", null), Told.class, Told::new))
        .isInstanceOf(ClassCastException.class);
    gatherer.sealAll();

    // Then
    assertThat(sender.sent).isEmpty();
    assertThat(gatherer.openBatches()).isZero();
  }

  @Test
  void aLargeRowThatTravelsAloneConcernsNoOther() throws InterruptedException {
    // Given
    Told before = write(1, "a");

    // When
    assertThatThrownBy(() -> gatherer.writeAlone(row(2, "x".repeat(9000)), Told.class, Told::new))
        .isInstanceOf(RowTooLargeException.class);
    Told alone = gatherer.writeAlone(row(3, "x".repeat(2000)), Told.class, Told::new);
    Told after = write(4, "b");
    gatherer.sealAll();
    sender.tellWritten();

    // Then
    assertThat(before.told).containsExactly(0L);
    assertThat(alone.told).containsExactly(1L);
    assertThat(after.told).containsExactly(2L);
    assertThat(sender.rows()).isEqualTo(3);
  }

  @Test
  void aBatchWhoseSendingWasInterruptedIsSentOnceAndToldLater() throws InterruptedException {
    // Given: a batch that becomes several records, of which the second is interrupted
    Told told = write(0, "x".repeat(1500));
    for (int i = 1; i < 5; i++) {
      write(i, "x".repeat(1500));
    }
    sender.interruptedSend = 1;
    assertThatThrownBy(gatherer::sealAll).isInstanceOf(InterruptedException.class);
    assertThat(sender.sent).hasSize(1);

    // When
    gatherer.sealAll();
    sender.tellWritten();

    // Then
    assertThat(sender.numbers(TABLE.topic(), TYPE)).containsExactly(0L, 1L, 2L, 3L, 4L);
    assertThat(told.told).containsExactly(sender.sent.size() - 1L);
  }

  @Test
  void aRowThatTravelsAloneAndIsInterruptedIsLeftOut() throws InterruptedException {
    // Given
    sender.interruptedSend = 0;

    // When
    assertThatThrownBy(() -> gatherer.writeAlone(row(1, "a"), Told.class, Told::new))
        .isInstanceOf(InterruptedException.class);
    gatherer.sealAll();

    // Then
    assertThat(sender.sent).isEmpty();
    assertThat(gatherer.openBatches()).isZero();
  }

  @Test
  void rowsThatAreGivenUpAreToldWhy() throws InterruptedException {
    // Given
    Told told = write(1, "a");
    WriteFailedException why = new WriteFailedException("no brokers");

    // When
    gatherer.giveUp(why);

    // Then
    assertThat(told.told).containsExactly(why);
  }
}
