package io.fluss.source.enumerator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.read.LogPosition;
import io.fluss.source.split.LogSplit;
import io.fluss.source.split.TableBucket;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class EnumeratorStateSerializerTest {

  private static final EnumeratorState STATE =
      new EnumeratorState(
          true,
          List.of(
              new LogSplit(new TableBucket("d.t", null, 3), new LogPosition(1000, 17), null, 0)));

  /** Bytes with splits of version 1; they stay readable for good. */
  private static final String SPLITS_V1 =
      "01"
          + "00000001"
          + "00000001"
          + "00000018"
          + "010003642e7400"
          + "00000003"
          + "00000000000003e8"
          + "00000011"
          + "00";

  /** The same with splits of version 2. */
  private static final String SPLITS_V2 =
      "01"
          + "00000002"
          + "00000001"
          + "00000020"
          + "010003642e7400"
          + "00000003"
          + "00000000000003e8"
          + "00000011"
          + "00"
          + "0000000000000000";

  @Test
  void writesAndReadsTheBytesOfVersion1() throws IOException {
    EnumeratorStateSerializer serializer = EnumeratorStateSerializer.INSTANCE;
    assertThat(serializer.getVersion()).isEqualTo(1);
    assertThat(HexFormat.of().formatHex(serializer.serialize(STATE))).isEqualTo(SPLITS_V2);
    for (String bytes : List.of(SPLITS_V1, SPLITS_V2)) {
      assertThat(serializer.deserialize(1, HexFormat.of().parseHex(bytes))).isEqualTo(STATE);
    }
  }

  @Test
  void refusesAnotherVersion() {
    assertThatThrownBy(() -> EnumeratorStateSerializer.INSTANCE.deserialize(7, new byte[0]))
        .hasMessageContaining("version 7; supported here: 1");
  }
}
