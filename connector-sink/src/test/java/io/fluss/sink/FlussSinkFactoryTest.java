package io.fluss.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import java.util.List;
import java.util.Map;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.table.api.ValidationException;
import org.junit.jupiter.api.Test;

class FlussSinkFactoryTest {

  private static final TableInfo TABLE =
      TestTable.info(TablePath.of("shop", "orders"), 3, List.of("id"));

  @Test
  void reportsAllProblemsTogether() {
    assertThatThrownBy(
            () ->
                TableSinkConfig.of(
                    TABLE,
                    Map.of(
                        "bootstrap.servers", "localhost:9092",
                        "properties.acks", "0",
                        "sink.paralelism", "3",
                        "sink.delivery-guarantee", "twice",
                        "client.writer.batch-timeout", "soon")))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("Cannot write to table 'shop.orders':\n- ")
        .hasMessageContaining("Option 'sink.paralelism' is unknown. Known: [client.writer.")
        .hasMessageContaining("Option 'sink.delivery-guarantee' is 'twice'")
        .hasMessageContaining("Option 'client.writer.batch-timeout' is 'soon'")
        .hasMessageContaining("Option 'properties.acks' is '0'; writing tables needs 'all'.");
  }

  @Test
  void checksValuesThatParseBesideThoseThatDoNot() {
    assertThatThrownBy(
            () ->
                TableSinkConfig.of(
                    TABLE,
                    Map.of(
                        "bootstrap.servers", "localhost:9092",
                        "sink.parallelism", "0",
                        "sink.delivery-guarantee", "twice",
                        "client.writer.batch-size", "big")))
        .hasMessageContaining("Option 'sink.parallelism' is 0, expected 1 or more.")
        .hasMessageContaining("Option 'sink.delivery-guarantee' is 'twice'")
        .hasMessageContaining("Option 'client.writer.batch-size' is 'big'");
  }

  @Test
  void refusesNoGuarantee() {
    assertThatThrownBy(
            () ->
                TableSinkConfig.of(
                    TABLE,
                    Map.of(
                        "bootstrap.servers",
                        "localhost:9092",
                        "sink.delivery-guarantee",
                        "none",
                        "sink.parallelism",
                        "0")))
        .hasMessage(
            """
            Cannot write to table 'shop.orders':
            - Option 'sink.delivery-guarantee' is 'none', expected 'at-least-once', which costs no more, or 'exactly-once'.
            - Option 'sink.parallelism' is 0, expected 1 or more.""");
  }

  @Test
  void hasTheseDefaults() {
    // When
    TableSinkConfig config =
        TableSinkConfig.of(TABLE, Map.of("bootstrap.servers", "localhost:9092"));

    // Then
    assertThat(config.deliveryGuarantee()).isEqualTo(DeliveryGuarantee.AT_LEAST_ONCE);
    assertThat(config.parallelism()).isNull();
    assertThat(config.bucketShuffle()).isTrue();
    assertThat(config.ignoreDelete()).isFalse();
    assertThat(config.transactionalIdPrefix()).startsWith("fluss.shop.orders.sink-");
  }

  @Test
  void summaryTellsTableBucketsAndGuarantee() {
    assertThat(
            new LogDynamicTableSink(
                    TableSinkConfig.of(TABLE, Map.of("bootstrap.servers", "localhost:9092")))
                .asSummaryString())
        .isEqualTo("Fluss log table shop.orders (3 buckets by [id], at-least-once)");
  }
}
