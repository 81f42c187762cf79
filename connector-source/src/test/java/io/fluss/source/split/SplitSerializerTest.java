package io.fluss.source.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.lake.LakeSplit;
import io.fluss.partition.PartitionName;
import io.fluss.read.LogPosition;
import io.fluss.union.LakeRest;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
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

  private static final LakeRest LAKE =
      new LakeRest(
          List.of(
              new LakeSplit(PartitionName.of("p", ""), 3, 100, 10, new byte[] {1, 2}),
              new LakeSplit(null, -1, 200, -1, new byte[0])),
          4,
          2,
          0x1122334455667788L,
          true);

  private static final String LAKE_V4 =
      "0000000000000004"
          + "00000002"
          + "1122334455667788"
          + "01"
          + "00000002"
          + "00000002"
          + "000170"
          + "0000"
          + "00000003"
          + "0000000000000064"
          + "000000000000000a"
          + "00000002"
          + "0102"
          + "ffffffff"
          + "ffffffff"
          + "00000000000000c8"
          + "ffffffffffffffff"
          + "00000000";

  /** Bytes of version 4; they stay readable for good. */
  private static final String LAKE_ALONE_V4 = "02" + "0006" + "6c616b652d31" + LAKE_V4;

  private static final String LAKE_THEN_LOG_V4 =
      "03"
          + LAKE_V4
          + "0003642e74"
          + "0000"
          + "00000003"
          + "0000000000000007"
          + "00000000"
          + "00"
          + "0000018f00000001";

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
  void writesAndReadsTheBytesOfVersion4() throws IOException {
    assertThat(SplitSerializer.INSTANCE.getVersion()).isEqualTo(4);
    LakeTableSplit alone = new LakeTableSplit("lake-1", LAKE);
    LakeThenLogSplit both = new LakeThenLogSplit(LAKE, SAFE);
    assertThat(HexFormat.of().formatHex(SplitSerializer.INSTANCE.serialize(alone)))
        .isEqualTo(LAKE_ALONE_V4);
    assertThat(HexFormat.of().formatHex(SplitSerializer.INSTANCE.serialize(both)))
        .isEqualTo(LAKE_THEN_LOG_V4);
    assertThat(SplitSerializer.INSTANCE.deserialize(4, HexFormat.of().parseHex(LAKE_ALONE_V4)))
        .isEqualTo(alone);
    assertThat(SplitSerializer.INSTANCE.deserialize(4, HexFormat.of().parseHex(LAKE_THEN_LOG_V4)))
        .isEqualTo(both);
  }

  /** Version 4 writes splits of the log with the same bytes. */
  @Test
  void writesAndReadsTheBytesOfVersion3() throws IOException {
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
    assertThatThrownBy(() -> SplitSerializer.INSTANCE.deserialize(5, new byte[0]))
        .hasMessageContaining("version 5; supported here: 1 to 4");
    assertThatThrownBy(() -> SplitSerializer.INSTANCE.deserialize(1, new byte[] {9}))
        .hasMessageContaining("unknown kind 9");
  }
}
