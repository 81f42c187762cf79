package io.fluss.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.acl.AclResource;
import io.fluss.acl.Grant;
import io.fluss.acl.Operation;
import io.fluss.acl.Principal;
import io.fluss.admin.TableAdmin;
import io.fluss.admin.TableDescriptor;
import io.fluss.kafka.ClientConfig;
import io.fluss.source.deserializer.RowDataDeserializationSchema;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import io.fluss.testkit.kafka.EmbeddedKafka;
import io.fluss.testkit.lake.MemoryLakeFormat;
import io.fluss.testkit.log.LogTableFixture;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Sources at brokers that ask who it is and what it may. */
class SecuredSourceTest {

  @RegisterExtension
  static final MiniClusterExtension FLINK =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  private static EmbeddedKafka kafka;
  private static TableInfo table;

  @BeforeAll
  static void start() {
    kafka =
        EmbeddedKafka.builder()
            .sasl(Map.of("admin", "a", "reader", "readers", "looker", "lookers"), "admin")
            .start();
    Map<String, String> properties =
        kafka.adminProperties().stringPropertyNames().stream()
            .collect(Collectors.toMap(k -> k, kafka.adminProperties()::getProperty));
    try (TableAdmin admin =
        TableAdmin.connect(new ClientConfig(properties.remove("bootstrap.servers"), properties))) {
      admin.createDatabase("shop", null, Map.of());
      table =
          admin.createTable(
              TablePath.of("shop", "t"),
              TableDescriptor.builder()
                  .column("id", new BigIntType(false))
                  .buckets(1)
                  .option("table.datalake.enabled", "true")
                  .option("table.datalake.format", "memory")
                  .build(),
              MemoryLakeFormat.withLakes());
      grant(admin, "reader", Operation.READ);
      grant(admin, "looker", Operation.DESCRIBE);
    }
    try (LogTableFixture log = LogTableFixture.of(kafka, table);
        LakeContent lake = new LakeContent(table, table.path())) {
      log.write(0, row(1));
      lake.append(null, 0, 0, row(1)).commit(1L);
      // Now the log has nothing that the lake has not.
    }
  }

  private static void grant(TableAdmin admin, String user, Operation operation) {
    admin
        .acls()
        .add(
            Grant.allow(
                AclResource.table(TablePath.of("shop", "t")), Principal.user(user), operation));
  }

  private static RowData row(long id) {
    return GenericRowData.of(id);
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @Test
  void aLoginThatIsRefusedIsToldWithinSecondsWithUserAndMechanism() {
    // Given
    long start = System.nanoTime();

    // When, Then
    assertThatThrownBy(() -> as("reader", "hunter2").build())
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("setOption: Kafka at '" + kafka.bootstrapServers() + "'")
        .hasMessageContaining("user 'reader' (SASL_PLAINTEXT, mechanism PLAIN)")
        .hasMessageNotContaining("hunter2");
    assertThatThrownBy(() -> source().build())
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("asks for a login by SASL (mechanisms PLAIN");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(25));
  }

  @Test
  void whoMayReadTheTableReadsRowsThatOnlyTheLakeHas() throws Exception {
    assertThat(ids(as("reader", "readers").build())).containsExactly(1L);
  }

  @Test
  void whoMayNotReadTheTableIsRefusedThoughNothingIsReadOfTheLog() {
    assertThatThrownBy(() -> ids(as("looker", "lookers").build()))
        .hasStackTraceContaining("User:looker has no right to READ on 'cluster.shop.t'.");
  }

  private static List<Long> ids(FlussSource<RowData> source) throws Exception {
    return FlussSourceTest.environment()
        .fromSource(source, WatermarkStrategy.noWatermarks(), "t")
        .map(row -> row.getLong(0))
        .returns(Types.LONG)
        .executeAndCollect(10);
  }

  private static FlussSourceBuilder<RowData> as(String user, String password) {
    return source()
        .setOption("client.security.protocol", "SASL")
        .setOption("client.security.sasl.username", user)
        .setOption("client.security.sasl.password", password);
  }

  private static FlussSourceBuilder<RowData> source() {
    return FlussSource.<RowData>builder()
        .setBootstrapServers(kafka.bootstrapServers())
        .setDatabase("shop")
        .setTable("t")
        .setOption(LakeContent.options(table)[0], LakeContent.options(table)[1])
        .setBounded()
        .setDeserializationSchema(new RowDataDeserializationSchema());
  }
}
