package io.fluss.write.topics;

import io.fluss.FlussException;
import io.fluss.admin.TableAdmin;
import io.fluss.kafka.Backoff;
import io.fluss.options.WriterOptions;
import io.fluss.partition.AutoPartitioning;
import io.fluss.partition.Partition;
import io.fluss.partition.PartitionKeys;
import io.fluss.partition.PartitionName;
import io.fluss.table.TableInfo;
import io.fluss.write.PartitionSource;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.flink.api.common.time.Deadline;

/**
 * The partitions that a writer needs: looked up, and created where they are missing and may be.
 * Writers that create the same one at the same time get the same one.
 *
 * <p>A listing answers for a second, so many partitions that are there cost few requests. The
 * connection stays with the caller. Thread-safe.
 */
final class DynamicPartitions implements PartitionSource {

  private static final Duration LISTING_HOLDS = Duration.ofSeconds(1);

  /** A broker may know a topic that was just created only after a moment. */
  private static final Duration BROKER_DELAY = Duration.ofSeconds(3);

  private final TableInfo table;
  private final PartitionKeys keys;
  private final Optional<AutoPartitioning> auto;
  private final TableAdmin admin;
  private final boolean creates;
  private final Clock clock;

  private Map<PartitionName, Partition> listed = Map.of();
  private Deadline listingEnds = Deadline.now();

  /**
   * @param table the whole table, partitioned
   * @param creates whether partitions that are missing are created
   * @param clock tells which partitions of a table with auto partitions are too old
   */
  DynamicPartitions(TableInfo table, TableAdmin admin, boolean creates, Clock clock) {
    this.table = table;
    this.keys = PartitionKeys.of(table);
    this.auto = AutoPartitioning.of(table);
    this.admin = admin;
    this.creates = creates;
    this.clock = clock;
  }

  /**
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
      found.putAll(admin.createPartitions(table, missing));
      listingEnds = Deadline.now();
    }
    names.forEach(name -> found.computeIfAbsent(name, n -> Objects.requireNonNull(listed.get(n))));
    return found;
  }

  @Override
  public synchronized Optional<Partition> find(PartitionName name) {
    return Optional.ofNullable(recent().get(name));
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
                        + ". Filter such rows out, or create the partition with ALTER TABLE ... ADD"
                        + " PARTITION."));
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
