package io.fluss.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.fluss.FlussException;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

class PartitionMaintenanceTest {

  private static final Instant NOW = Instant.parse("2025-06-17T10:00:00Z");

  /** What the next runs meet; null: nothing to do. */
  private final Deque<RuntimeException> problems = new ArrayDeque<>();

  private final List<Instant> runs = new ArrayList<>();

  @Test
  void goesByTheClockItIsGiven() {
    // When
    maintenance(table("true")).runOnce();

    // Then
    assertThat(runs).containsExactly(NOW);
  }

  @Test
  void doesNothingToTablesWithoutAutoPartitions() {
    // When
    maintenance(table("false")).runOnce();

    // Then
    assertThat(runs).isEmpty();
  }

  @Test
  void noProblemReachesWhoeverRunsIt() {
    // Given
    PartitionMaintenance maintenance = maintenance(table("true"));
    problems.add(new TimeoutException("no answer"));
    problems.add(new FlussException("denied", new TopicAuthorizationException("no")));
    problems.add(new TopicAuthorizationException("no"));

    // When // Then
    for (int i = 0; i < 4; i++) {
      assertThatCode(maintenance::runOnce).doesNotThrowAnyException();
    }
    assertThat(runs).hasSize(4);
  }

  @Test
  void hasNothingToDoWhenTheTableIsGone() {
    // Given
    TableInfo table = table("true");
    PartitionMaintenance maintenance = maintenance(table);
    problems.add(new TableNotFoundException(table.path()));

    // When
    maintenance.runOnce();
    maintenance.runOnce();

    // Then
    assertThat(runs).hasSize(1);
  }

  private PartitionMaintenance maintenance(TableInfo table) {
    return new PartitionMaintenance(
        table, this::maintain, Clock.fixed(NOW, ZoneOffset.UTC), () -> {});
  }

  private PartitionChanges maintain(Instant now) {
    runs.add(now);
    RuntimeException problem = problems.poll();
    if (problem != null) {
      throw problem;
    }
    return PartitionChanges.NONE;
  }

  private static TableInfo table(String auto) {
    return TableDescriptor.builder()
        .column("dt", VarCharType.STRING_TYPE)
        .column("id", new BigIntType())
        .partitionKeys(List.of("dt"))
        .option("table.auto-partition.enabled", auto)
        .build()
        .toTableInfo(TablePath.of("shop", "orders"), new UUID(1, 2), "shop.orders");
  }
}
