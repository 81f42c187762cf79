package io.fluss.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluss.format.keyed.KeyedSchema;
import io.fluss.format.row.RowEncoder;
import io.fluss.table.TableInfo;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.junit.jupiter.api.Test;

/**
 * The bytes of states, which Flink's savepoints hold. What was written once must be read for good,
 * so the resource is only ever added to.
 */
class GoldenStateTest {

  private static final TableInfo TABLE = MergeFixtures.table(Map.of(), MergeFixtures.COLUMN_SETS);
  private static final RowData ROW =
      GenericRowData.of(7, 1L, StringData.fromString("note"), 5L, null);

  private final MergeFunction function = MergeFunction.of(TABLE);

  @Test
  void writesTheStatesOfVersion1() throws IOException {
    assertThat(hex(fullRow())).isEqualTo(golden("full-row"));
    assertThat(hex(layers())).isEqualTo(golden("layers"));
  }

  @Test
  void readsTheStatesOfVersion1() throws IOException {
    // When
    byte[] row = function.row(bytes(golden("layers")));

    // Then
    assertThat(MergeFixtures.decoded(TABLE, row)).isEqualTo(Arrays.asList(7, null, 5L, null));
  }

  /** Prints the resource of a new version. */
  public static void main(String[] args) {
    GoldenStateTest test = new GoldenStateTest();
    System.out.println("full-row=" + hex(test.fullRow()));
    System.out.println("layers=" + hex(test.layers()));
  }

  private byte[] fullRow() {
    byte[] row = KeyedSchema.of(TABLE).rowEncoder().encode(ROW);
    return function.merge(null, 0, row);
  }

  /** A full row, then its last two columns made null, then the two in its middle updated. */
  private byte[] layers() {
    byte[] update =
        KeyedSchema.of(TABLE)
            .rowEncoder(List.of(2, 3))
            .encode(GenericRowData.of(null, 1L, null, 5L, null));
    byte[] state = function.merge(fullRow(), 3, RowEncoder.partialDelete(1));
    return function.merge(state, 2, update);
  }

  private static String golden(String name) throws IOException {
    Properties golden = new Properties();
    try (InputStream in =
        GoldenStateTest.class.getResourceAsStream("/golden/primary-key-state-v1.hex")) {
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
