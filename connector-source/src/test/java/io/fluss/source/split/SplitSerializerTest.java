package io.fluss.source.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.read.LogPosition;
import java.io.IOException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class SplitSerializerTest {

  private static final LogSplit ENDLESS =
      new LogSplit(new TableBucket("d.t", null, null, 3), new LogPosition(1000, 17), null, 0);
  private static final LogSplit BOUNDED =
      new LogSplit(new TableBucket("d.t.p", null, "p", 0), LogPosition.at(5), 1L << 40, 0);
  private static final LogSplit SAFE =
      new LogSplit(new TableBucket("d.t", null, null, 3), LogPosition.at(7), null, 0x18f00000001L);

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

  private static final LogSplit OF_PARTITION =
      new LogSplit(new TableBucket("d.t.p", "Id", "dt=p", 1), LogPosition.at(7), 9L, 2);

  /** Bytes of version 3; they stay readable for good. */
  private static final String OF_PARTITION_V3 =
      "01"
          + "0005642e742e70"
          + "0100024964"
          + "01000464743d70"
          + "00000001"
          + "0000000000000007"
          + "00000000"
          + "010000000000000009"
          + "0000000000000002";

  private static final String ENDLESS_V3 =
      "01"
          + "0003642e74"
          + "0000"
          + "00000003"
          + "00000000000003e8"
          + "00000011"
          + "00"
          + "0000000000000000";

  /** Bytes of version 2; they stay readable for good. */
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
  void writesAndReadsTheBytesOfVersion3() throws IOException {
    assertThat(SplitSerializer.INSTANCE.getVersion()).isEqualTo(3);
    assertThat(HexFormat.of().formatHex(SplitSerializer.INSTANCE.serialize(ENDLESS)))
        .isEqualTo(ENDLESS_V3);
    assertThat(HexFormat.of().formatHex(SplitSerializer.INSTANCE.serialize(OF_PARTITION)))
        .isEqualTo(OF_PARTITION_V3);
    assertThat(SplitSerializer.INSTANCE.deserialize(3, HexFormat.of().parseHex(ENDLESS_V3)))
        .isEqualTo(ENDLESS);
    assertThat(SplitSerializer.INSTANCE.deserialize(3, HexFormat.of().parseHex(OF_PARTITION_V3)))
        .isEqualTo(OF_PARTITION);
  }

  @Test
  void splitsOfAPartitionThatWasCreatedAgainHaveOtherIds() {
    LogSplit again =
        new LogSplit(new TableBucket("d.t.p", "Jd", "dt=p", 1), LogPosition.at(0), 9L, 2);
    assertThat(again.splitId()).isNotEqualTo(OF_PARTITION.splitId());
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
    assertThatThrownBy(() -> SplitSerializer.INSTANCE.deserialize(4, new byte[0]))
        .hasMessageContaining("version 4; supported here: 1 to 3");
    assertThatThrownBy(() -> SplitSerializer.INSTANCE.deserialize(1, new byte[] {9}))
        .hasMessageContaining("unknown kind 9");
  }
}
