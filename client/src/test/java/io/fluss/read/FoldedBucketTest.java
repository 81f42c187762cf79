package io.fluss.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.admin.TableDescriptor;
import io.fluss.format.key.KeyEncoder;
import io.fluss.format.keyed.KeyedSchema;
import io.fluss.format.keyed.TableIdHeader;
import io.fluss.format.row.RowEncoder;
import io.fluss.kafka.ClientConfig;
import io.fluss.table.BucketFunction;
import io.fluss.table.ColumnSet;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import io.fluss.table.TableState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import javax.annotation.Nullable;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From records of one bucket to its rows, and to changes by key. */
class FoldedBucketTest {

  private static final long MEMORY = 16 << 10;

  private static final TableInfo TABLE = table(new UUID(5, 6));
  private static final Selection ROWS = Selection.all(TABLE.rowType());

  private final KeyEncoder keys = KeyedSchema.of(TABLE).keyEncoder();
  private final RowEncoder values = KeyedSchema.of(TABLE).rowEncoder();

  @TempDir Path directory;
  private long offset;

  @Test
  void spillsAndLeavesNothingBehind() throws Exception {
    // Given: 16 KiB for 3000 rows
    Map<Long, Integer> rows = new TreeMap<>();
    try (FoldedBucket bucket = open(ROWS, true, WantedKeys.ALL)) {
      for (long id = 0; id < 3_000; id++) {
        bucket.add(row(id, 1));
      }
      for (long id = 0; id < 3_000; id += 2) {
        bucket.add(record(id, null));
      }
      boolean spilled = !files().isEmpty();

      // When
      for (Optional<LogBatch> next = bucket.next(); next.isPresent(); next = bucket.next()) {
        LogBatch batch = next.get();
        for (int i = 0; i < batch.rows().rowCount(); i++) {
          RowData row = batch.rows().row(i);
          rows.put(row.getLong(0), row.getInt(1));

          // Then
          assertThat(batch.places().offset(i)).isEqualTo(row.getLong(0));
          assertThat(batch.places().timestampMillis(i)).isEqualTo(1_000 + row.getLong(0));
        }
        assertThat(batch.places().behind(batch.rows().rowCount())).isEqualTo(LogPosition.at(0));
      }
      assertThat(spilled).isTrue();
    }
    assertThat(rows).hasSize(1_500).allSatisfy((id, v) -> assertThat(id % 2).isEqualTo(1));
    assertThat(files()).isEmpty();
  }

  @Test
  void countsWithoutValues() {
    try (FoldedBucket bucket = open(Selection.rowCounts(2), false, WantedKeys.ALL)) {
      // Given
      bucket.add(new RecordBuilder(1).value(Arrays.copyOf(someRow(), 5)).build());
      bucket.add(row(2, 1));
      bucket.add(record(2, null));

      // When
      LogBatch batch = bucket.next().orElseThrow();

      // Then
      assertThat(batch.rows().row(0)).isEqualTo(GenericRowData.of(1L, 1L));
      assertThat(bucket.next()).isEmpty();
    }
  }

  @Test
  void refusesToCountWhereADeleteIsOfColumnSets() {
    try (FoldedBucket bucket = open(Selection.rowCounts(2), false, WantedKeys.ALL)) {
      // Given
      ConsumerRecord<byte[], byte[]> delete = record(1, RowEncoder.delete(1));

      // When, Then
      assertThatThrownBy(() -> bucket.add(delete))
          .isInstanceOf(CorruptLogException.class)
          .hasMessageContaining("A record deletes a row from all column sets")
          .hasMessageContaining("Start the query again");
    }
  }

  @Test
  void keepsWantedKeysOnly() {
    byte[] wanted = keys.encode(GenericRowData.of(2L, 0));
    try (FoldedBucket bucket = open(ROWS, false, new WantedKeys(0, wanted))) {
      // Given
      bucket.add(row(1, 10));
      bucket.add(row(2, 20));

      // When
      LogBatch batch = bucket.next().orElseThrow();

      // Then
      assertThat(batch.rows().rowCount()).isEqualTo(1);
      assertThat(batch.rows().row(0).getInt(1)).isEqualTo(20);
    }
  }

  @Test
  void refusesRecordsOfOthersAndOfUnknownColumnSets() {
    try (FoldedBucket bucket = open(ROWS, false, WantedKeys.ALL)) {
      assertThatThrownBy(() -> bucket.add(new RecordBuilder(1).table(new UUID(7, 8)).build()))
          .isInstanceOf(CorruptLogException.class)
          .hasMessageContaining("The record at offset 0 in bucket 0 of table 'd.t'")
          .hasMessageContaining("was written to another table of this name");
      assertThatThrownBy(() -> bucket.add(new RecordBuilder(1).table(null).build()))
          .hasMessageContaining("it has no record header 'table'");
      assertThatThrownBy(() -> bucket.add(new RecordBuilder(1).columnSet(3).build()))
          .hasMessageContaining("column set 3")
          .hasMessageContaining("Start the query again");
    }
  }

  @Test
  void aRunOfChangesKnowsThePlaceOfEachRow() {
    // Given
    RecordDecoder decoder =
        RecordDecoder.of(scan(ROWS, false, new WantedKeys(null, keys.encode(id(7)))));
    List<ConsumerRecord<byte[], byte[]>> records =
        List.of(row(6, 0), row(7, 1), row(8, 2), record(7, null), row(9, 3));

    // When
    LogBatch batch = decoder.decode(records);

    // Then
    assertThat(batch.rows().rowCount()).isEqualTo(2);
    assertThat(batch.rows().row(0).getRowKind().shortString()).isEqualTo("+U");
    assertThat(batch.rows().row(1).getRowKind().shortString()).isEqualTo("-D");
    assertThat(batch.rows().row(1).isNullAt(1)).isTrue();
    RowPlaces places = batch.places();
    assertThat(places.offset(1)).isEqualTo(3);
    assertThat(places.behind(0)).isEqualTo(LogPosition.at(1));
    assertThat(places.behind(1)).isEqualTo(LogPosition.at(2));
    assertThat(places.behind(2)).as("behind what was not wanted").isEqualTo(LogPosition.at(5));
    assertThat(places.appendedSinceMillis(1)).isEqualTo(1_001);
    assertThat(places.appendedSinceMillis(2)).isEqualTo(1_004);
    assertThat(places.records()).isEqualTo(5);
  }

  @Test
  void changesRefuseUnknownColumnSets() {
    RecordDecoder decoder = RecordDecoder.of(scan(ROWS, false, WantedKeys.ALL));
    assertThatThrownBy(
            () -> decoder.decode(List.of(row(1, 1), new RecordBuilder(1).columnSet(3).build())))
        .isInstanceOf(CorruptLogException.class)
        .hasMessageContaining("The record at offset 1")
        .hasMessageContaining("Start the query again");
  }

  @Test
  void changesRefuseADeleteOfColumnSets() {
    RecordDecoder decoder = RecordDecoder.of(scan(ROWS, false, WantedKeys.ALL));
    assertThatThrownBy(() -> decoder.decode(List.of(row(1, 1), record(1, RowEncoder.delete(1)))))
        .isInstanceOf(CorruptLogException.class)
        .hasMessageContaining("The record at offset 1")
        .hasMessageContaining("Start the query again");
  }

  @Test
  void aRowOfColumnSetsHasThePlaceOfTheLastValueInIt() {
    // Given
    ColumnSet set = new ColumnSet(1, List.of(1));
    TableInfo table = TABLE.withColumnSet(set);
    RowEncoder updates = KeyedSchema.of(table).rowEncoder(set.fieldIds());
    try (FoldedBucket bucket =
        FoldedBucket.open(
            scan(table, ROWS, true, WantedKeys.ALL), 0, LogPosition.at(0), MEMORY, directory)) {
      for (long id = 0; id < 3; id++) {
        bucket.add(row(id, 1));
        byte[] update = updates.encode(GenericRowData.of(id, 7));
        bucket.add(new RecordBuilder(id).columnSet(1).value(update).build());
      }
      bucket.add(record(1, RowEncoder.delete(1)));
      bucket.add(new RecordBuilder(2).columnSet(1).value(null).build());

      // When
      LogBatch batch = bucket.next().orElseThrow();

      // Then
      Map<Long, Integer> rows = new TreeMap<>();
      Map<Long, Long> offsets = new TreeMap<>();
      for (int i = 0; i < batch.rows().rowCount(); i++) {
        RowData row = batch.rows().row(i);
        rows.put(row.getLong(0), row.getInt(1));
        offsets.put(row.getLong(0), batch.places().offset(i));
      }
      assertThat(rows).isEqualTo(Map.of(0L, 7, 2L, 1));
      assertThat(offsets).isEqualTo(Map.of(0L, 1L, 2L, 5L));
    }
  }

  private FoldedBucket open(Selection selection, boolean origins, WantedKeys wanted) {
    return FoldedBucket.open(
        scan(selection, origins, wanted), 0, LogPosition.at(0), MEMORY, directory);
  }

  private static LogScan scan(Selection selection, boolean origins, WantedKeys wanted) {
    return scan(TABLE, selection, origins, wanted);
  }

  private static LogScan scan(
      TableInfo table, Selection selection, boolean origins, WantedKeys wanted) {
    return new LogScan(
        table,
        new ClientConfig("none", Map.of()),
        selection,
        StartingOffsets.earliest(),
        StoppingOffsets.latest(),
        null,
        wanted,
        new BucketFolding(MEMORY, origins));
  }

  private List<Path> files() throws Exception {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }

  private byte[] someRow() {
    return values.encode(id(1));
  }

  private static RowData id(long id) {
    return GenericRowData.of(id, 0);
  }

  private ConsumerRecord<byte[], byte[]> row(long id, int v) {
    return record(id, values.encode(GenericRowData.of(id, v)));
  }

  private ConsumerRecord<byte[], byte[]> record(long id, @Nullable byte[] value) {
    return new RecordBuilder(id).value(value).build();
  }

  /** The next record of the bucket, a whole row unless said otherwise. */
  private final class RecordBuilder {
    private final long id;
    private int columnSet = ColumnSet.FULL_ROW;
    @Nullable private byte[] value;
    @Nullable private UUID writtenTo = TABLE.id();

    RecordBuilder(long id) {
      this.id = id;
      this.value = values.encode(GenericRowData.of(id, 0));
    }

    RecordBuilder columnSet(int set) {
      columnSet = set;
      return this;
    }

    RecordBuilder value(@Nullable byte[] bytes) {
      value = bytes;
      return this;
    }

    RecordBuilder table(@Nullable UUID table) {
      writtenTo = table;
      return this;
    }

    ConsumerRecord<byte[], byte[]> build() {
      byte[] key = keys.encode(id(id), columnSet);
      ConsumerRecord<byte[], byte[]> record =
          new ConsumerRecord<>(
              "d.t",
              0,
              offset,
              1_000 + offset,
              TimestampType.LOG_APPEND_TIME,
              key.length,
              value == null ? -1 : value.length,
              key,
              value,
              new RecordHeaders(),
              Optional.empty());
      offset++;
      if (writtenTo != null) {
        record.headers().add(TableIdHeader.KEY, TableIdHeader.of(writtenTo));
      }
      return record;
    }
  }

  private static TableInfo table(UUID id) {
    RowType type =
        RowType.of(
            new LogicalType[] {new BigIntType(false), new IntType()}, new String[] {"id", "v"});
    TableDescriptor.Builder descriptor = TableDescriptor.builder();
    type.getFields().forEach(f -> descriptor.column(f.getName(), f.getType()));
    return new TableInfo(
        id,
        TablePath.of("d", "t"),
        TableState.READY,
        "d.t",
        null,
        1,
        descriptor.build().columns(),
        List.of(),
        List.of(),
        2,
        List.of("id"),
        List.of(),
        List.of(),
        List.of("id"),
        1,
        BucketFunction.MURMUR3,
        Map.of(),
        null,
        0);
  }
}
