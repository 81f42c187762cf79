package io.fluss.lake.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.lake.LakeOffsets;
import io.fluss.lake.LakeSnapshot;
import io.fluss.lake.TopicOffsets;
import io.fluss.metadata.InvalidMetadataException;
import io.fluss.partition.PartitionName;
import io.fluss.table.TablePath;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Records of format version 1 stay readable, and stay what we write, for good. */
class LakeStateJsonTest {

  private static final TablePath PATH = TablePath.of("shop", "orders");
  private static final UUID ID = UUID.fromString("6f1f1a52-9d0e-4c8e-8a43-0d7c6f3b2a10");

  private static final LakeSnapshot SNAPSHOT =
      new LakeSnapshot(
          7,
          new LakeOffsets(
              List.of(
                  new TopicOffsets(
                      PartitionName.of("2026", "x"), "aTw3Y0nMSrq5b1d2e3f4Gw", List.of(5L, 0L), 9),
                  new TopicOffsets(null, "bTw3Y0nMSrq5b1d2e3f4Gw", List.of(1L), -1))),
          1_760_000_000_123L);

  private static final LakeSnapshot OF_A_PARTITION_CREATED_AGAIN =
      new LakeSnapshot(
          7,
          new LakeOffsets(
              List.of(
                  new TopicOffsets(
                      PartitionName.of("x"), "aTw3Y0nMSrq5b1d2e3f4Gw", List.of(5L), 9, true))),
          1760000000123L);

  private static final String BEGUN =
      "{\"version\":1,\"tableId\":\"6f1f1a52-9d0e-4c8e-8a43-0d7c6f3b2a10\",\"format\":\"paimon\",\"completeAt\":17}";

  private static final String TIERED =
      "{\"version\":1,\"tableId\":\"6f1f1a52-9d0e-4c8e-8a43-0d7c6f3b2a10\",\"format\":\"paimon\","
          + "\"snapshot\":{\"id\":7,\"committedAt\":1760000000123,\"offsets\":{\"version\":1,\"topics\":["
          + "{\"partition\":[\"2026\",\"x\"],\"topicId\":\"aTw3Y0nMSrq5b1d2e3f4Gw\",\"next\":[5,0],\"maxTimestamp\":9},"
          + "{\"topicId\":\"bTw3Y0nMSrq5b1d2e3f4Gw\",\"next\":[1],\"maxTimestamp\":-1}]}},"
          + "\"completeAt\":18}";

  private static final String CREATED_AGAIN =
      "{\"version\":1,\"tableId\":\"6f1f1a52-9d0e-4c8e-8a43-0d7c6f3b2a10\",\"format\":\"paimon\","
          + "\"snapshot\":{\"id\":7,\"committedAt\":1760000000123,\"offsets\":{\"version\":1,\"topics\":["
          + "{\"partition\":[\"x\"],\"topicId\":\"aTw3Y0nMSrq5b1d2e3f4Gw\",\"next\":[5],\"maxTimestamp\":9,"
          + "\"formerRows\":true}]}},"
          + "\"completeAt\":18}";

  private static final String PARKED =
      "{\"version\":1,\"tableId\":\"6f1f1a52-9d0e-4c8e-8a43-0d7c6f3b2a10\",\"format\":\"paimon\",\"completeAt\":17,"
          + "\"problem\":{\"kind\":\"parked\",\"reason\":\"rows are gone\",\"since\":19}}";

  private static final String FAILING =
      "{\"version\":1,\"tableId\":\"6f1f1a52-9d0e-4c8e-8a43-0d7c6f3b2a10\",\"format\":\"paimon\",\"completeAt\":17,"
          + "\"problem\":{\"kind\":\"failing\",\"reason\":\"disk full\",\"since\":19,\"failures\":3,\"retryAt\":23}}";

  private static final String RESUMED =
      "{\"version\":1,\"tableId\":\"6f1f1a52-9d0e-4c8e-8a43-0d7c6f3b2a10\",\"format\":\"paimon\",\"completeAt\":17,"
          + "\"gapAccepted\":true}";

  private static final String LEASE =
      "{\"version\":1,\"tableId\":\"6f1f1a52-9d0e-4c8e-8a43-0d7c6f3b2a10\",\"owner\":\"job-1\",\"epoch\":4,\"until\":99}";

  private static final LakeState BEGUN_STATE = LakeState.begun(ID, "paimon", 17);

  @Test
  void statesAreStoredAsTheyAlwaysWere() {
    assertStoredAs(BEGUN, BEGUN_STATE);
    assertStoredAs(TIERED, BEGUN_STATE.tiered(SNAPSHOT, 18));
    assertStoredAs(CREATED_AGAIN, BEGUN_STATE.tiered(OF_A_PARTITION_CREATED_AGAIN, 18));
    assertStoredAs(PARKED, BEGUN_STATE.with(new TieringProblem.Parked("rows are gone", 19)));
    assertStoredAs(FAILING, BEGUN_STATE.with(new TieringProblem.Failing("disk full", 19, 3, 23)));
    assertStoredAs(RESUMED, BEGUN_STATE.acceptingGap());
  }

  @Test
  void onlyWhatParkedATableIsAcceptedWhenItIsResumed() {
    // Given
    LakeState parked = BEGUN_STATE.with(new TieringProblem.Parked("rows are gone", 19));
    LakeState failing = BEGUN_STATE.with(new TieringProblem.Failing("disk full", 19, 3, 23));
    // When
    LakeState accepting = parked.resumed();
    // Then
    assertThat(accepting).isEqualTo(BEGUN_STATE.acceptingGap());
    assertThat(failing.resumed()).isEqualTo(BEGUN_STATE);
    assertThat(accepting.with(new TieringProblem.Failing("disk full", 19, 3, 23)).gapAccepted())
        .as("a round that fails on the way")
        .isTrue();
    assertThat(accepting.with(new TieringProblem.Parked("more is gone", 20)).gapAccepted())
        .isFalse();
  }

  private static void assertStoredAs(String json, LakeState state) {
    assertThat(LakeStateJson.write(state)).isEqualTo(json);
    assertThat(LakeStateJson.read(PATH, json)).isEqualTo(state);
  }

  @Test
  void leasesAreStoredAsTheyAlwaysWere() {
    // Given
    TieringLease lease = new TieringLease(ID, "job-1", 4, 99);
    // When
    String json = lease.toJson();
    // Then
    assertThat(json).isEqualTo(LEASE);
    assertThat(TieringLease.read(PATH, LEASE)).isEqualTo(lease);
  }

  @Test
  void whatANewerVersionAddsIsPassedOver() {
    // Given: a field that is not known in every object
    String tiered = TIERED.replace("{", "{\"added\":{\"x\":[1]},");
    String lease = LEASE.replace("{", "{\"added\":true,");
    // When, Then
    assertThat(LakeStateJson.read(PATH, tiered)).isEqualTo(BEGUN_STATE.tiered(SNAPSHOT, 18));
    assertThat(TieringLease.read(PATH, lease)).isEqualTo(new TieringLease(ID, "job-1", 4, 99));
  }

  @Test
  void otherVersionsAreRefused() {
    assertThatThrownBy(
            () -> LakeStateJson.read(PATH, BEGUN.replace("\"version\":1", "\"version\":2")))
        .isInstanceOf(InvalidMetadataException.class)
        .hasMessageContaining("shop.orders")
        .hasMessageContaining("format version 2");
    assertThatThrownBy(
            () -> TieringLease.read(PATH, LEASE.replace("\"version\":1", "\"version\":2")))
        .isInstanceOf(InvalidMetadataException.class)
        .hasMessageContaining("shop.orders");
  }

  @Test
  void damagedRecordsAreRefusedWithTheTable() {
    assertThatThrownBy(() -> LakeStateJson.read(PATH, TIERED.replace("\"topicId\"", "\"x\"")))
        .isInstanceOf(InvalidMetadataException.class)
        .hasMessageContaining("shop.orders")
        .hasMessageContaining("topicId");
    assertThatThrownBy(() -> LakeStateJson.read(PATH, PARKED.replace("parked", "odd")))
        .isInstanceOf(InvalidMetadataException.class)
        .hasMessageContaining("odd");
  }
}
