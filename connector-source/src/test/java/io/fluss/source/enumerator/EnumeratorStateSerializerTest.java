package io.fluss.source.enumerator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.lake.LakeOffsets;
import io.fluss.lake.LakeSnapshot;
import io.fluss.lake.TopicOffsets;
import io.fluss.partition.PartitionName;
import io.fluss.read.LogPosition;
import io.fluss.source.split.LogSplit;
import io.fluss.source.split.TableBucket;
import io.fluss.source.split.TopicIdentity;
import io.fluss.union.PinnedLake;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EnumeratorStateSerializerTest {

  private static final EnumeratorState STATE =
      new EnumeratorState(
          null,
          true,
          List.of(
              new LogSplit(
                  new TableBucket("d.t", null, null, 3), new LogPosition(1000, 17), null, 0)),
          Set.of(),
          null);

  private static final EnumeratorState OF_PARTITIONS =
      new EnumeratorState(
          new UUID(1, 2),
          true,
          List.of(),
          Set.of(new TopicIdentity("d.t.b", "X"), new TopicIdentity("d.t.a", "Y")),
          null);

  private static final EnumeratorState WITH_LAKE =
      new EnumeratorState(
          new UUID(1, 2),
          true,
          List.of(),
          Set.of(new TopicIdentity("d.t.a", "Y")),
          new PinnedLake(
              new LakeSnapshot(
                  5,
                  new LakeOffsets(
                      List.of(new TopicOffsets(PartitionName.of("a"), "Y", List.of(7L, 0L), 9))),
                  10),
              11));

  /** Bytes of version 3; they stay readable for good. */
  private static final String WITH_LAKE_V3 =
      "01"
          + "0000000000000001"
          + "0000000000000002"
          + "01"
          + "00000004"
          + "00000000"
          + "00000001"
          + "0005642e742e61"
          + "000159"
          + "01"
          + "0000000000000005"
          + "000000000000000a"
          + "000000000000000b"
          + "00000058"
          + HexFormat.of()
              .formatHex(
                  ("{\"version\":1,\"topics\":[{\"partition\":[\"a\"],\"topicId\":\"Y\","
                          + "\"next\":[7,0],\"maxTimestamp\":9}]}")
                      .getBytes(StandardCharsets.UTF_8));

  /** Bytes of version 2; they stay readable for good. */
  private static final String OF_PARTITIONS_V2 =
      "01"
          + "0000000000000001"
          + "0000000000000002"
          + "01"
          + "00000003"
          + "00000000"
          + "00000002"
          + "0005642e742e61"
          + "000159"
          + "0005642e742e62"
          + "000158";

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
  void writesAndReadsTheBytesOfVersion3() throws IOException {
    EnumeratorStateSerializer serializer = EnumeratorStateSerializer.INSTANCE;
    assertThat(serializer.getVersion()).isEqualTo(3);
    assertThat(HexFormat.of().formatHex(serializer.serialize(WITH_LAKE))).isEqualTo(WITH_LAKE_V3);
    assertThat(serializer.deserialize(3, HexFormat.of().parseHex(WITH_LAKE_V3)))
        .isEqualTo(WITH_LAKE);
    assertThat(serializer.deserialize(3, serializer.serialize(STATE))).isEqualTo(STATE);
  }

  @Test
  void readsTheBytesOfVersion2() throws IOException {
    assertThat(
            EnumeratorStateSerializer.INSTANCE.deserialize(
                2, HexFormat.of().parseHex(OF_PARTITIONS_V2)))
        .isEqualTo(OF_PARTITIONS);
  }

  @Test
  void readsTheBytesOfVersion1() throws IOException {
    for (String bytes : List.of(SPLITS_V1, SPLITS_V2)) {
      assertThat(EnumeratorStateSerializer.INSTANCE.deserialize(1, HexFormat.of().parseHex(bytes)))
          .isEqualTo(STATE);
    }
  }

  @Test
  void refusesAnotherVersion() {
    assertThatThrownBy(() -> EnumeratorStateSerializer.INSTANCE.deserialize(7, new byte[0]))
        .hasMessageContaining("version 7; supported here: 1 to 3");
  }
}
