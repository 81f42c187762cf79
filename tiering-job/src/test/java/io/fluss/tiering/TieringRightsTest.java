package io.fluss.tiering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fluss.acl.AclResource;
import io.fluss.acl.Grant;
import io.fluss.acl.Operation;
import io.fluss.acl.Principal;
import io.fluss.admin.TableAdmin;
import io.fluss.admin.TableDescriptor;
import io.fluss.kafka.ClientConfig;
import io.fluss.partition.PartitionName;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import io.fluss.testkit.kafka.EmbeddedKafka;
import io.fluss.testkit.log.LogTableFixture;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A job that may do what the documentation says that it needs, and no more. */
class TieringRightsTest {

  @RegisterExtension
  static final MiniClusterExtension FLINK =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  private static final Principal TIERING = Principal.user("tiering");

  @Test
  void readAndAlterTierATableAndNoneOfItsNeighbours() throws Exception {
    // Given
    Lake lake = new Lake();
    try (EmbeddedKafka kafka =
            EmbeddedKafka.builder().sasl(Map.of("admin", "a", "tiering", "t"), "admin").start();
        TableAdmin tables = TableAdmin.connect(config(kafka.adminProperties()))) {
      tables.createDatabase("shop", null, Map.of());
      TableInfo orders = lake.enable(tables, tables.createTable(path("orders"), columns().build()));
      TableInfo others = lake.enable(tables, tables.createTable(path("others"), columns().build()));
      TableInfo days =
          lake.enable(
              tables,
              tables.createTable(path("days"), columns().partitionKeys(List.of("name")).build()));
      tables.createPartition(days, PartitionName.of("a"));
      for (Operation operation : List.of(Operation.READ, Operation.ALTER)) {
        tables.acls().add(Grant.allow(AclResource.table(orders.path()), TIERING, operation));
      }
      try (LogTableFixture log = LogTableFixture.of(kafka, orders);
          LogTableFixture othersLog = LogTableFixture.of(kafka, others)) {
        log.write(0, row(1));
        othersLog.write(0, row(2));

        // When
        try (RunningJob job =
            RunningJob.start(lake.config(config(kafka.clientProperties("tiering"))), 1)) {
          assertThat(job.client()).isNotNull();

          // Then: and again, after it has looked at all tables
          await().untilAsserted(() -> assertThat(lake.rows(orders)).containsExactly("1,n@0/0"));
          log.write(0, row(3));
          await().untilAsserted(() -> assertThat(lake.rows(orders)).hasSize(2));
        }
      }
      assertThat(tables.lakeState(orders).orElseThrow().problem()).isEmpty();
      assertThat(lake.rows(others)).isEmpty();
      assertThat(tables.lakeState(others)).isEmpty();
      assertThat(tables.lakeState(days)).isEmpty();
    }
  }

  private static TablePath path(String table) {
    return TablePath.of("shop", table);
  }

  private static TableDescriptor.Builder columns() {
    return TableDescriptor.builder()
        .column("id", new IntType())
        .column("name", new VarCharType(false, 10))
        .buckets(1);
  }

  private static GenericRowData row(int id) {
    return GenericRowData.of(id, StringData.fromString("n"));
  }

  private static ClientConfig config(Properties properties) {
    return new ClientConfig(
        properties.getProperty("bootstrap.servers"),
        properties.stringPropertyNames().stream()
            .filter(key -> !key.equals("bootstrap.servers"))
            .collect(Collectors.toMap(key -> key, properties::getProperty)));
  }
}
