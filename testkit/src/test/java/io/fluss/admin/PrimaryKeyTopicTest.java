package io.fluss.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import io.fluss.testkit.kafka.SharedKafka;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PrimaryKeyTopicTest {

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
    admin.close();
    kafka.close();
  }

  @Test
  void aTableIsCompactedWithTimeForReaders() throws Exception {
    // When
    admin.createTable(orders, descriptor().build());
    // Then
    assertThat(configOf(orders))
        .containsEntry("cleanup.policy", "compact")
        .containsEntry("delete.retention.ms", millis(Duration.ofDays(7)))
        .containsEntry("max.compaction.lag.ms", millis(Duration.ofDays(7)))
        .containsEntry("min.compaction.lag.ms", millis(Duration.ofHours(1)))
        .containsEntry("segment.ms", millis(Duration.ofHours(1)))
        .containsEntry("min.cleanable.dirty.ratio", "0.3")
        .containsEntry("message.timestamp.type", "LogAppendTime")
        .containsEntry("compression.type", "producer");
  }

  @Test
  void deletesAreKeptForADayAtLeast() throws Exception {
    // When
    admin.createTable(orders, descriptor().option("table.log.ttl", "1 ms").build());
    // Then
    assertThat(configOf(orders))
        .containsEntry("delete.retention.ms", millis(Duration.ofDays(1)))
        .containsEntry("max.compaction.lag.ms", millis(Duration.ofDays(1)))
        .containsEntry("min.compaction.lag.ms", millis(Duration.ofMinutes(1)))
        .containsEntry("segment.ms", millis(Duration.ofMinutes(10)));
  }

  @Test
  void deletesAreKeptForGoodWhereTheLogIs() throws Exception {
    // When
    admin.createTable(orders, descriptor().option("table.log.ttl", "0 ms").build());
    // Then
    assertThat(configOf(orders))
        .containsEntry("delete.retention.ms", millis(Duration.ofDays(36_500)))
        .containsEntry("min.compaction.lag.ms", millis(Duration.ofDays(1)))
        .containsEntry("segment.ms", millis(Duration.ofDays(1)));
  }

  @Test
  void aTableThatKeepsAnotherRowThanTheLastForgetsNothing() throws Exception {
    // Given
    TablePath versioned = TablePath.of(database, "versioned");
    // When
    admin.createTable(orders, descriptor().option("table.merge-engine", "first_row").build());
    admin.createTable(
        versioned,
        descriptor()
            .option("table.merge-engine", "versioned")
            .option("table.merge-engine.versioned.ver-column", "version")
            .option("table.log.ttl", "1 d")
            .build());
    // Then
    for (TablePath path : List.of(orders, versioned)) {
      assertThat(configOf(path))
          .containsEntry("cleanup.policy", "delete")
          .containsEntry("retention.ms", "-1")
          .containsEntry("retention.bytes", "-1")
          .containsEntry("message.timestamp.type", "LogAppendTime");
    }
  }

  @Test
  void theKeyIsRecorded() {
    // When
    TableInfo created = admin.createTable(orders, descriptor().buckets(3).build());
    // Then
    assertThat(admin.table(orders)).isEqualTo(created);
    assertThat(created.primaryKey()).containsExactly("id");
    assertThat(created.bucketKey()).containsExactly("id");
    assertThat(created.rowType().getTypeAt(0)).isEqualTo(new BigIntType(false));
  }

  private static TableDescriptor.Builder descriptor() {
    return TableDescriptor.builder()
        .column("id", new BigIntType())
        .column("version", new IntType())
        .primaryKey(List.of("id"));
  }

  private Map<String, String> configOf(TablePath path) throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, path.toString());
    return kafka.describeConfigs(List.of(resource)).all().get().get(resource).entries().stream()
        .filter(e -> e.value() != null)
        .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
  }

  private static String millis(Duration duration) {
    return String.valueOf(duration.toMillis());
  }
}
