package io.fluss.source.reader;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.FlussException;
import io.fluss.admin.TableDescriptor;
import io.fluss.partition.Partition;
import io.fluss.read.LogPosition;
import io.fluss.read.LogScan;
import io.fluss.read.Selection;
import io.fluss.read.StartingOffsets;
import io.fluss.read.StoppingOffsets;
import io.fluss.source.split.LogSplit;
import io.fluss.source.split.TableBucket;
import io.fluss.testkit.kafka.SharedKafka;
import io.fluss.testkit.partition.PartitionedTableFixture;
import java.util.List;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Checkpoints of an endless read whose partition goes, or is created again. */
class ReplacedPartitionsTest {

  private final PartitionedTableFixture table =
      PartitionedTableFixture.create(
          SharedKafka.kafka(),
          TableDescriptor.builder()
              .column("id", new BigIntType(false))
              .column("dt", new VarCharType(false, 10))
              .partitionKeys(List.of("dt"))
              .buckets(1)
              .build());
  private final Partition partition = table.add("a");
  private final LogSplit begun = split(5);

  @AfterEach
  void close() {
    table.close();
  }

  @Test
  void rowsOfAPartitionCreatedAgainFailTheCheckpoint() {
    try (ReplacedPartitions replaced = new ReplacedPartitions(scan())) {
      // Given
      replaced.begun(begun);
      replaced.requireNone(List.of(split(6)));

      // When
      table.drop("a");
      table.add("a");

      // Then: also the next one, should the job bear a failed one
      for (int checkpoint = 0; checkpoint < 2; checkpoint++) {
        assertThatThrownBy(() -> replaced.requireNone(List.of(split(7))))
            .isInstanceOf(FlussException.class)
            .hasMessageContaining("Partition dt=a of table '" + table.table().path() + "'")
            .hasMessageContaining("was dropped and created again while it was read")
            .hasMessageContaining("and had " + partition.topicId());
      }
    }
  }

  @Test
  void aSplitOfWhichNothingWasReadPasses() {
    try (ReplacedPartitions replaced = new ReplacedPartitions(scan())) {
      // Given: restored, and not told yet that its partition is another one
      replaced.begun(begun);

      // When
      table.drop("a");
      table.add("a");

      // Then
      assertThatCode(() -> replaced.requireNone(List.of(begun))).doesNotThrowAnyException();
    }
  }

  @Test
  void aDroppedPartitionPasses() {
    try (ReplacedPartitions replaced = new ReplacedPartitions(scan())) {
      // Given
      replaced.begun(begun);

      // When
      table.drop("a");

      // Then
      assertThatCode(() -> replaced.requireNone(List.of(split(6)))).doesNotThrowAnyException();
    }
  }

  private LogSplit split(long offset) {
    return new LogSplit(
        new TableBucket(partition.topic(), partition.topicId(), "dt=a", 0),
        LogPosition.at(offset),
        null,
        0);
  }

  private LogScan scan() {
    return new LogScan(
        table.table(),
        table.client(),
        Selection.all(table.table().rowType()),
        StartingOffsets.earliest(),
        StoppingOffsets.never(),
        null);
  }
}
