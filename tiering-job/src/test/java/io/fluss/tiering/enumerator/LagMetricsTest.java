package io.fluss.tiering.enumerator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluss.admin.TableAdmin;
import io.fluss.admin.TableDescriptor;
import io.fluss.kafka.ClientConfig;
import io.fluss.lake.state.TieringClaim;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import io.fluss.testkit.kafka.SharedKafka;
import io.fluss.testkit.log.LogTableFixture;
import io.fluss.tiering.Lake;
import io.fluss.tiering.config.TieringConfig;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.types.logical.IntType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How far tables are behind that no round is of. */
class LagMetricsTest {

  private final ClientConfig client =
      new ClientConfig(SharedKafka.kafka().bootstrapServers(), Map.of());
  private final String database = SharedKafka.uniqueDatabase();
  private final Lake lake = new Lake();
  private final Gauges gauges = new Gauges();
  private final TieringMetrics metrics = new TieringMetrics(gauges);

  private TableAdmin tables;
  private TableInfo table;
  private LogTableFixture log;
  private Connections connections;
  private TableLags lags;
  private Claims claims;

  /** Keeps the gauges of tables, by name. */
  private static final class Gauges extends UnregisteredMetricsGroup {

    private final Map<String, Gauge<?>> byName = new HashMap<>();
    private final Map<String, Gauges> ofTables = new HashMap<>();

    @Override
    public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
      byName.put(name, gauge);
      return gauge;
    }

    @Override
    public MetricGroup addGroup(String name) {
      return this;
    }

    @Override
    public MetricGroup addGroup(String key, String value) {
      return ofTables.computeIfAbsent(value, v -> new Gauges());
    }

    long value(TableInfo table, String name) {
      return (Long) ofTables.get(table.path().toString()).byName.get(name).getValue();
    }
  }

  @BeforeEach
  void open() {
    tables = TableAdmin.connect(client);
    tables.createDatabase(database, null, Map.of());
    table =
        lake.enable(
            tables,
            tables.createTable(
                TablePath.of(database, "t"),
                TableDescriptor.builder().column("id", new IntType()).build()));
    log = LogTableFixture.of(SharedKafka.kafka(), table);
    TieringConfig config = lake.config(client);
    connections = new Connections(config, LagMetricsTest.class.getClassLoader());
    lags = new TableLags(connections, config, Clock.systemUTC());
    // Somebody who has claimed the table an hour ago, when its tiering began.
    claims =
        new Claims(
            connections.tables().lakes(),
            config,
            "job",
            Clock.offset(Clock.systemUTC(), Duration.ofHours(-1)));
  }

  @AfterEach
  void close() {
    log.close();
    connections.close();
    tables.dropDatabaseWithTables(database);
    tables.close();
  }

  private TieringClaim claim() {
    return claims.claim(tables.lakes().tables(database, "memory").get(0)).orElseThrow();
  }

  @Test
  void aTableThatFailsFromTheBeginningShowsHowFarItIsBehind() {
    // Given
    log.write(0, GenericRowData.of(1));
    log.write(0, GenericRowData.of(2));
    TieringClaim claim = claim();
    claims.fail(claim, claim.state(), "the lake is not there");

    // When
    metrics.looked(lags.look());

    // Then
    assertThat(gauges.value(table, "lagOffsets")).isEqualTo(2);
    assertThat(gauges.value(table, "lagRows")).isEqualTo(2);
    assertThat(gauges.value(table, "lagBytes")).isEqualTo(-1);
    assertThat(gauges.value(table, "lagSeconds")).isBetween(3500L, 7200L);
  }

  @Test
  void theLagOfATableThatIsParkedGrowsWithItsLog() {
    // Given
    log.write(0, GenericRowData.of(1));
    TieringClaim claim = claim();
    claims.park(claim, claim.state(), "rows are missing");
    metrics.looked(lags.look());
    long before = gauges.value(table, "lagOffsets");

    // When
    log.write(0, GenericRowData.of(2));
    metrics.looked(lags.look());

    // Then
    assertThat(before).isEqualTo(1);
    assertThat(gauges.value(table, "lagOffsets")).isEqualTo(2);
    assertThat(gauges.value(table, "lagSeconds")).isBetween(3500L, 7200L);
  }

  @Test
  void aTableThatIsGoneLagsBehindNoMore() {
    // Given
    log.write(0, GenericRowData.of(1));
    metrics.looked(lags.look());
    long before = gauges.value(table, "lagOffsets");

    // When
    tables.dropTable(table.path());
    metrics.looked(lags.look());

    // Then
    assertThat(before).isEqualTo(1);
    assertThat(gauges.value(table, "lagOffsets")).isZero();
    assertThat(gauges.value(table, "lagSeconds")).isZero();
  }
}
