package io.fluss.upsert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.FlussException;
import io.fluss.format.row.RowEncoder;
import io.fluss.table.BucketFunction;
import io.fluss.table.Column;
import io.fluss.table.ColumnSet;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import io.fluss.table.TableState;
import io.fluss.write.WriteFailedException;
import io.fluss.write.WriteOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RowDeletesTest {

  private static final RowData KEY = GenericRowData.of(7L);
  private static final LeaseTimes TIMES =
      new LeaseTimes(Duration.ofMillis(20), Duration.ofMillis(300), Duration.ofMillis(900));
  private static final LeaseTimes LONG_LEASE =
      new LeaseTimes(Duration.ofMillis(20), Duration.ofMinutes(1), Duration.ofMinutes(1));

  private final TableInfo table = table();
  private final ChangeEncoder encoder = ChangeEncoder.keys(table);
  private final Sent sent = new Sent();

  /** What a reader of the table's record finds; null: the brokers do not answer. */
  private final AtomicReference<Optional<TableInfo>> recorded =
      new AtomicReference<>(Optional.of(table));

  private RowDeletes deletes = deletes(TIMES);

  @AfterEach
  void close() {
    deletes.close();
  }

  @Test
  void aDeleteIsAMarkerThenTombstonesOfEachColumnSetAndOfTheMarker() throws Exception {
    // Given
    recorded.set(Optional.of(table.withColumnSet(set(1)).withColumnSet(set(4))));

    // When
    delete();

    // Then
    assertThat(sent.columnSets()).containsExactly(0, 1, 4, 0);
    assertThat(sent.values())
        .containsExactly(RowEncoder.delete(table.schemaVersion()), null, null, null);
    assertThat(sent.records).extracting(ProducerRecord::partition).containsOnly(bucket());
  }

  @Test
  void withoutColumnSetsADeleteIsATombstone() throws Exception {
    // When
    delete();

    // Then
    assertThat(sent.columnSets()).containsExactly(0);
    assertThat(sent.values()).containsOnlyNulls();
  }

  @Test
  void aColumnSetThatIsNewIsReachedAfterWhatWasSentBefore() throws Exception {
    // Given
    deletes = deletes(LONG_LEASE);
    delete();

    // When
    recorded.set(Optional.of(table.withColumnSet(set(1))));
    Awaitility.await()
        .until(
            () -> {
              delete();
              return sent.columnSets().contains(1);
            });

    // Then
    assertThat(sent.flushedBeforeColumnSet1).isTrue();
  }

  @Test
  void deletesThatCameTooLateForANewColumnSetFail() throws Exception {
    // Given
    delete();
    sent.onFlush =
        () -> {
          recorded.set(Optional.of(table.withColumnSet(set(1))));
          awaitNanos(TIMES.lease().plusMillis(200));
        };

    // When // Then
    assertThatThrownBy(deletes::settle)
        .isInstanceOf(WriteFailedException.class)
        .hasMessageStartingWith("Cannot delete from table 'shop.orders': the brokers took the")
        .hasMessageContaining("meanwhile another job began to update columns of its own");
  }

  @Test
  void deletesThatCameInTimeAreFineHoweverLateTheyAreWaitedFor() throws Exception {
    // Given
    sent.tells = true;
    delete();
    recorded.set(Optional.of(table.withColumnSet(set(1))));
    awaitNanos(TIMES.lease().plusMillis(200));

    // When // Then
    assertThatCode(deletes::settle).doesNotThrowAnyException();
  }

  @Test
  void deletesThatCameLateAreFineWhereNoColumnSetIsNew() throws Exception {
    // Given
    delete();
    sent.onFlush = () -> awaitNanos(TIMES.lease().plusMillis(200));

    // When // Then
    assertThatCode(deletes::settle).doesNotThrowAnyException();
  }

  @Test
  void nothingIsDeletedWithAViewThatIsOlderThanTheLease() throws Exception {
    // Given
    delete();
    recorded.set(null);

    // When // Then
    awaitNanos(TIMES.lease().plusMillis(100));
    assertThatThrownBy(this::delete)
        .isInstanceOf(FlussException.class)
        .hasMessageContaining("its record could not be read for 0 s")
        .hasMessageContaining("no answer")
        .hasMessageContaining("Check that topic '__fluss.metadata.shop' can be read.");
    assertThat(sent.columnSets()).containsExactly(0);
  }

  @Test
  void nothingIsDeletedFromATableThatIsGone() {
    // Given
    recorded.set(Optional.empty());

    // When // Then
    assertThatThrownBy(this::delete)
        .hasMessage("Cannot delete from table 'shop.orders': the table was dropped.");
  }

  private void delete() throws InterruptedException {
    deletes.delete(table.topic(), bucket(), encoder.key(KEY));
  }

  private int bucket() {
    return encoder.bucket(KEY);
  }

  private RowDeletes deletes(LeaseTimes times) {
    return new RowDeletes(
        table, encoder, sent, times, () -> new TableView(table, times, this::read, () -> {}));
  }

  private Optional<TableInfo> read() {
    Optional<TableInfo> found = recorded.get();
    if (found == null) {
      throw new FlussException("no answer");
    }
    return found;
  }

  private static void awaitNanos(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    Awaitility.await().until(() -> System.nanoTime() >= end);
  }

  private static ColumnSet set(int id) {
    return new ColumnSet(id, List.of(id));
  }

  private static TableInfo table() {
    return new TableInfo(
        new UUID(1, 2),
        TablePath.of("shop", "orders"),
        TableState.READY,
        "shop.orders",
        null,
        1,
        List.of(
            new Column.Physical(0, "id", new BigIntType(false), null),
            new Column.Physical(1, "a", new IntType(), null),
            new Column.Physical(4, "b", new IntType(), null)),
        List.of(),
        List.of(),
        5,
        List.of("id"),
        List.of(),
        List.of(),
        List.of("id"),
        2,
        BucketFunction.MURMUR3,
        Map.of(),
        null,
        0);
  }

  /** Keeps what is sent. */
  private static final class Sent implements RecordSender {

    private final List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    private Runnable onFlush = () -> {};
    private boolean flushed;
    private boolean tells;
    private boolean flushedBeforeColumnSet1;

    @Override
    public void send(ProducerRecord<byte[], byte[]> record) {
      records.add(record);
      if (record.key()[0] == 1) {
        flushedBeforeColumnSet1 = flushed;
      }
    }

    @Override
    public void send(ProducerRecord<byte[], byte[]> record, WriteOutcome outcome) {
      send(record);
      if (tells) {
        outcome.written("t", 0, 0);
      }
    }

    List<Integer> columnSets() {
      return records.stream().map(record -> (int) record.key()[0]).toList();
    }

    List<byte[]> values() {
      return records.stream().map(ProducerRecord::value).toList();
    }

    @Override
    public void flush() {
      flushed = true;
      onFlush.run();
    }

    @Override
    public void close() {}
  }
}
