package io.fluss.source.reader;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluss.FlussException;
import io.fluss.admin.TableDescriptor;
import io.fluss.partition.Partition;
import io.fluss.read.LogGoneException;
import io.fluss.read.LogPosition;
import io.fluss.read.LogScan;
import io.fluss.read.Selection;
import io.fluss.read.StartingOffsets;
import io.fluss.read.StoppingOffsets;
import io.fluss.source.split.LogSplit;
import io.fluss.source.split.TableBucket;
import io.fluss.testkit.kafka.SharedKafka;
import io.fluss.testkit.keyed.KeyedTableFixture;
import io.fluss.testkit.partition.PartitionedTableFixture;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.api.Test;

/** Bounded reads that take too long to be exact, or whose topic goes. */
class BucketPollerTest {

  private static final long BEGUN = 1_700_000_000_000L;

  @Test
  void refusesRowsThatWereReadLaterThanReplacedOnesAreKept() {
    try (KeyedTableFixture table =
        KeyedTableFixture.create(
            SharedKafka.kafka(),
            "t",
            TableDescriptor.builder()
                .column("id", new BigIntType(false))
                .primaryKey(List.of("id"))
                .build())) {
      // Given: an hour is what a table gets by default
      LogScan scan =
          new LogScan(
              table.table(),
              table.client(),
              Selection.all(table.table().rowType()),
              StartingOffsets.earliest(),
              StoppingOffsets.latest(),
              null);
      LogSplit split =
          new LogSplit(
              new TableBucket(table.table().topic(), null, null, 0), LogPosition.at(0), 0L, BEGUN);

      // When // Then
      try (BucketPoller poller = poller(scan, split, Duration.ofMinutes(59))) {
        assertThatCode(() -> poller.requireNothingReplaced(split)).doesNotThrowAnyException();
      }
      try (BucketPoller poller = poller(scan, split, Duration.ofMinutes(61))) {
        assertThatThrownBy(() -> poller.requireNothingReplaced(split))
            .isInstanceOf(FlussException.class)
            .hasMessageContaining("Cannot answer from table '" + table.table().path() + "'")
            .hasMessageContaining("bucket 0 was read 61 min after the query began")
            .hasMessageContaining("for 1 h only ('min.compaction.lag.ms')");
      }
    }
  }

  private static BucketPoller poller(LogScan scan, LogSplit split, Duration later) {
    BucketPoller poller = new BucketPoller(scan, "test", () -> BEGUN + later.toMillis());
    poller.verify(List.of(split));
    return poller;
  }

  @Test
  void aBoundedReadOfADroppedPartitionEndsLoudly() {
    try (PartitionedTableFixture partitioned =
        PartitionedTableFixture.create(
            SharedKafka.kafka(),
            TableDescriptor.builder()
                .column("id", new BigIntType(false))
                .column("dt", new VarCharType(false, 10))
                .partitionKeys(List.of("dt"))
                .buckets(1)
                .build())) {
      // Given: a range whose end is not there yet
      Partition partition = partitioned.add("a");
      LogScan scan =
          new LogScan(
              partitioned.table(),
              partitioned.client(),
              Selection.all(partitioned.table().rowType()),
              StartingOffsets.earliest(),
              StoppingOffsets.latest(),
              null);
      TableBucket bucket = new TableBucket(partition.topic(), partition.topicId(), "dt=a", 0);
      AtomicLong now = new AtomicLong(BEGUN);
      try (BucketPoller poller = new BucketPoller(scan, "test", now::get)) {
        poller.begin(List.of(new LogSplit(bucket, LogPosition.at(0), 5L, BEGUN)));

        // When
        partitioned.drop("a");
        now.addAndGet(Duration.ofSeconds(11).toMillis());

        // Then
        assertThatThrownBy(poller::poll)
            .isInstanceOf(LogGoneException.class)
            .hasMessageContaining("topic '" + partition.topic() + "' does not exist")
            .hasMessageContaining("this partition of it was dropped");
      }
    }
  }

  @Test
  void aBoundedReadMayNotEndInAPartitionThatWasCreatedAgain() {
    try (PartitionedTableFixture partitioned =
        PartitionedTableFixture.create(
            SharedKafka.kafka(),
            TableDescriptor.builder()
                .column("id", new BigIntType(false))
                .column("dt", new VarCharType(false, 10))
                .partitionKeys(List.of("dt"))
                .buckets(1)
                .build())) {
      // Given: a time at which nobody looks by himself
      Partition partition = partitioned.add("a");
      LogScan scan =
          new LogScan(
              partitioned.table(),
              partitioned.client(),
              Selection.all(partitioned.table().rowType()),
              StartingOffsets.earliest(),
              StoppingOffsets.latest(),
              null);
      TableBucket bucket = new TableBucket(partition.topic(), partition.topicId(), "dt=a", 0);
      try (BucketPoller poller = new BucketPoller(scan, "test", () -> BEGUN)) {
        poller.begin(List.of(new LogSplit(bucket, LogPosition.at(0), 5L, BEGUN)));
        assertThatCode(() -> poller.requireStillThere(poller.cursors())).doesNotThrowAnyException();

        // When
        partitioned.drop("a");
        partitioned.add("a");

        // Then
        assertThatThrownBy(() -> poller.requireStillThere(poller.cursors()))
            .isInstanceOf(LogGoneException.class)
            .hasMessageContaining("Topic '" + partition.topic() + "'")
            .hasMessageContaining("is another one");
      }
    }
  }
}
