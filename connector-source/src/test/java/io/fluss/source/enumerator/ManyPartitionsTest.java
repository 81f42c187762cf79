package io.fluss.source.enumerator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluss.admin.TableDescriptor;
import io.fluss.partition.PartitionName;
import io.fluss.read.LogScan;
import io.fluss.read.Selection;
import io.fluss.read.StartingOffsets;
import io.fluss.read.StoppingOffsets;
import io.fluss.source.BrokerMetrics;
import io.fluss.source.split.TableSplit;
import io.fluss.testkit.kafka.EmbeddedKafka;
import io.fluss.testkit.partition.PartitionedTableFixture;
import io.fluss.union.LakeUse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.mocks.MockSplitEnumeratorContext;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.IntType;
import org.junit.jupiter.api.Test;

class ManyPartitionsTest {

  private static final Set<String> OF_TOPICS =
      Set.of(
          "Metadata",
          "DescribeTopicPartitions",
          "ListOffsets",
          "DescribeConfigs",
          "DescribeCluster",
          "Fetch");

  /** On a broker of its own, so that requests of others do not count. */
  @Test
  void aLookAtManyPartitionsOfWhichNoneChangedIsOneRequest() throws Throwable {
    try (EmbeddedKafka kafka = EmbeddedKafka.start();
        PartitionedTableFixture table =
            PartitionedTableFixture.create(
                kafka,
                TableDescriptor.builder()
                    .column("id", new BigIntType())
                    .column("p", new IntType(false))
                    .partitionKeys(List.of("p"))
                    .buckets(1)
                    .build())) {
      // Given
      MockSplitEnumeratorContext<TableSplit> coordinator = new MockSplitEnumeratorContext<>(1);
      table.addAll(
          IntStream.range(0, 500).mapToObj(i -> PartitionName.of(String.valueOf(i))).toList());
      coordinator.registerReader(new ReaderInfo(0, "here"));
      try (PartitionedSplitEnumerator enumerator =
          new PartitionedSplitEnumerator(
              coordinator,
              scan(table),
              LakeUse.none(),
              Thread.currentThread().getContextClassLoader(),
              Duration.ofSeconds(10),
              EnumeratorState.initial())) {
        enumerator.start();
        long before = requests();
        coordinator.runPeriodicCallable(0);
        long first = requests() - before;
        assertThat(enumerator.snapshotState(1).partitions()).hasSize(500);

        // When
        for (int i = 0; i < 20; i++) {
          coordinator.runPeriodicCallable(0);
        }

        // Then
        assertThat(first).as("requests of the first look").isLessThan(100);
        assertThat(requests() - before - first).as("requests of 20 looks").isEqualTo(20);
      }
      coordinator.close();
    }
  }

  private static long requests() {
    return OF_TOPICS.stream().mapToLong(BrokerMetrics::requests).sum();
  }

  private static LogScan scan(PartitionedTableFixture table) {
    return new LogScan(
        table.table(),
        table.client(),
        Selection.all(table.table().rowType()),
        StartingOffsets.latest(),
        StoppingOffsets.never(),
        null);
  }
}
