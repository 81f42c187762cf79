package io.fluss.source.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.read.LogPosition;
import java.io.IOException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class SplitSerializerTest {

  private static final LogSplit ENDLESS =
      new LogSplit(new TableBucket("d.t", null, 3), new LogPosition(1000, 17), null);
  private static final LogSplit BOUNDED =
      new LogSplit(new TableBucket("d.t.p", "p", 0), LogPosition.at(5), 1L << 40);

  /** Bytes of version 1; they stay readable for good. */
  private static final String ENDLESS_V1 =
      "01" + "0003642e74" + "00" + "00000003" + "00000000000003e8" + "00000011" + "00";

  private static final String BOUNDED_V1 =
      "01"
          + "0005642e742e70"
          + "010001"
          + "70"
          + "00000000"
          + "0000000000000005"
          + "00000000"
          + "010000010000000000";

  @Test
  void writesTheBytesOfVersion1() throws IOException {
    assertThat(SplitSerializer.INSTANCE.getVersion()).isEqualTo(1);
    assertThat(HexFormat.of().formatHex(SplitSerializer.INSTANCE.serialize(ENDLESS)))
        .isEqualTo(ENDLESS_V1);
    assertThat(HexFormat.of().formatHex(SplitSerializer.INSTANCE.serialize(BOUNDED)))
        .isEqualTo(BOUNDED_V1);
  }

  @Test
  void readsTheBytesOfVersion1() throws IOException {
    assertThat(SplitSerializer.INSTANCE.deserialize(1, HexFormat.of().parseHex(ENDLESS_V1)))
        .isEqualTo(ENDLESS);
    assertThat(SplitSerializer.INSTANCE.deserialize(1, HexFormat.of().parseHex(BOUNDED_V1)))
        .isEqualTo(BOUNDED);
  }

  @Test
  void refusesAnotherVersionAndKind() {
    assertThatThrownBy(() -> SplitSerializer.INSTANCE.deserialize(2, new byte[0]))
        .hasMessageContaining("version 2; supported here: 1");
    assertThatThrownBy(() -> SplitSerializer.INSTANCE.deserialize(1, new byte[] {9}))
        .hasMessageContaining("unknown kind 9");
  }
}
