package io.fluss.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fluss.admin.TableAdmin;
import io.fluss.admin.TableDescriptor;
import io.fluss.format.key.ColumnSets;
import io.fluss.format.key.KeyEncoder;
import io.fluss.format.keyed.KeyedSchema;
import io.fluss.kafka.ClientConfig;
import io.fluss.partition.PartitionName;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import io.fluss.testkit.kafka.SharedKafka;
import io.fluss.upsert.LeaseTimes;
import io.fluss.upsert.RowScope;
import io.fluss.upsert.UpsertWriter;
import io.fluss.write.KeyedBucketRouter;
import io.fluss.write.WriterConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import javax.annotation.Nullable;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.flink.types.RowKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionedLookupTest {

  private static final PartitionName MONDAY = PartitionName.of("mon");
  private static final PartitionName TUESDAY = PartitionName.of("tue");

  private final String database = SharedKafka.uniqueDatabase();
  private final ClientConfig client =
      new ClientConfig(SharedKafka.kafka().bootstrapServers(), Map.of());

  private TableAdmin admin;
  private TableInfo table;
  private KeyEncoder keys;
  private KeyedBucketRouter buckets;

  @TempDir Path dir;

  @BeforeEach
  void createTable() {
    admin = TableAdmin.connect(client);
    admin.createDatabase(database, null, Map.of());
    table =
        admin.createTable(
            TablePath.of(database, "visits"),
            TableDescriptor.builder()
                .column("day", new VarCharType(false, VarCharType.MAX_LENGTH))
                .column("id", new BigIntType(false))
                .column("text", VarCharType.STRING_TYPE)
                .primaryKey(List.of("day", "id"))
                .partitionKeys(List.of("day"))
                .buckets(2)
                .build());
    keys = KeyedSchema.of(table).keyEncoder();
    buckets = KeyedBucketRouter.of(table);
  }

  @AfterEach
  void dropDatabase() {
    admin.dropDatabaseWithTables(database);
    admin.close();
  }

  private TableLookup open(long memoryBytes) {
    return TableLookup.open(new LookupSettings(table, client, dir, memoryBytes, Duration.ZERO));
  }

  private static RowData row(PartitionName day, long id, String text) {
    return GenericRowData.of(
        StringData.fromString(day.values().get(0)), id, StringData.fromString(text));
  }

  private void write(PartitionName day, String text, long... ids) throws Exception {
    write(day, RowKind.INSERT, text, ids);
  }

  private void write(PartitionName day, RowKind kind, String text, long... ids) throws Exception {
    try (UpsertWriter writer =
        UpsertWriter.connect(
            table, client, WriterConfig.defaults(), RowScope.fullRow(), LeaseTimes.standard())) {
      for (long id : ids) {
        RowData row = row(day, id, text);
        row.setRowKind(kind);
        writer.write(row);
      }
      writer.flush();
    }
  }

  @Nullable
  private byte[] find(TableLookup lookup, PartitionName day, long id) {
    RowData row = row(day, id, "");
    return lookup
        .partition(day)
        .map(rows -> rows.get(buckets.bucket(row), keys.encode(row, ColumnSets.FULL_ROW)))
        .orElse(null);
  }

  private byte[] value(String text) {
    return KeyedSchema.of(table).rowEncoder().encode(row(MONDAY, 0, text));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 64 << 20})
  void rowsAreFoundInTheirPartition(long memoryBytes) throws Exception {
    // Given
    write(MONDAY, "m", 1, 2, 3, 4);
    write(TUESDAY, "t", 3, 4, 5, 6);
    try (TableLookup lookup = open(memoryBytes)) {
      // When // Then
      assertThat(find(lookup, MONDAY, 3)).isEqualTo(value("m"));
      assertThat(find(lookup, TUESDAY, 3)).isEqualTo(value("t"));
      assertThat(find(lookup, MONDAY, 5)).isNull();
      assertThat(find(lookup, PartitionName.of("sun"), 1)).isNull();
      // When
      write(TUESDAY, RowKind.DELETE, "", 3);
      write(TUESDAY, "new", 4);
      // Then
      await().untilAsserted(() -> assertThat(find(lookup, TUESDAY, 4)).isEqualTo(value("new")));
      assertThat(find(lookup, TUESDAY, 3)).isNull();
      assertThat(find(lookup, MONDAY, 4)).isEqualTo(value("m"));
    }
    // When: local files, where there are any, know whose rows they hold
    try (TableLookup again = open(memoryBytes)) {
      // Then
      assertThat(find(again, MONDAY, 3)).isEqualTo(value("m"));
      assertThat(find(again, TUESDAY, 3)).isNull();
      assertThat(find(again, TUESDAY, 5)).isEqualTo(value("t"));
    }
  }

  @Test
  void aPartitionThatComesLaterIsFound() throws Exception {
    // Given
    write(MONDAY, "m", 1);
    try (TableLookup lookup = open(64 << 20)) {
      assertThat(find(lookup, MONDAY, 1)).isNotNull();
      assertThat(find(lookup, TUESDAY, 1)).isNull();
      // When
      write(TUESDAY, "t", 1);
      // Then
      await().untilAsserted(() -> assertThat(find(lookup, TUESDAY, 1)).isEqualTo(value("t")));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 64 << 20})
  void aPartitionThatIsDroppedHasNoRowsAndOneOfItsNameHasOthers(long memoryBytes) throws Exception {
    // Given
    long[] ids = LongStream.range(0, 100).toArray();
    write(MONDAY, "m", ids);
    write(TUESDAY, "t", ids);
    try (TableLookup lookup = open(memoryBytes)) {
      assertThat(find(lookup, MONDAY, 99)).isNotNull();
      assertThat(find(lookup, TUESDAY, 99)).isNotNull();
      // When
      admin.dropPartition(table, TUESDAY);
      // Then
      await().untilAsserted(() -> assertThat(find(lookup, TUESDAY, 99)).isNull());
      assertThat(find(lookup, MONDAY, 99)).isEqualTo(value("m"));
      // When
      write(TUESDAY, "again", 1);
      // Then
      await().untilAsserted(() -> assertThat(find(lookup, TUESDAY, 1)).isEqualTo(value("again")));
      assertThat(find(lookup, TUESDAY, 99)).isNull();
      // When: dropped and there again before anybody looks
      admin.dropPartition(table, TUESDAY);
      write(TUESDAY, "third", 2);
      // Then
      await().untilAsserted(() -> assertThat(find(lookup, TUESDAY, 2)).isEqualTo(value("third")));
      assertThat(find(lookup, TUESDAY, 1)).isNull();
      assertThat(find(lookup, MONDAY, 99)).isEqualTo(value("m"));
    }
  }
}
