package io.fluss.lookup;

import io.fluss.admin.TableAdmin;
import io.fluss.kafka.ClientConfig;
import io.fluss.partition.Partition;
import io.fluss.partition.PartitionName;
import io.fluss.read.LogGoneException;
import io.fluss.table.TableInfo;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.annotation.Nullable;

/**
 * The partitions that a followed table has, as far as somebody asked for them. A partition that is
 * not known is looked for in a listing that is less than {@link #LONGEST_UNKNOWN} old, one for all
 * partitions. Thread-safe; who asks may wait for the brokers.
 */
final class KnownPartitions implements AutoCloseable {

  /** How long a partition may be there before lookups find it, and how often brokers are asked. */
  static final Duration LONGEST_UNKNOWN = Duration.ofSeconds(1);

  private static final Duration BROKER_DELAY = Duration.ofSeconds(10);

  private final TableInfo table;
  private final ClientConfig client;

  /**
   * When topics went, by id. A broker may list them for a moment longer; what is listed after that
   * was there all the time, and a broker had not known.
   */
  private final Map<String, Long> goneAtNanos = new HashMap<>();

  private Map<PartitionName, Partition> known = new HashMap<>();
  @Nullable private TableAdmin admin;
  private long listedAtNanos;
  private boolean closed;

  KnownPartitions(TableInfo table, ClientConfig client) {
    this.table = table;
    this.client = client;
  }

  /**
   * The partition, null where there is none.
   *
   * @throws LogGoneException where the table is gone
   */
  @Nullable
  synchronized Partition find(PartitionName name) {
    Partition found = known.get(name);
    if (found == null && !isListedJustNow() && !closed) {
      list();
      found = known.get(name);
    }
    return found;
  }

  private boolean isListedJustNow() {
    return admin != null && System.nanoTime() - listedAtNanos < LONGEST_UNKNOWN.toNanos();
  }

  private void list() {
    if (admin == null) {
      admin = TableAdmin.connect(client);
    }
    if (admin.refresh(table).isEmpty()) {
      throw LogGoneException.dropped(table);
    }
    goneAtNanos.values().removeIf(goneAt -> System.nanoTime() - goneAt > BROKER_DELAY.toNanos());
    Map<PartitionName, Partition> listed = new HashMap<>();
    admin.listPartitions(table).stream()
        .filter(p -> !goneAtNanos.containsKey(p.topicId()))
        .forEach(p -> listed.put(p.name(), p));
    known = listed;
    listedAtNanos = System.nanoTime();
  }

  /** Ids of the topics that the table has now, its own or those of its partitions. */
  synchronized Set<String> topicIds() {
    if (!table.isPartitioned()) {
      return Set.of(String.valueOf(table.topicId()));
    }
    list();
    return known.values().stream().map(Partition::topicId).collect(Collectors.toSet());
  }

  /** This topic is no partition any more, even if a broker still says so. */
  synchronized void gone(String topicId) {
    goneAtNanos.put(topicId, System.nanoTime());
    known.values().removeIf(p -> p.topicId().equals(topicId));
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (admin != null) {
      admin.close();
    }
  }
}
