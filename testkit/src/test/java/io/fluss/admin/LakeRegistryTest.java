package io.fluss.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.FlussException;
import io.fluss.lake.LakeOffsets;
import io.fluss.lake.LakeSnapshot;
import io.fluss.lake.TopicOffsets;
import io.fluss.lake.state.BucketLag;
import io.fluss.lake.state.LakeLag;
import io.fluss.lake.state.LakeRegistry;
import io.fluss.lake.state.LakeState;
import io.fluss.lake.state.LeaseLostException;
import io.fluss.lake.state.TieringClaim;
import io.fluss.lake.state.TieringProblem;
import io.fluss.metadata.MetadataRecord;
import io.fluss.metadata.MetadataStore;
import io.fluss.options.TableOptions;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import io.fluss.testkit.kafka.SharedKafka;
import io.fluss.testkit.lake.MemoryLakeFormat;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.table.types.logical.IntType;
import org.apache.kafka.clients.admin.Admin;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LakeRegistryTest {

  private static final String FORMAT = "memory";
  private static final Duration LEASE = Duration.ofSeconds(60);
  private static final long NOW = 1_000_000;

  private final String database = SharedKafka.uniqueDatabase();
  private final TablePath orders = TablePath.of(database, "orders");

  private TableAdmin admin;
  private LakeRegistry lakes;

  @BeforeEach
  void open() {
    admin = TableAdmin.connect(TableAdminTest.config());
    admin.createDatabase(database, null, Map.of());
    lakes = admin.lakes();
  }

  @AfterEach
  void close() {
    admin.close();
  }

  private TableInfo create(TablePath path, boolean lake) {
    TableDescriptor.Builder descriptor =
        TableDescriptor.builder().column("id", new IntType()).buckets(2);
    if (lake) {
      descriptor
          .option(TableOptions.DATALAKE_ENABLED.key(), "true")
          .option(TableOptions.DATALAKE_FORMAT.key(), FORMAT);
    }
    return admin.createTable(
        path, descriptor.build(), TableRules.standard().withLakes(List.of(new MemoryLakeFormat())));
  }

  private Optional<TieringClaim> claim(TableInfo table, String owner, long now) {
    return lakes.claim(table, FORMAT, owner, now, LEASE);
  }

  private static LakeSnapshot snapshot(TableInfo table, long... next) {
    return new LakeSnapshot(
        1,
        new LakeOffsets(
            List.of(
                new TopicOffsets(null, table.topicId(), Arrays.stream(next).boxed().toList(), 5))),
        NOW);
  }

  @Test
  void findsTheTablesOfItsFormat() {
    // Given
    TableInfo table = create(orders, true);
    create(TablePath.of(database, "plain"), false);
    // When
    var found = lakes.tables(database, FORMAT);
    // Then
    assertThat(found).singleElement().satisfies(t -> assertThat(t.table()).isEqualTo(table));
    assertThat(lakes.tables(database, "iceberg")).isEmpty();
    assertThat(lakes.tables(SharedKafka.uniqueDatabase(), FORMAT)).isEmpty();
  }

  @Test
  void tablesWhoseRecordsCannotBeReadAreFoundWithTheReason() {
    // Given
    TableInfo table = create(orders, true);
    create(TablePath.of(database, "good"), true);
    Map<String, Object> settings = TableAdminTest.config().toKafka();
    // When
    try (Admin kafka = Admin.create(settings);
        MetadataStore store = new MetadataStore(TableAdminTest.config(), kafka)) {
      store.change(
          database, seen -> List.of(new MetadataRecord("lake/orders", "{\"version\":99}")));
    }
    var found = lakes.tables(database, FORMAT);
    // Then
    assertThat(found).hasSize(2);
    assertThat(found.stream().filter(t -> t.unreadable().isPresent()))
        .singleElement()
        .satisfies(
            t -> {
              assertThat(t.table()).isEqualTo(table);
              assertThat(t.unreadable().orElseThrow()).hasMessageContaining("version 99");
            });
  }

  @Test
  void aTableIsClaimedByOneAtATime() {
    // Given
    TableInfo table = create(orders, true);
    TieringClaim first = claim(table, "a", NOW).orElseThrow();
    // When
    Optional<TieringClaim> meanwhile = claim(table, "b", NOW + 1);
    Optional<TieringClaim> late = claim(table, "b", NOW + LEASE.toMillis());
    // Then
    assertThat(first.lease().epoch()).isEqualTo(1);
    assertThat(first.state()).isEqualTo(LakeState.begun(table.id(), FORMAT, NOW));
    assertThat(meanwhile).isEmpty();
    assertThat(late).isPresent();
    assertThat(late.get().lease().epoch()).isEqualTo(2);
    assertThat(late.get().state()).isEqualTo(first.state());
  }

  @Test
  void whoeverLostHisClaimChangesNothingAnyMore() {
    // Given
    TableInfo table = create(orders, true);
    TieringClaim zombie = claim(table, "a", NOW).orElseThrow();
    TieringClaim owner = claim(table, "b", NOW + LEASE.toMillis()).orElseThrow();
    LakeState tiered = zombie.state().tiered(snapshot(table, 1, 2), NOW);
    // When
    List<ThrowingCallable> attempts =
        List.of(
            () -> lakes.renew(zombie, NOW + 1_000_000),
            () -> lakes.record(zombie, tiered),
            () -> lakes.giveBack(zombie),
            () -> lakes.giveBack(zombie, tiered));
    // Then
    assertThat(attempts)
        .allSatisfy(
            attempt ->
                assertThatThrownBy(attempt)
                    .isInstanceOf(LeaseLostException.class)
                    .hasMessageContaining(orders.toString()));
    assertThat(admin.lakeState(table)).contains(owner.state());
  }

  @Test
  void whatIsGivenBackCanBeClaimedAtOnce() {
    // Given
    TableInfo table = create(orders, true);
    TieringClaim first = claim(table, "a", NOW).orElseThrow();
    LakeState tiered = first.state().tiered(snapshot(table, 1, 2), NOW + 5);
    // When
    lakes.renew(first, NOW + 10 * LEASE.toMillis());
    lakes.giveBack(first, tiered);
    // Then
    TieringClaim second = claim(table, "b", NOW + 1).orElseThrow();
    assertThat(second.lease().epoch()).isEqualTo(2);
    assertThat(second.state()).isEqualTo(tiered);
  }

  @Test
  void aTableWithoutALakeIsNotClaimed() {
    // Given
    TableInfo table = create(orders, false);
    // When
    Optional<TieringClaim> claimed = claim(table, "a", NOW);
    // Then
    assertThat(claimed).isEmpty();
    assertThat(admin.lakeState(table)).isEmpty();
  }

  @Test
  void theRecordsGoWithTheTable() {
    // Given
    TableInfo table = create(orders, true);
    TieringClaim claim = claim(table, "a", NOW).orElseThrow();
    // When
    admin.dropTable(orders);
    // Then
    assertThatThrownBy(() -> lakes.record(claim, claim.state()))
        .isInstanceOf(LeaseLostException.class);
    TableInfo next = create(orders, true);
    assertThat(admin.lakeState(next)).isEmpty();
    assertThat(claim(next, "b", NOW).orElseThrow().lease().epoch()).isEqualTo(1);
  }

  @Test
  void aTableWithALakeIsNotRenamed() {
    // Given
    TableInfo table = create(orders, true);
    // When
    assertThatThrownBy(() -> admin.renameTable(orders, "sales"))
        // Then
        .isInstanceOf(FlussException.class)
        .hasMessageContaining(orders.toString())
        .hasMessageContaining("'table.datalake.enabled' = 'false'");
    assertThat(admin.table(orders)).isEqualTo(table);
  }

  @Test
  void aParkedTableIsResumed() {
    // Given
    TableInfo table = create(orders, true);
    TieringClaim claim = claim(table, "a", NOW).orElseThrow();
    lakes.giveBack(claim, claim.state().with(new TieringProblem.Parked("rows are gone", NOW)));
    // When
    Optional<LakeState> resumed = admin.resumeTiering(table);
    // Then
    assertThat(resumed).contains(claim.state().acceptingGap());
    assertThat(admin.lakeState(table)).isEqualTo(resumed);
    assertThat(admin.resumeTiering(create(TablePath.of(database, "other"), true))).isEmpty();
  }

  @Test
  void theLagIsToldForEachBucket() {
    // Given
    TableInfo table = create(orders, true);
    LakeLag before = admin.lakeLag(table);
    TieringClaim claim = claim(table, "a", NOW).orElseThrow();
    LakeState tiered = claim.state().tiered(snapshot(table, 0, 0), NOW);
    lakes.giveBack(claim, tiered);
    // When
    LakeLag lag = admin.lakeLag(table);
    // Then
    assertThat(before.state()).isEmpty();
    assertThat(before.buckets())
        .containsExactly(
            new BucketLag(null, table.topic(), table.topicId(), 0, 0, null, 0),
            new BucketLag(null, table.topic(), table.topicId(), 1, 0, null, 0));
    assertThat(lag.state()).contains(tiered);
    assertThat(lag.buckets())
        .contains(new BucketLag(null, table.topic(), table.topicId(), 1, 0, 0L, 0));
  }
}
