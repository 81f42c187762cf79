package io.fluss.format.keyed;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluss.format.PlainValues;
import io.fluss.format.RandomRows;
import io.fluss.format.RandomTypes;
import io.fluss.format.key.KeyEncoder;
import io.fluss.format.key.KeyReader;
import io.fluss.format.row.RowEncoder;
import io.fluss.format.row.RowReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.Test;

/**
 * The bytes of format version 1. What was written once must be read for good, so these resources
 * are only ever added to.
 */
class GoldenRecordTest {
  private static final RowType TYPE = RandomTypes.everyType();
  private static final RowData ROW = new RandomRows(new Random(21)).rows(TYPE, 1).get(0);

  /** Each scalar column that is not null, so every type a key may have. */
  private static final int[] KEY =
      IntStream.range(0, TYPE.getFieldCount())
          .filter(i -> !TYPE.getTypeAt(i).isNullable())
          .filter(i -> TYPE.getTypeAt(i).getChildren().isEmpty())
          .toArray();

  private static final RowType KEY_TYPE =
      RowType.of(IntStream.of(KEY).mapToObj(TYPE::getTypeAt).toArray(LogicalType[]::new));

  @Test
  void writesTheKeyOfVersion1() throws IOException {
    assertThat(hex(key())).isEqualTo(golden("key"));
  }

  @Test
  void readsTheKeyOfVersion1() throws IOException {
    // When
    RowData key = KeyReader.of(KEY_TYPE.getChildren()).key(bytes(golden("key")));

    // Then
    List<Object> all = PlainValues.of(ROW, TYPE);
    assertThat(PlainValues.of(key, KEY_TYPE))
        .isEqualTo(IntStream.of(KEY).mapToObj(all::get).toList());
  }

  @Test
  void writesTheValuesOfVersion1() throws IOException {
    assertThat(hex(value())).isEqualTo(golden("value"));
    assertThat(hex(RowEncoder.partialDelete(7))).isEqualTo(golden("value.partial-delete"));
    assertThat(hex(RowEncoder.delete(7))).isEqualTo(golden("value.delete"));
  }

  @Test
  void readsTheValueOfVersion1() throws IOException {
    // When
    RowData row = RowReader.of(TYPE.getChildren()).read(bytes(golden("value")));

    // Then
    assertThat(PlainValues.of(row, TYPE)).isEqualTo(PlainValues.of(ROW, TYPE));
  }

  /** Prints the resource of a new format version. */
  public static void main(String[] args) {
    System.out.println("key=" + hex(key()));
    System.out.println("value=" + hex(value()));
    System.out.println("value.partial-delete=" + hex(RowEncoder.partialDelete(7)));
    System.out.println("value.delete=" + hex(RowEncoder.delete(7)));
  }

  private static byte[] key() {
    return KeyEncoder.of(TYPE, KEY).encode(ROW, 5);
  }

  private static byte[] value() {
    int[] all = IntStream.range(0, TYPE.getFieldCount()).toArray();
    return RowEncoder.of(TYPE, all, 7).encode(ROW);
  }

  private static String golden(String name) throws IOException {
    Properties golden = new Properties();
    try (InputStream in =
        GoldenRecordTest.class.getResourceAsStream("/golden/primary-key-record-v1.hex")) {
      golden.load(in);
    }
    return golden.getProperty(name);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }
}
