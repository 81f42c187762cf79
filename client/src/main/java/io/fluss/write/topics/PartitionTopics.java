package io.fluss.write.topics;

import io.fluss.admin.TableAdmin;
import io.fluss.kafka.Backoff;
import io.fluss.kafka.ClientConfig;
import io.fluss.partition.Partition;
import io.fluss.read.LogTopics;
import io.fluss.table.TableInfo;
import io.fluss.write.RowTopics;
import io.fluss.write.TopicLimits;
import io.fluss.write.WriteFailedException;
import io.fluss.write.WriterConfig;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.flink.api.common.time.Deadline;
import org.apache.flink.table.types.logical.RowType;

/**
 * The topics of a table's partitions. All are made alike, so one of them, or one that is not
 * created, tells what each takes.
 */
final class PartitionTopics implements WriterTopics {

  /** A broker may know a topic that was just created only after a moment. */
  private static final Duration BROKER_DELAY = Duration.ofSeconds(3);

  private final TableInfo table;
  private final TableAdmin admin;
  private final Runnable closeConnections;
  private final TopicLimits limits;
  private final RowTopics rows;

  private PartitionTopics(
      TableInfo table,
      TableAdmin admin,
      Runnable closeConnections,
      TopicLimits limits,
      RowTopics rows) {
    this.table = table;
    this.admin = admin;
    this.closeConnections = closeConnections;
    this.limits = limits;
    this.rows = rows;
  }

  static PartitionTopics open(
      TableInfo table, ClientConfig client, WriterConfig config, RowType rows)
      throws InterruptedException {
    TableAdmin admin = TableAdmin.connect(client);
    LogTopics log = LogTopics.open(table, client);
    Runnable close =
        () -> {
          log.close();
          admin.close();
        };
    try {
      return open(table, admin, log, close, config, rows);
    } catch (InterruptedException | RuntimeException e) {
      close.run();
      throw e;
    }
  }

  static PartitionTopics sharing(
      TableInfo table, TableAdmin admin, WriterConfig config, RowType rows)
      throws InterruptedException {
    return open(table, admin, admin.log(table), () -> {}, config, rows);
  }

  private static PartitionTopics open(
      TableInfo table,
      TableAdmin admin,
      LogTopics log,
      Runnable close,
      WriterConfig config,
      RowType rows)
      throws InterruptedException {
    DynamicPartitions source =
        new DynamicPartitions(table, admin, log, config.createsPartitions(), Clock.systemUTC());
    TopicLimits limits = limits(table, admin);
    Optional<WriteFailedException> dropped = DroppedTable.failure(table, admin);
    if (dropped.isPresent()) {
      throw dropped.get();
    }
    return new PartitionTopics(table, admin, close, limits, RowTopics.of(table, rows, source));
  }

  private static TopicLimits limits(TableInfo table, TableAdmin admin) throws InterruptedException {
    List<Partition> partitions = admin.listPartitions(table);
    if (!partitions.isEmpty()) {
      Partition newest = partitions.get(partitions.size() - 1);
      return admin.limits(newest.of(table));
    }
    OptionalInt ofNew = admin.maxMessageBytesOfNewPartitions(table);
    return ofNew.isPresent() ? new TopicLimits(ofNew.getAsInt()) : TopicLimits.DEFAULT;
  }

  @Override
  public TopicLimits limits() {
    return limits;
  }

  @Override
  public RowTopics rows() {
    return rows;
  }

  @Override
  public Optional<TopicChange> check() {
    RowTopics.Check check = rows.beginCheck();
    List<Partition> missing =
        check.inUse().isEmpty() ? List.of() : check.missing(admin.listPartitions(table));
    Optional<WriteFailedException> dropped = DroppedTable.failure(table, admin);
    if (dropped.isPresent()) {
      return Optional.of(new DroppedTable(dropped.get()));
    }
    Deadline patience = Deadline.fromNow(BROKER_DELAY);
    Backoff backoff = new Backoff();
    while (!missing.isEmpty() && patience.hasTimeLeft()) {
      backoff.pause();
      missing = check.missing(admin.listPartitions(table));
    }
    List<Partition> gone = missing;
    return gone.isEmpty() ? Optional.empty() : Optional.of(new Dropped(rows, check, gone));
  }

  private record Dropped(RowTopics rows, RowTopics.Check check, List<Partition> partitions)
      implements TopicChange {
    @Override
    public void apply() {
      rows.forget(check, partitions);
    }

    @Override
    public Optional<WriteFailedException> failure() {
      return rows.lost(check, partitions);
    }
  }

  @Override
  public void close() {
    rows.close();
    closeConnections.run();
  }
}
