package io.fluss.source.enumerator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.admin.TableDescriptor;
import io.fluss.predicate.ColumnRef;
import io.fluss.predicate.Operator;
import io.fluss.predicate.Predicate;
import io.fluss.read.LogScan;
import io.fluss.read.Selection;
import io.fluss.read.StartingOffsets;
import io.fluss.read.StoppingOffsets;
import io.fluss.source.split.LogSplit;
import io.fluss.source.split.TableSplit;
import io.fluss.source.split.TopicIdentity;
import io.fluss.source.split.TopicsGone;
import io.fluss.testkit.kafka.SharedKafka;
import io.fluss.testkit.partition.PartitionedTableFixture;
import io.fluss.union.LakeUse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.mocks.MockSplitEnumeratorContext;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The enumerator in a coordinator that looks for partitions when the test says so. */
class PartitionedSplitEnumeratorTest {

  private static final Duration OFTEN = Duration.ofSeconds(1);

  private final PartitionedTableFixture table =
      PartitionedTableFixture.create(
          SharedKafka.kafka(),
          TableDescriptor.builder()
              .column("id", new BigIntType())
              .column("dt", new VarCharType(false, VarCharType.MAX_LENGTH))
              .partitionKeys(List.of("dt"))
              .buckets(2)
              .build());
  private MockSplitEnumeratorContext<TableSplit> coordinator;

  @BeforeEach
  void begin() {
    coordinator = coordinator();
  }

  private static MockSplitEnumeratorContext<TableSplit> coordinator() {
    MockSplitEnumeratorContext<TableSplit> started = new MockSplitEnumeratorContext<>(2);
    for (int reader = 0; reader < 2; reader++) {
      started.registerReader(new ReaderInfo(reader, "here"));
    }
    return started;
  }

  @AfterEach
  void close() throws Exception {
    coordinator.close();
    table.close();
  }

  @Test
  void aPartitionThatComesIsReadFromItsBeginningWhateverTheStart() throws Throwable {
    // Given
    table.append(0, row(1, "a"), row(2, "a"));
    try (PartitionedSplitEnumerator enumerator = started(endless(), EnumeratorState.initial())) {
      look();
      List<LogSplit> first = assigned();

      // When
      table.append(1, row(3, "b"));
      look();

      // Then
      assertThat(positions(first)).containsExactlyInAnyOrder("dt=a/0@2", "dt=a/1@0");
      assertThat(positions(assigned()))
          .containsExactlyInAnyOrder("dt=a/0@2", "dt=a/1@0", "dt=b/0@0", "dt=b/1@0");
      assertThat(coordinator.getSplitsAssignmentSequence()).hasSizeLessThanOrEqualTo(2);
      assertThat(enumerator.snapshotState(1).partitions())
          .extracting(TopicIdentity::name)
          .containsExactlyInAnyOrder(topic("a"), topic("b"));
    }
  }

  @Test
  void aPartitionThatGoesIsTakenFromTheReadersAndFromTheState() throws Throwable {
    // Given
    String id = table.add("a").topicId();
    table.add("b");
    try (PartitionedSplitEnumerator enumerator = started(endless(), EnumeratorState.initial())) {
      look();

      // When
      table.drop("a");
      look();

      // Then
      TopicsGone news = new TopicsGone(Set.of(new TopicIdentity(topic("a"), id)));
      assertThat(newsOf(0)).isEqualTo(List.of(news));
      assertThat(newsOf(1)).isEqualTo(List.of(news));
      assertThat(enumerator.snapshotState(1).partitions())
          .extracting(TopicIdentity::name)
          .containsExactly(topic("b"));
    }
  }

  @Test
  void splitsThatNoReaderHasGoWithTheirPartition() throws Throwable {
    // Given: splits back from a reader that failed
    table.add("a");
    table.add("b");
    try (PartitionedSplitEnumerator enumerator = started(endless(), EnumeratorState.initial())) {
      look();
      coordinator.unregisterReader(0);
      enumerator.addSplitsBack(assigned().stream().map(s -> (TableSplit) s).toList(), 0);

      // When
      table.drop("a");
      look();

      // Then
      assertThat(enumerator.snapshotState(1).unassigned())
          .allSatisfy(
              s -> assertThat(s.log().orElseThrow().bucket().partition()).isEqualTo("dt=b"));
    }
  }

  @Test
  void aPartitionCreatedAgainWhileItIsReadFailsTheJob() throws Throwable {
    // Given
    table.add("a");
    try (PartitionedSplitEnumerator enumerator = started(endless(), EnumeratorState.initial())) {
      look();

      // When
      table.drop("a");
      table.add("a");

      // Then
      assertThatThrownBy(this::look)
          .hasStackTraceContaining("were dropped and created again while they were read")
          .hasStackTraceContaining(topic("a"));
      assertThat(enumerator.snapshotState(1).discovered()).isTrue();
    }
  }

  @Test
  void aRestoredReadSortsOutWhatCameWentAndWasCreatedAgain() throws Throwable {
    // Given
    String goneId = table.add("gone").topicId();
    String oldId = table.add("again").topicId();
    table.append(0, row(1, "stays"));
    EnumeratorState state;
    try (PartitionedSplitEnumerator enumerator = started(endless(), EnumeratorState.initial())) {
      look();
      state = enumerator.snapshotState(1);
    }
    coordinator.close();
    coordinator = coordinator();
    table.drop("gone");
    table.drop("again");
    table.append(0, row(2, "again"), row(3, "again"));
    table.append(1, row(4, "new"));

    // When
    try (PartitionedSplitEnumerator enumerator = started(endless(), state)) {
      look();

      // Then
      TopicsGone news =
          new TopicsGone(
              Set.of(
                  new TopicIdentity(topic("gone"), goneId),
                  new TopicIdentity(topic("again"), oldId)));
      assertThat(newsOf(0)).isEqualTo(List.of(news));
      assertThat(newsOf(1)).isEqualTo(List.of(news));
      assertThat(positions(assigned()))
          .containsExactlyInAnyOrder("dt=again/0@0", "dt=again/1@0", "dt=new/0@0", "dt=new/1@0");
      assertThat(enumerator.snapshotState(1).partitions())
          .extracting(TopicIdentity::name)
          .containsExactlyInAnyOrder(topic("again"), topic("new"), topic("stays"));

      // Then: a reader that comes later is told as well
      enumerator.addReader(1);
      assertThat(newsOf(1)).isEqualTo(List.of(news, news));
    }
  }

  @Test
  void aDroppedTableFailsTheJob() throws Throwable {
    // Given
    table.add("a");
    try (PartitionedSplitEnumerator enumerator = started(endless(), EnumeratorState.initial())) {
      look();

      // When
      table.tables().dropTable(table.table().path());

      // Then
      assertThatThrownBy(this::look)
          .hasStackTraceContaining("Could not go on reading table '" + table.table().path() + "'")
          .hasStackTraceContaining("was dropped while this query used it");
      assertThat(enumerator.snapshotState(1).discovered()).isTrue();
    }
  }

  @Test
  void partitionsThatTheFilterExcludesAreNotKnown() throws Throwable {
    // Given
    table.add("a");
    table.add("b");
    ColumnRef dt = ColumnRef.of(table.table().rowType(), 1);
    LogScan onlyB =
        endless().withFilter(Predicate.compare(dt, Operator.GREATER, StringData.fromString("a")));

    // When
    try (PartitionedSplitEnumerator enumerator = started(onlyB, EnumeratorState.initial())) {
      look();
      table.add("0");
      table.add("c");
      look();

      // Then
      assertThat(enumerator.snapshotState(1).partitions())
          .extracting(TopicIdentity::name)
          .containsExactlyInAnyOrder(topic("b"), topic("c"));
    }
  }

  @Test
  void onlyAReadThatLooksNoMoreSaysThatNoMoreSplitsCome() throws Throwable {
    table.add("a");
    try (PartitionedSplitEnumerator bounded =
        started(scan(StoppingOffsets.latest()), EnumeratorState.initial())) {
      coordinator.runNextOneTimeCallable();
      assertThat(coordinator.hasNoMoreSplits(0)).isTrue();
      assertThat(coordinator.getPeriodicCallables()).isEmpty();
      assertThat(bounded.snapshotState(1).discovered()).isTrue();
    }
    coordinator.close();
    coordinator = coordinator();
    try (PartitionedSplitEnumerator once =
        started(endless(), Duration.ZERO, EnumeratorState.initial())) {
      coordinator.runNextOneTimeCallable();
      assertThat(coordinator.hasNoMoreSplits(0)).isTrue();
      assertThat(once.snapshotState(1).discovered()).isTrue();
    }
    coordinator.close();
    coordinator = coordinator();
    try (PartitionedSplitEnumerator again = started(endless(), EnumeratorState.initial())) {
      look();
      assertThat(coordinator.hasNoMoreSplits(0)).isFalse();
      assertThat(again.snapshotState(1).discovered()).isTrue();
    }
  }

  @Test
  void aReadThatLooksOnceNoticesAPartitionThatWasCreatedAgainAllTheSame() throws Throwable {
    // Given
    table.add("a");
    table.add("b");
    try (PartitionedSplitEnumerator enumerator =
        started(endless(), Duration.ZERO, EnumeratorState.initial())) {
      coordinator.runNextOneTimeCallable();
      table.drop("b");
      table.add("c");
      look();

      // When
      table.drop("a");
      table.add("a");

      // Then
      assertThatThrownBy(this::look)
          .hasStackTraceContaining("were dropped and created again while they were read")
          .hasStackTraceContaining(topic("a"));
      assertThat(positions(assigned())).doesNotContain("dt=c/0@0");
      assertThat(enumerator.snapshotState(1).discovered()).isTrue();
    }
  }

  @Test
  void aPartitionThatComesBeforeTheFirstLookIsDeliveredIsReadFromItsBeginning() throws Throwable {
    // Given: a worker that looks again before the coordinator has the first result
    coordinator.close();
    LateCoordinator late = new LateCoordinator();
    coordinator = late;
    coordinator.registerReader(new ReaderInfo(0, "here"));
    table.add("a");
    try (PartitionedSplitEnumerator enumerator = started(endless(), EnumeratorState.initial())) {
      late.call();

      // When
      table.append(0, row(1, "b"));
      late.call();
      late.deliver();

      // Then
      assertThat(positions(assigned()))
          .containsExactlyInAnyOrder("dt=a/0@0", "dt=a/1@0", "dt=b/0@0", "dt=b/1@0");
      assertThat(enumerator.snapshotState(1).partitions())
          .extracting(TopicIdentity::name)
          .containsExactlyInAnyOrder(topic("a"), topic("b"));
    }
  }

  /** Its worker runs when the test says so, and what comes out waits until the test delivers it. */
  @SuppressWarnings("try") // close() of Flink's mock may throw anything
  private static final class LateCoordinator extends MockSplitEnumeratorContext<TableSplit> {

    private final List<Runnable> results = new ArrayList<>();
    private Callable<Runnable> work;

    LateCoordinator() {
      super(1);
    }

    @Override
    public <T> void callAsync(
        Callable<T> callable, BiConsumer<T, Throwable> handler, long delay, long interval) {
      work =
          () -> {
            T result = callable.call();
            return () -> handler.accept(result, null);
          };
    }

    void call() throws Exception {
      results.add(work.call());
    }

    void deliver() {
      results.forEach(Runnable::run);
    }
  }

  private void look() throws Throwable {
    coordinator.runPeriodicCallable(0);
  }

  private List<SourceEvent> newsOf(int reader) throws Exception {
    return coordinator.getSentSourceEvent().get(reader).stream()
        .filter(TopicsGone.class::isInstance)
        .toList();
  }

  private List<LogSplit> assigned() {
    return coordinator.getSplitsAssignmentSequence().stream()
        .flatMap(a -> a.assignment().values().stream())
        .flatMap(List::stream)
        .map(s -> (LogSplit) s)
        .toList();
  }

  private static List<String> positions(List<LogSplit> splits) {
    return splits.stream()
        .map(s -> s.bucket().partition() + "/" + s.bucket().index() + "@" + s.position().offset())
        .collect(Collectors.toList());
  }

  private String topic(String dt) {
    return table.table().topic() + "." + dt;
  }

  private static GenericRowData row(long id, String dt) {
    return GenericRowData.of(id, StringData.fromString(dt));
  }

  private LogScan endless() {
    return scan(StoppingOffsets.never());
  }

  private LogScan scan(StoppingOffsets stop) {
    return new LogScan(
        table.table(),
        table.client(),
        Selection.all(table.table().rowType()),
        StartingOffsets.latest(),
        stop,
        null);
  }

  private PartitionedSplitEnumerator started(LogScan scan, EnumeratorState state) {
    return started(scan, OFTEN, state);
  }

  private PartitionedSplitEnumerator started(
      LogScan scan, Duration interval, EnumeratorState state) {
    PartitionedSplitEnumerator enumerator =
        new PartitionedSplitEnumerator(
            coordinator,
            scan,
            LakeUse.none(),
            Thread.currentThread().getContextClassLoader(),
            interval,
            state);
    enumerator.start();
    return enumerator;
  }
}
