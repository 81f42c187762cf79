package io.fluss.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fluss.lake.LakeOffsets;
import io.fluss.lake.LakeSnapshot;
import io.fluss.lake.TopicOffsets;
import io.fluss.lake.state.TieringClaim;
import io.fluss.options.TableOptions;
import io.fluss.partition.Partition;
import io.fluss.partition.PartitionName;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import io.fluss.testkit.kafka.SharedKafka;
import io.fluss.testkit.lake.MemoryLakeFormat;
import io.fluss.testkit.log.LogTableFixture;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.annotation.Nullable;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** For how long logs keep what a lake is to have. */
class LakeRetentionTest {

  private static final Instant NOW = Instant.parse("2025-06-17T12:00:00Z");
  private static final String FORMAT = MemoryLakeFormat.IDENTIFIER;
  private static final TableRules RULES =
      TableRules.standard().withLakes(List.of(new MemoryLakeFormat()));

  private final String database = SharedKafka.uniqueDatabase();
  private final TablePath orders = TablePath.of(database, "orders");

  private TableAdmin admin;
  private Admin kafka;

  @BeforeEach
  void open() {
    admin = TableAdmin.connect(TableAdminTest.config());
    kafka = Admin.create(SharedKafka.kafka().adminProperties());
    admin.createDatabase(database, null, Map.of());
  }

  @AfterEach
  void close() {
    admin.dropDatabaseWithTables(database);
    admin.close();
    kafka.close();
  }

  private static TableDescriptor.Builder descriptor() {
    return TableDescriptor.builder()
        .column("id", new IntType())
        .column("dt", new VarCharType(VarCharType.MAX_LENGTH))
        .option(TableOptions.LOG_TTL.key(), "1 d");
  }

  private static TableDescriptor.Builder withLake(TableDescriptor.Builder descriptor) {
    return descriptor
        .option(TableOptions.DATALAKE_ENABLED.key(), "true")
        .option(TableOptions.DATALAKE_FORMAT.key(), FORMAT);
  }

  private Map<String, String> configOf(String topic) throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    return kafka.describeConfigs(List.of(resource)).all().get().get(resource).entries().stream()
        .filter(e -> e.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG)
        .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
  }

  private static OptionChange set(String key, String value) {
    return new OptionChange(Map.of(key, value), Set.of());
  }

  @Test
  void topicsWhoseRowsWaitForTheLakeDoNotExpire() throws Exception {
    // When
    TableInfo blocking = admin.createTable(orders, withLake(descriptor()).build(), RULES);
    TableInfo alerting =
        admin.createTable(
            TablePath.of(database, "alerting"),
            withLake(descriptor())
                .option(TableOptions.DATALAKE_RETENTION_POLICY.key(), "alert")
                .build(),
            RULES);
    // Then
    assertThat(configOf(blocking.topic()))
        .containsEntry("retention.ms", "-1")
        .containsEntry("retention.bytes", "-1");
    assertThat(configOf(alerting.topic()))
        .containsEntry("retention.ms", "86400000")
        .doesNotContainKey("retention.bytes");
  }

  @Test
  void topicsFollowWhatIsAltered() {
    // Given
    TableInfo table =
        admin.createTable(orders, descriptor().partitionKeys(List.of("dt")).build(), RULES);
    Partition partition = admin.createPartition(table, PartitionName.of("a"));
    // When
    admin.alterOptions(
        table,
        new OptionChange(
            Map.of(
                TableOptions.DATALAKE_ENABLED.key(),
                "true",
                TableOptions.DATALAKE_FORMAT.key(),
                FORMAT),
            Set.of()),
        RULES);
    // Then
    awaitConfig(partition, "-1", "-1");
    // When
    admin.alterOptions(table, set(TableOptions.DATALAKE_RETENTION_POLICY.key(), "alert"), RULES);
    // Then
    awaitConfig(partition, "86400000", null);
    // When
    admin.alterOptions(
        table,
        new OptionChange(Map.of(), Set.of(TableOptions.DATALAKE_RETENTION_POLICY.key())),
        RULES);
    admin.alterOptions(table, set(TableOptions.DATALAKE_ENABLED.key(), "false"), RULES);
    // Then
    awaitConfig(partition, "86400000", null);
  }

  /** Brokers learn of settings a moment after the controller. */
  private void awaitConfig(Partition partition, String retentionMillis, @Nullable String bytes) {
    await()
        .untilAsserted(
            () -> {
              Map<String, String> config = configOf(partition.topic());
              assertThat(config.get("retention.ms")).isEqualTo(retentionMillis);
              assertThat(config.get("retention.bytes")).isEqualTo(bytes);
            });
  }

  @Test
  void aPartitionExpiresOnceTheLakeHasAllOfIt() {
    // Given
    TableInfo table =
        admin.createTable(
            orders,
            withLake(descriptor())
                .partitionKeys(List.of("dt"))
                .option("table.auto-partition.enabled", "true")
                .option("table.auto-partition.time-zone", "UTC")
                .option("table.auto-partition.num-retention", "1")
                .build(),
            RULES);
    Partition empty = admin.createPartition(table, PartitionName.of("20250101"));
    Partition full = admin.createPartition(table, PartitionName.of("20250102"));
    write(table, full);
    write(table, full);
    // When
    tiered(table, full, 1);
    PartitionChanges first = admin.maintainPartitions(table, NOW);
    tiered(table, full, 2);
    PartitionChanges second = admin.maintainPartitions(table, NOW);
    // Then
    assertThat(first.dropped()).containsExactly(empty);
    assertThat(second.dropped()).containsExactly(full);
  }

  private void write(TableInfo table, Partition partition) {
    try (LogTableFixture log = LogTableFixture.of(SharedKafka.kafka(), partition.of(table))) {
      log.write(0, GenericRowData.of(1, StringData.fromString(partition.name().values().get(0))));
    }
  }

  /** Records that the lake has so much of a partition. */
  private void tiered(TableInfo table, Partition partition, long next) {
    TieringClaim claim =
        admin
            .lakes()
            .claim(table, FORMAT, "test", System.currentTimeMillis(), Duration.ofMinutes(1))
            .orElseThrow();
    LakeOffsets offsets =
        new LakeOffsets(
            List.of(new TopicOffsets(partition.name(), partition.topicId(), List.of(next), 0)));
    admin.lakes().giveBack(claim, claim.state().tiered(new LakeSnapshot(next, offsets, 0), next));
  }
}
