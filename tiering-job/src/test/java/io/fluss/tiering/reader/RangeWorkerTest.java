package io.fluss.tiering.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluss.admin.TableDescriptor;
import io.fluss.partition.Partition;
import io.fluss.testkit.kafka.SharedKafka;
import io.fluss.testkit.partition.PartitionedTableFixture;
import io.fluss.tiering.Lake;
import io.fluss.tiering.split.RangeFailed;
import io.fluss.tiering.split.RangeSplit;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ranges whose records are not there any more. */
class RangeWorkerTest {

  private static final long NO_BOUND = Long.MAX_VALUE / 2;

  @TempDir Path directory;

  private final Lake lake = new Lake();

  private static RowData row(int id) {
    return GenericRowData.of(id, StringData.fromString("a"));
  }

  private static PartitionedTableFixture table() {
    return PartitionedTableFixture.create(
        SharedKafka.kafka(),
        TableDescriptor.builder()
            .column("id", new IntType(false))
            .column("dt", new VarCharType(false, VarCharType.MAX_LENGTH))
            .partitionKeys(List.of("dt"))
            .buckets(1)
            .build());
  }

  private static RangeSplit split(
      PartitionedTableFixture table, Partition of, int index, int start) {
    return new RangeSplit(
        1,
        index,
        table.table(),
        of.name(),
        of.topic(),
        of.topicId(),
        0,
        start,
        3,
        0,
        NO_BOUND,
        NO_BOUND);
  }

  @Test
  void aPartitionThatWasCreatedAgainFailsItsRangesSoonAndIsNoGap() throws Exception {
    try (PartitionedTableFixture table = table()) {
      // Given
      lake.storage().createTable(table.table());
      Partition former = table.add("a");
      table.append(0, row(1), row(2), row(3));
      table.drop("a");
      table.append(0, row(4));
      BlockingQueue<SourceEvent> results = new LinkedBlockingQueue<>();
      RangeWorker worker =
          new RangeWorker(
              lake.config(table.client()),
              "worker",
              1 << 20,
              directory,
              RangeWorkerTest.class.getClassLoader(),
              results::add,
              e -> {});
      worker.start();

      // When: one finds records and then no more, one finds that its offset is out of range
      worker.add(split(table, former, 0, 0));
      worker.add(split(table, former, 1, 2));

      // Then
      for (int i = 0; i < 2; i++) {
        assertThat(results.poll(30, TimeUnit.SECONDS))
            .isInstanceOfSatisfying(
                RangeFailed.class,
                failed -> {
                  assertThat(failed.isGap()).isFalse();
                  assertThat(failed.reason()).contains(former.topic());
                });
      }
      worker.close();
    }
  }
}
