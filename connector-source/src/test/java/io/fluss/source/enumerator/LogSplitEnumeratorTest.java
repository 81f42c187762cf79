package io.fluss.source.enumerator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.kafka.ClientConfig;
import io.fluss.read.LogScan;
import io.fluss.read.Selection;
import io.fluss.read.StartingOffsets;
import io.fluss.read.StoppingOffsets;
import io.fluss.source.split.TableSplit;
import io.fluss.testkit.kafka.SharedKafka;
import io.fluss.testkit.log.LogTableFixture;
import io.fluss.union.LakeUse;
import java.util.Map;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.mocks.MockSplitEnumeratorContext;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.RowType;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The enumerator in a coordinator whose clock the test turns: one-time work and the periodic check
 * of the topic run when it says so.
 */
class LogSplitEnumeratorTest {

  private static final RowType ID = RowType.of(new BigIntType());

  private final LogTableFixture table =
      LogTableFixture.create(SharedKafka.kafka(), SharedKafka.uniqueDatabase(), ID, 3);
  private final MockSplitEnumeratorContext<TableSplit> coordinator =
      new MockSplitEnumeratorContext<>(2);

  @BeforeEach
  void registerReaders() {
    for (int reader = 0; reader < 2; reader++) {
      coordinator.registerReader(new ReaderInfo(reader, "here"));
    }
  }

  @AfterEach
  void close() throws Exception {
    coordinator.close();
    table.close();
  }

  @Test
  void anEndlessReadEndsLoudlyOnceItsTableIsDroppedAndCreatedAnew() throws Throwable {
    try (LogSplitEnumerator enumerator = started(StoppingOffsets.never())) {
      // Given
      table.write(0, GenericRowData.of(1L));
      coordinator.runNextOneTimeCallable();
      assertThat(enumerator.snapshotState(1).unassigned()).isEmpty();
      assertThatCode(this::checkTopic).doesNotThrowAnyException();

      // When
      table.deleteTopic();

      // Then
      assertThatThrownBy(this::checkTopic)
          .hasStackTraceContaining("Could not go on reading table '" + table.table().path() + "'")
          .hasStackTraceContaining("does not exist");

      // When
      Awaitility.await().ignoreExceptions().untilAsserted(table::createTopicAgain);

      // Then
      assertThatThrownBy(this::checkTopic)
          .hasStackTraceContaining("Could not go on reading table '" + table.table().path() + "'")
          .hasStackTraceContaining("the table was dropped or its topic created again");
    }
  }

  @Test
  void aCheckThatGetsNoAnswerIsRepeated() throws Throwable {
    // Given
    LogSplitEnumerator enumerator = started(StoppingOffsets.never());
    coordinator.runNextOneTimeCallable();

    // When: the connection is closed under it
    enumerator.close();

    // Then
    assertThatCode(this::checkTopic).doesNotThrowAnyException();
    assertThat(coordinator.getPeriodicCallables()).hasSize(1);
  }

  @Test
  void aReadThatEndsIsNotChecked() throws Throwable {
    try (LogSplitEnumerator enumerator = started(StoppingOffsets.latest())) {
      coordinator.runNextOneTimeCallable();
      assertThat(coordinator.getPeriodicCallables()).isEmpty();
      assertThat(enumerator.snapshotState(1).discovered()).isTrue();
    }
  }

  private void checkTopic() throws Throwable {
    coordinator.runPeriodicCallable(0);
  }

  private LogSplitEnumerator started(StoppingOffsets stop) {
    LogScan scan =
        new LogScan(
            table.table(),
            new ClientConfig(table.bootstrapServers(), Map.of()),
            Selection.all(ID),
            StartingOffsets.earliest(),
            stop,
            null);
    LogSplitEnumerator enumerator =
        new LogSplitEnumerator(
            coordinator,
            scan,
            LakeUse.none(),
            Thread.currentThread().getContextClassLoader(),
            EnumeratorState.initial());
    enumerator.start();
    return enumerator;
  }
}
