package io.fluss.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fluss.admin.TableDescriptor;
import io.fluss.testkit.kafka.SharedKafka;
import io.fluss.testkit.keyed.KeyedTableFixture;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableLookupTest {

  private static final long PLENTY = 64 << 20;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** PRIMARY KEY (id, line), bucket key (id). */
  private final KeyedTableFixture topic =
      KeyedTableFixture.create(
          SharedKafka.kafka(),
          "lines",
          TableDescriptor.builder()
              .column("id", new BigIntType(false))
              .column("line", new IntType(false))
              .column("text", VarCharType.STRING_TYPE)
              .column("note", VarCharType.STRING_TYPE)
              .primaryKey(List.of("id", "line"))
              .bucketKey("id")
              .buckets(2)
              .build());

  /** Ids whose rows are in bucket 0, and one whose rows are in bucket 1. */
  private final long a = idIn(0, 0);

  private final long b = idIn(0, a + 1);
  private final long other = idIn(1, 0);

  @TempDir Path dir;

  private TableLookup lookup;

  private long idIn(int bucket, long from) {
    long id = from;
    while (topic.bucket(row(id, 0, "")) != bucket) {
      id++;
    }
    return id;
  }

  private static RowData row(long id, int line, String text) {
    return GenericRowData.of(id, line, StringData.fromString(text), null);
  }

  private static List<RowData> lines(long id, int count, String text) {
    return IntStream.range(0, count).mapToObj(line -> row(id, line, text)).toList();
  }

  private byte[] key(long id, int line) {
    return topic.key(row(id, line, ""));
  }

  private byte[] value(String text) {
    return topic.value(row(0, 0, text));
  }

  private LookupSettings settings(long memoryBytes) {
    return settings(memoryBytes, Duration.ZERO);
  }

  private LookupSettings settings(long memoryBytes, Duration keepAlive) {
    return new LookupSettings(topic.table(), topic.client(), dir, memoryBytes, keepAlive);
  }

  @BeforeEach
  void open() {
    lookup = TableLookup.open(settings(PLENTY));
  }

  @AfterEach
  void close() {
    lookup.close();
    topic.close();
  }

  private void reopenOnDisk() {
    lookup.close();
    lookup = TableLookup.open(settings(0));
  }

  @Test
  void theFirstAnswerReflectsAllThatWasWrittenBefore() {
    // Given
    topic.upsert(lines(a, 2000, "old"));
    topic.upsert(lines(a, 2000, "new"));
    topic.delete(row(a, 3, ""));
    topic.upsert(row(other, 0, "other bucket"));
    // When
    byte[] last = lookup.whole().get(0, key(a, 1999));
    // Then
    assertThat(last).isEqualTo(value("new"));
    assertThat(lookup.whole().get(0, key(a, 3))).isNull();
    assertThat(lookup.whole().get(0, key(b, 0))).isNull();
    assertThat(lookup.whole().get(1, key(other, 0))).isEqualTo(value("other bucket"));
  }

  @Test
  void laterWritesBecomeVisible() {
    // Given
    topic.upsert(row(a, 0, "first"));
    assertThat(lookup.whole().get(0, key(a, 0))).isEqualTo(value("first"));
    // When
    topic.upsert(row(a, 0, "second"));
    topic.upsert(row(a, 1, "third"));
    topic.delete(row(a, 1, ""));
    topic.upsert(row(a, 2, "fourth"));
    // Then
    await().atMost(PATIENCE).until(() -> lookup.whole().get(0, key(a, 2)) != null);
    assertThat(lookup.whole().get(0, key(a, 0))).isEqualTo(value("second"));
    assertThat(lookup.whole().get(0, key(a, 1))).isNull();
  }

  @Test
  void rowsOfAbortedTransactionsAreNeverFound() {
    // Given
    topic.upsert(row(a, 0, "committed"));
    topic.upsertAndAbort(row(a, 0, "aborted"));
    // When
    byte[] found = lookup.whole().get(0, key(a, 0));
    // Then
    assertThat(found).isEqualTo(value("committed"));
  }

  @Test
  void aPrefixOfTheKeyFindsAllItsRowsInOrder() {
    // Given
    topic.upsert(lines(a, 3, "wanted"));
    topic.upsert(lines(b, 2, "after"));
    topic.delete(row(a, 1, ""));
    List<byte[]> keys = new ArrayList<>();
    // When
    lookup.whole().scan(0, topic.keyPrefix(row(a, 0, ""), 1), (key, state) -> keys.add(key));
    // Then
    assertThat(keys).containsExactly(key(a, 0), key(a, 2));
  }

  @Test
  void anEmptyBucketIsReadyWithoutRows() throws Exception {
    // When
    CompletableFuture<Void> ready = lookup.whole().whenReady(1);
    ready.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    // Then
    assertThat(lookup.whole().isReady(1)).isTrue();
    assertThat(lookup.whole().get(1, key(other, 1))).isNull();
  }

  @Test
  void rowsThatDoNotFitInMemoryAreFoundOnDisk() {
    // Given
    topic.upsert(lines(a, 500, "x"));
    reopenOnDisk();
    assertThat(lookup.whole().get(0, key(a, 499))).isEqualTo(value("x"));
    // When
    topic.upsert(row(a, 499, "y"));
    topic.delete(row(a, 0, ""));
    // Then
    await().atMost(PATIENCE).until(() -> lookup.whole().get(0, key(a, 0)) == null);
    assertThat(lookup.whole().get(0, key(a, 499))).isEqualTo(value("y"));
    assertThat(lookup.heapBytes()).isZero();
  }

  @Test
  void startsAgainFromItsLocalFiles() {
    // Given
    topic.upsert(lines(a, 100, "only in local files"));
    reopenOnDisk();
    lookup.whole().get(0, key(a, 0));
    topic.deleteBefore(0, 100);
    topic.upsert(row(b, 0, "since"));
    // When
    reopenOnDisk();
    // Then
    assertThat(lookup.whole().get(0, key(a, 99))).isEqualTo(value("only in local files"));
    assertThat(lookup.whole().get(0, key(b, 0))).isEqualTo(value("since"));
  }

  @Test
  void readsTheLogAnewWhereItHasOutrunTheLocalFiles() {
    // Given
    topic.upsert(lines(a, 100, "x"));
    reopenOnDisk();
    lookup.whole().get(0, key(a, 0));
    lookup.close();
    topic.upsert(lines(b, 3, "y"));
    topic.deleteBefore(0, 102);
    // When
    reopenOnDisk();
    // Then
    assertThat(lookup.whole().get(0, key(a, 0))).isNull();
    assertThat(lookup.whole().get(0, key(b, 2))).isEqualTo(value("y"));
  }

  @Test
  void lookupsOfATableShareTheirRowsUntilTheLastIsClosed() {
    // Given
    topic.upsert(row(a, 0, "x"));
    lookup.whole().get(0, key(a, 0));
    // When
    topic.deleteBefore(0, 1);
    TableLookup second = TableLookup.open(settings(PLENTY));
    lookup.close();
    lookup.close();
    // Then
    assertThat(second.whole().get(0, key(a, 0))).as("in no log any more").isEqualTo(value("x"));
    second.close();
    assertThatThrownBy(() -> second.whole().get(0, key(a, 0)))
        .isInstanceOf(LookupFailedException.class)
        .hasMessageContaining("the lookup was closed");
  }

  @Test
  void whoComesLaterFindsWhatWasWrittenBefore() {
    // Given
    topic.upsert(row(a, 0, "x"));
    lookup.whole().get(0, key(a, 0));
    for (int i = 0; i < 20; i++) {
      topic.upsert(lines(a, 100, "x" + i));
      // When
      try (TableLookup second = TableLookup.open(settings(PLENTY))) {
        // Then
        assertThat(second.whole().get(0, key(a, 99))).isEqualTo(value("x" + i));
      }
    }
  }

  @Test
  void rowsOutliveTheLastLookupForAsLongAsWasAsked() {
    // Given
    lookup.close();
    Duration keepAlive = Duration.ofSeconds(2);
    topic.upsert(row(a, 0, "x"));
    TableLookup first = TableLookup.open(settings(PLENTY, keepAlive));
    first.whole().get(0, key(a, 0));
    topic.deleteBefore(0, 1);
    // When
    first.close();
    // Then
    TableLookup second = TableLookup.open(settings(PLENTY, keepAlive));
    assertThat(second.whole().get(0, key(a, 0))).as("in no log any more").isEqualTo(value("x"));
    second.close();
    await().atMost(PATIENCE).until(() -> !followerThreadRuns());
    try (TableLookup third = TableLookup.open(settings(PLENTY, keepAlive))) {
      assertThat(third.whole().get(0, key(a, 0))).isNull();
    }
  }

  private boolean followerThreadRuns() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(t -> t.getName().equals("fluss-lookup " + topic.table().topic()));
  }

  @Test
  void partialUpdatesThatBeginLaterAreFoldedIntoTheRows() {
    // Given
    topic.upsert(row(a, 0, "text"));
    lookup.whole().get(0, key(a, 0));
    int note = topic.table().valueFields().get(1).fieldId();
    int columnSet = topic.tables().registerColumnSet(topic.table(), List.of(note)).columnSet().id();
    RowData noted =
        GenericRowData.of(a, 0, StringData.fromString("text"), StringData.fromString("note"));
    // When
    topic.update(columnSet, List.of(note), noted);
    // Then
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(lookup.whole().get(0, key(a, 0))).isEqualTo(topic.value(noted)));
  }

  @Test
  void aRowOfColumnSetsIsGoneWithTheFirstRecordOfItsDelete() {
    for (long memory : List.of(PLENTY, 0L)) {
      // Given
      lookup.close();
      lookup = TableLookup.open(settings(memory));
      int columnSet = topic.registerColumnSet("note");
      topic.upsert(lines(a, 2, "text"));
      topic.update(columnSet, noted(a, 0));
      topic.update(columnSet, noted(a, 1));
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(lookup.whole().get(0, key(a, 1))).isEqualTo(topic.value(noted(a, 1))));
      // When
      topic.deleteByMarker(row(a, 0, ""));
      // Then
      await().atMost(PATIENCE).until(() -> lookup.whole().get(0, key(a, 0)) == null);
      assertThat(scanned(a)).containsExactly("1: " + hex(topic.value(noted(a, 1))));
      // When
      topic.delete(row(a, 1, ""));
      topic.update(columnSet, noted(a, 0));
      // Then
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(scanned(a))
                      .containsExactly("0: " + hex(topic.value(noteAlone(a, 0)))));
    }
  }

  @Test
  void localFilesMayKnowMoreColumnSetsThanTheQueryThatFindsThem() {
    // Given
    LookupSettings planned = settings(0);
    int columnSet = topic.registerColumnSet("note");
    topic.upsert(row(a, 0, "text"));
    topic.update(columnSet, noted(a, 0));
    reopenOnDisk();
    byte[] before = lookup.whole().get(0, key(a, 0));
    lookup.close();
    // When
    lookup = TableLookup.open(planned);
    byte[] after = lookup.whole().get(0, key(a, 0));
    topic.tombstone(0, row(a, 0, ""));
    // Then
    assertThat(before).isEqualTo(topic.value(noted(a, 0)));
    assertThat(after).isEqualTo(before);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(lookup.whole().get(0, key(a, 0)))
                    .isEqualTo(topic.value(noteAlone(a, 0))));
  }

  private static RowData noted(long id, int line) {
    return GenericRowData.of(
        id, line, StringData.fromString("text"), StringData.fromString("note"));
  }

  private static RowData noteAlone(long id, int line) {
    return GenericRowData.of(id, line, null, StringData.fromString("note"));
  }

  private List<String> scanned(long id) {
    List<String> rows = new ArrayList<>();
    lookup
        .whole()
        .scan(
            0,
            topic.keyPrefix(row(id, 0, ""), 1),
            (key, row) -> rows.add(key[key.length - 1] + ": " + hex(row)));
    return rows;
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  @Test
  void tellsHowFreshItsRowsAre() {
    // Given
    topic.upsert(row(a, 0, "x"));
    lookup.whole().get(0, key(a, 0));
    long opened = System.currentTimeMillis();
    // When
    await()
        .atMost(PATIENCE)
        .until(
            () -> System.currentTimeMillis() - lookup.freshness().millisSinceCaughtUp() > opened);
    // Then
    assertThat(lookup.freshness().lagRecords()).isZero();
  }

  @Test
  void aRecordThatCannotBeReadFailsEveryQuestion() {
    // Given
    topic.upsert(row(a, 0, "x"));
    lookup.whole().get(0, key(a, 0));
    // When
    topic.writeForeign(0);
    // Then
    await().atMost(PATIENCE).until(this::fails);
    assertThatThrownBy(() -> lookup.whole().get(1, key(a, 0)))
        .isInstanceOf(LookupFailedException.class)
        .hasMessageContaining("bucket 1 of table '" + topic.table().path() + "'")
        .hasMessageContaining("The record at offset 1 in bucket 0");
    assertThatThrownBy(() -> lookup.whole().whenReady(1)).isInstanceOf(LookupFailedException.class);
  }

  @Test
  void aRowOfATableDroppedBeforeIsNeverFound() {
    // Given
    topic.upsertToDroppedTable(row(a, 0, "old"));
    // When
    assertThatThrownBy(() -> lookup.whole().get(0, key(a, 0)))
        // Then
        .isInstanceOf(LookupFailedException.class)
        .hasMessageContaining("it was written to another table of this name");
  }

  @Test
  void aTopicThatIsGoneFailsEveryQuestion() {
    // Given
    topic.upsert(row(a, 0, "x"));
    lookup.whole().get(0, key(a, 0));
    // When
    topic.deleteTopic();
    // Then
    await().atMost(PATIENCE).until(this::fails);
    assertThatThrownBy(() -> lookup.whole().get(0, key(a, 0)))
        .isInstanceOf(LookupFailedException.class)
        .hasMessageContaining("is gone");
  }

  @Test
  void whoComesAfterAFailureBeginsAnew() {
    // Given
    topic.upsert(row(a, 0, "x"));
    topic.writeForeign(0);
    CompletableFuture<Void> ready = lookup.whole().whenReady(0);
    await().atMost(PATIENCE).until(ready::isCompletedExceptionally);
    topic.deleteBefore(0, 2);
    topic.upsert(row(a, 1, "y"));
    // When
    try (TableLookup next = TableLookup.open(settings(PLENTY))) {
      // Then
      assertThat(next.whole().get(0, key(a, 1))).isEqualTo(value("y"));
    }
  }

  private boolean fails() {
    try {
      lookup.whole().isReady(0);
      return false;
    } catch (LookupFailedException e) {
      return true;
    }
  }
}
