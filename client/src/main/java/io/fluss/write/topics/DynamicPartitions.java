package io.fluss.write.topics;

import io.fluss.FlussException;
import io.fluss.admin.TableAdmin;
import io.fluss.admin.TableNotFoundException;
import io.fluss.kafka.Backoff;
import io.fluss.options.TableOptions;
import io.fluss.options.WriterOptions;
import io.fluss.partition.AutoPartitioning;
import io.fluss.partition.Partition;
import io.fluss.partition.PartitionKeys;
import io.fluss.partition.PartitionName;
import io.fluss.read.LogTopics;
import io.fluss.table.TableInfo;
import io.fluss.write.PartitionSource;
import io.fluss.write.WriteFailedException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.flink.api.common.time.Deadline;
import org.apache.kafka.common.TopicPartition;

/**
 * The partitions that a writer needs: looked up, and created where they are missing and may be.
 * Writers that create the same one at the same time get the same one.
 *
 * <p>A listing answers for a second, so many partitions that are there cost few requests. Topics
 * are listed by name: one counts only where the table's record was still there after the listing,
 * so that it is not of a new table of the name, and where it was created for the table. One is
 * handed out once its leaders take records, see {@link WriterTopics}. The connections stay with the
 * caller. Thread-safe.
 */
final class DynamicPartitions implements PartitionSource {

  private static final Duration LISTING_HOLDS = Duration.ofSeconds(1);

  /** A broker may know a topic that was just created only after a moment. */
  private static final Duration BROKER_DELAY = Duration.ofSeconds(3);

  private final TableInfo table;
  private final PartitionKeys keys;
  private final Optional<AutoPartitioning> auto;
  private final TableAdmin admin;
  private final LogTopics log;
  private final boolean creates;
  private final Clock clock;

  private Map<PartitionName, Partition> listed = Map.of();
  private Deadline listingEnds = Deadline.now();

  /** Whether the table's record was seen after the listing. */
  private boolean listedOfTable;

  /**
   * @param table the whole table, partitioned
   * @param creates whether partitions that are missing are created
   * @param clock tells which partitions of a table with auto partitions are too old
   */
  DynamicPartitions(
      TableInfo table, TableAdmin admin, LogTopics log, boolean creates, Clock clock) {
    this.table = table;
    this.keys = PartitionKeys.of(table);
    this.auto = AutoPartitioning.of(table);
    this.admin = admin;
    this.log = log;
    this.creates = creates;
    this.clock = clock;
  }

  /**
   * @throws WriteFailedException where the table is gone
   * @throws io.fluss.topic.TopicConflictException where a topic was not created for the table
   * @throws FlussException where one is missing and not created, for whichever reason
   */
  @Override
  public synchronized Map<PartitionName, Partition> require(Collection<PartitionName> names) {
    if (!recent().keySet().containsAll(names)) {
      list();
    }
    Deadline patience = Deadline.fromNow(BROKER_DELAY);
    Backoff backoff = new Backoff();
    Optional<FlussException> refusal = refusal(names);
    while (refusal.isPresent() && patience.hasTimeLeft()) {
      backoff.pause();
      list();
      refusal = refusal(names);
    }
    if (refusal.isPresent()) {
      throw refusal.get();
    }
    Map<PartitionName, Partition> found = new HashMap<>();
    List<PartitionName> missing = missing(names);
    if (!missing.isEmpty()) {
      found.putAll(create(missing));
      listingEnds = Deadline.now();
    }
    List<Partition> there =
        names.stream().flatMap(name -> Optional.ofNullable(listed.get(name)).stream()).toList();
    requireOwn(there);
    there.forEach(partition -> found.put(partition.name(), partition));
    awaitLeaders(found.values());
    return found;
  }

  /** One question for all: leaders answer it as soon as they take records. */
  private void awaitLeaders(Collection<Partition> partitions) {
    List<TopicPartition> buckets = new ArrayList<>();
    for (Partition partition : partitions) {
      for (int bucket = 0; bucket < table.buckets(); bucket++) {
        buckets.add(new TopicPartition(partition.topic(), bucket));
      }
    }
    log.awaitLeaders(buckets);
  }

  private Map<PartitionName, Partition> create(List<PartitionName> missing) {
    try {
      return admin.createPartitions(table, missing);
    } catch (TableNotFoundException e) {
      throw DroppedTable.failure(table);
    }
  }

  private void requireOwn(List<Partition> partitions) {
    if (partitions.isEmpty()) {
      return;
    }
    if (!listedOfTable) {
      DroppedTable.failure(table, admin)
          .ifPresent(
              failure -> {
                throw failure;
              });
      listedOfTable = true;
    }
    admin.requireOwnPartitions(table, partitions);
  }

  @Override
  public synchronized Optional<Partition> find(PartitionName name) {
    Optional<Partition> found = Optional.ofNullable(recent().get(name));
    requireOwn(found.stream().toList());
    awaitLeaders(found.stream().toList());
    return found;
  }

  private Map<PartitionName, Partition> recent() {
    if (listingEnds.isOverdue()) {
      list();
    }
    return listed;
  }

  private void list() {
    listed =
        admin.listPartitions(table).stream()
            .collect(Collectors.toMap(Partition::name, Function.identity()));
    listedOfTable = false;
    listingEnds = Deadline.fromNow(LISTING_HOLDS);
  }

  private List<PartitionName> missing(Collection<PartitionName> names) {
    return names.stream().filter(name -> !listed.containsKey(name)).toList();
  }

  /** Why one that is missing is not created. */
  private Optional<FlussException> refusal(Collection<PartitionName> names) {
    return missing(names).stream().flatMap(name -> refusal(name).stream()).findFirst();
  }

  private Optional<FlussException> refusal(PartitionName name) {
    if (!creates) {
      return Optional.of(
          refused(
              name,
              "it does not exist, and '"
                  + WriterOptions.DYNAMIC_CREATE_PARTITION.key()
                  + "' is 'false'. Create it with ALTER TABLE ... ADD PARTITION, set the option to"
                  + " 'true', or filter such rows out."));
    }
    return auto.flatMap(a -> a.problem(name, clock.instant()))
        .map(
            problem ->
                refused(
                    name,
                    "it does not exist and is not created, since "
                        + problem
                        + ". "
                        + advice(name)));
  }

  /** A partition that is too old is dropped again soon, whoever creates it. */
  private String advice(PartitionName name) {
    return auto.filter(a -> a.isExpired(name, clock.instant())).isPresent()
        ? "Filter such rows out, or use a table with a larger '"
            + TableOptions.AUTO_PARTITION_NUM_RETENTION.key()
            + "'."
        : "Filter such rows out, or create the partition with ALTER TABLE ... ADD PARTITION.";
  }

  private FlussException refused(PartitionName name, String reason) {
    return new FlussException(
        "Cannot write to partition "
            + keys.show(name)
            + " of table '"
            + table.path()
            + "': "
            + reason);
  }
}
