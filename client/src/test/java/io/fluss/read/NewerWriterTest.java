package io.fluss.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.format.arrow.ArrowBatchDecoder;
import io.fluss.format.batch.BatchHeader;
import io.fluss.format.batch.HeaderField;
import io.fluss.format.keyed.KeyedSchema;
import io.fluss.format.keyed.TableIdHeader;
import io.fluss.kafka.ClientConfig;
import io.fluss.table.BucketFunction;
import io.fluss.table.Column;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import io.fluss.table.TableState;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/**
 * This version reads what a newer one may add without saying so: headers of records, and optional
 * fields. The bytes are those that version 1 has always written; they stay as they are.
 */
class NewerWriterTest {

  private static final UUID ID = new UUID(0x0123456789abcdefL, 1);

  /** Version 1, Arrow, schema version 1, one row, and the table's id. */
  private static final String LOG_HEADER = "0101010103080123456789abcdef";

  private static final String LOG_BATCH =
      "ffffffff8800000014000000000000000c0016000600050008000c000c00000000030400180000000800000000"
          + "00000000000a0018000c00040008000a00000014000000280000000100000000000000000000000100000001"
          + "000000000000000000000000000000000000000200000000000000000000000000000000000000000000000000"
          + "000008000000000000002a00000000000000";

  private static final String KEYED_HEADER = "0123456789abcdef";

  @Test
  void aLogRecordWithWhatIsNotKnownIsRead() {
    // Given: header 'trace', and an optional field 0x7e of three bytes
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>("d.t", 0, 7, null, bytes(LOG_BATCH));
    record.headers().add("trace", new byte[] {1});
    record.headers().add(BatchHeader.KEY, bytes(LOG_HEADER + "7e03aabbcc"));
    LogRecordDecoder decoder =
        LogRecordDecoder.of(table(List.of()), Selection.fields(new int[][] {{0}}));

    // When
    LogBatch batch = decoder.decode(record);
    ArrowMessage stored = decoder.message(record).orElseThrow();

    // Then
    assertThat(batch.rows().row(0).getLong(0)).isEqualTo(42);
    assertThat(ArrowBatchDecoder.of(table(List.of()).rowType()).decode(stored.bytes()).rowCount())
        .isEqualTo(1);
    assertThat(stored.schemaVersion()).isEqualTo(1);
  }

  @Test
  void aLogRecordWithWhatHasToBeKnownIsRefused() {
    // Given: field 0xfe, which is required
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>("d.t", 0, 7, null, bytes(LOG_BATCH));
    record.headers().add(BatchHeader.KEY, bytes(LOG_HEADER + "fe0100"));
    LogRecordDecoder decoder =
        LogRecordDecoder.of(table(List.of()), Selection.fields(new int[][] {{0}}));

    // When, Then
    assertThatThrownBy(() -> decoder.decode(record))
        .isInstanceOf(CorruptLogException.class)
        .hasMessageContaining("The batch at offset 7 in bucket 0")
        .hasMessageContaining("required field 0xfe")
        .hasMessageContaining("newer version");
  }

  @Test
  void theHeaderOfALogRecordIsWrittenAsItAlwaysWas() {
    // When
    byte[] header = BatchHeader.parse(bytes(LOG_HEADER)).toBytes();

    // Then
    assertThat(HexFormat.of().formatHex(header)).isEqualTo(LOG_HEADER);
    assertThat(HeaderField.tableId(ID).value()).isEqualTo(bytes(KEYED_HEADER));
    assertThat(HexFormat.of().formatHex(TableIdHeader.of(ID))).isEqualTo(KEYED_HEADER);
  }

  @Test
  void aKeyedRecordWithHeadersThatAreNotKnownIsRead() {
    // Given
    TableInfo table = table(List.of("k"));
    KeyedSchema schema = KeyedSchema.of(table);
    RowData row = GenericRowData.of(42L, 5L);
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>(
            "d.t", 0, 7, schema.keyEncoder().encode(row, 0), schema.rowEncoder().encode(row));
    record.headers().add("trace", "of somebody".getBytes(StandardCharsets.UTF_8));
    record.headers().add(TableIdHeader.KEY, bytes(KEYED_HEADER));
    LogScan scan =
        new LogScan(
            table,
            new ClientConfig("none", Map.of()),
            Selection.all(table.rowType()),
            StartingOffsets.earliest(),
            StoppingOffsets.never(),
            null);

    // When
    LogBatch batch = RecordDecoder.of(scan).decode(List.of(record));

    // Then
    assertThat(batch.rows().row(0).getLong(0)).isEqualTo(42);
    assertThat(batch.rows().row(0).getLong(1)).isEqualTo(5);
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  private static TableInfo table(List<String> primaryKey) {
    List<Column> columns =
        primaryKey.isEmpty()
            ? List.of(new Column.Physical(0, "v", new BigIntType(), null))
            : List.of(
                new Column.Physical(0, "k", new BigIntType(false), null),
                new Column.Physical(1, "v", new BigIntType(), null));
    return new TableInfo(
        ID,
        TablePath.of("d", "t"),
        TableState.READY,
        "d.t",
        null,
        1,
        columns,
        List.of(),
        List.of(),
        columns.size(),
        primaryKey,
        List.of(),
        List.of(),
        primaryKey,
        1,
        BucketFunction.MURMUR3,
        Map.of(),
        null,
        0);
  }
}
