package io.fluss.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluss.testkit.kafka.SharedKafka;
import io.fluss.testkit.log.LogTableFixture;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Endless reads that begin with what is written from now on, seen through their group's offsets.
 */
@SuppressWarnings("try") // closing an iterator of Flink may throw anything
class LatestRowsSqlTest {

  @RegisterExtension
  static final MiniClusterExtension FLINK =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(4)
              .build());

  private final LogTableFixture table =
      LogTableFixture.create(
          SharedKafka.kafka(),
          SharedKafka.uniqueDatabase(),
          RowType.of(new LogicalType[] {new BigIntType(false)}, new String[] {"id"}),
          2);

  private final String group = SharedKafka.uniqueName("group");

  @AfterEach
  void close() {
    table.close();
  }

  @Test
  void rowsWrittenAfterTheStartArriveAndThoseBeforeDoNot() throws Exception {
    // Given
    table.write(0, id(0), id(1));
    table.write(0, id(2));
    table.write(1, id(3));
    SqlSupport sql =
        SqlSupport.streaming(table)
            .declare(
                "id BIGINT NOT NULL", "scan.startup.mode", "latest", "properties.group.id", group);
    sql.sql().getConfig().set("execution.checkpointing.interval", "50 ms");

    // When: the read has its place in the log
    try (CloseableIterator<Row> rows = sql.sql().executeSql("SELECT id FROM t").collect()) {
      awaitCommitted(2, 1);
      table.write(0, id(4), id(5));

      // Then
      assertThat(List.of(rows.next(), rows.next())).containsExactly(Row.of(4L), Row.of(5L));

      // When
      table.write(1, id(6));

      // Then
      assertThat(rows.next()).isEqualTo(Row.of(6L));
      awaitCommitted(3, 2);
    }
  }

  private void awaitCommitted(long inBucket0, long inBucket1) {
    Map<TopicPartition, OffsetAndMetadata> expected =
        Map.of(
            new TopicPartition(table.table().topic(), 0), new OffsetAndMetadata(inBucket0),
            new TopicPartition(table.table().topic(), 1), new OffsetAndMetadata(inBucket1));
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(committed()).isEqualTo(expected));
  }

  private Map<TopicPartition, OffsetAndMetadata> committed()
      throws ExecutionException, InterruptedException {
    return table.admin().listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
  }

  private static RowData id(long id) {
    return GenericRowData.of(id);
  }
}
