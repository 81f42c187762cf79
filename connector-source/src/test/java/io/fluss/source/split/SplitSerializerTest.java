package io.fluss.source.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.read.LogPosition;
import java.io.IOException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class SplitSerializerTest {

  private static final LogSplit ENDLESS =
      new LogSplit(new TableBucket("d.t", null, 3), new LogPosition(1000, 17), null, 0);
  private static final LogSplit BOUNDED =
      new LogSplit(new TableBucket("d.t.p", "p", 0), LogPosition.at(5), 1L << 40, 0);
  private static final LogSplit SAFE =
      new LogSplit(new TableBucket("d.t", null, 3), LogPosition.at(7), null, 0x18f00000001L);

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

  /** Bytes of version 2; they stay readable for good. */
  private static final String ENDLESS_V2 = ENDLESS_V1 + "0000000000000000";

  private static final String SAFE_V2 =
      "01"
          + "0003642e74"
          + "00"
          + "00000003"
          + "0000000000000007"
          + "00000000"
          + "00"
          + "0000018f00000001";

  @Test
  void writesTheBytesOfVersion2() throws IOException {
    assertThat(SplitSerializer.INSTANCE.getVersion()).isEqualTo(2);
    assertThat(HexFormat.of().formatHex(SplitSerializer.INSTANCE.serialize(ENDLESS)))
        .isEqualTo(ENDLESS_V2);
    assertThat(HexFormat.of().formatHex(SplitSerializer.INSTANCE.serialize(SAFE)))
        .isEqualTo(SAFE_V2);
  }

  @Test
  void readsTheBytesOfVersion2() throws IOException {
    assertThat(SplitSerializer.INSTANCE.deserialize(2, HexFormat.of().parseHex(SAFE_V2)))
        .isEqualTo(SAFE);
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
    assertThatThrownBy(() -> SplitSerializer.INSTANCE.deserialize(3, new byte[0]))
        .hasMessageContaining("version 3; supported here: 1 to 2");
    assertThatThrownBy(() -> SplitSerializer.INSTANCE.deserialize(1, new byte[] {9}))
        .hasMessageContaining("unknown kind 9");
  }
}
