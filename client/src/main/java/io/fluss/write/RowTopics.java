package io.fluss.write;

import io.fluss.FlussException;
import io.fluss.partition.Partition;
import io.fluss.partition.PartitionKeys;
import io.fluss.partition.PartitionName;
import io.fluss.table.TableInfo;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.annotation.Nullable;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;

/**
 * The topics that one writer's rows go to, by number: the one of its table, or those of the
 * partitions that rows have come for.
 *
 * <p>A row's number needs no partition to be there; the name of the topic does, and waits for it.
 *
 * <p><b>Partitions that are dropped.</b> Kafka's producer does not notice it where a topic of the
 * same name comes back. So somebody else asks the brokers again and again ({@link #beginCheck},
 * {@link #forget}). A partition that is gone and was used since the check before the last began may
 * have lost rows that were written after it was dropped: the writer fails. One that was not used
 * since is forgotten, and looked up anew should a row come for it; all its rows were written before
 * it was dropped.
 *
 * <p>The writer's thread, but for {@link #beginCheck} and {@link #lost}.
 */
public final class RowTopics implements AutoCloseable {

  private final TableInfo table;
  @Nullable private final PartitionRouter router;
  @Nullable private final PartitionSource source;
  @Nullable private final PartitionQueue queue;

  /** By number. Changed by the writer's thread, and only while it holds the lock. */
  private final List<Topic> topics = new ArrayList<>();

  /** Counts checks; the current number is that of the last one that has begun. */
  private volatile int check;

  /** Of a transactional writer, see {@link #transactional}. */
  private volatile int usedUntilCommit = Integer.MAX_VALUE;

  private int checkAtFlush = Integer.MAX_VALUE;

  private RowTopics(
      TableInfo table, @Nullable PartitionRouter router, @Nullable PartitionSource source) {
    this.table = table;
    this.router = router;
    this.source = source;
    this.queue =
        source == null ? null : new PartitionQueue("fluss-partitions " + table.topic(), source);
  }

  /** Of a table that has a topic of its own. */
  public static RowTopics of(TableInfo table) {
    return new RowTopics(table, null, null);
  }

  /**
   * Of a partitioned table.
   *
   * @param rows type of the rows, which have the partition keys
   * @param source finds or creates the partitions
   */
  public static RowTopics of(TableInfo table, RowType rows, PartitionSource source) {
    return new RowTopics(table, new PartitionRouter(table, rows), source);
  }

  /**
   * The same for a writer whose rows count only with a commit after the flush: a partition is in
   * use until the commit after the flush after its last row, which is done by the next flush.
   */
  public RowTopics transactional() {
    usedUntilCommit = 0;
    checkAtFlush = 0;
    return this;
  }

  /**
   * The number of a row's topic.
   *
   * @throws FlussException where a partition value is null or cannot be one
   */
  public int number(RowData row) {
    return router == null ? 0 : router.partition(row);
  }

  /** Begins to ask for a topic, so that {@link #name} need not wait for long. */
  public void ask(int number) {
    if (queue != null && topic(number).partition == null) {
      queue.ask(topic(number).name());
    }
  }

  /** Whether {@link #name} would not wait; asks for the topic where nobody did. */
  public boolean isAnswered(int number) {
    ask(number);
    return queue == null
        || topic(number).partition != null
        || queue.isAnswered(topic(number).name());
  }

  /**
   * The topic's name, for rows that are sent now; waits until the topic is there.
   *
   * @throws FlussException where it is not there and is not created
   */
  public String name(int number) throws InterruptedException {
    if (queue == null) {
      return table.topic();
    }
    Topic topic = topic(number);
    if (topic.partition == null) {
      topic.partition = queue.take(topic.name());
    }
    return use(topic);
  }

  /** As {@link #name}, where the topic is there; nothing is created. */
  @Nullable
  public String nameIfThere(int number) throws InterruptedException {
    if (queue == null || source == null) {
      return table.topic();
    }
    Topic topic = topic(number);
    if (topic.partition == null) {
      topic.partition =
          queue.isAsked(topic.name())
              ? queue.take(topic.name())
              : source.find(topic.name()).orElse(null);
    }
    return topic.partition == null ? null : use(topic);
  }

  private String use(Topic topic) {
    int now = check;
    if (topic.usedAtCheck != now) {
      topic.usedAtCheck = now;
    }
    return Objects.requireNonNull(topic.partition).topic();
  }

  private Topic topic(int number) {
    return number < topics.size() ? topics.get(number) : add(number);
  }

  private synchronized Topic add(int number) {
    for (int i = topics.size(); i <= number; i++) {
      topics.add(new Topic(Objects.requireNonNull(router).name(i)));
    }
    return topics.get(number);
  }

  /** Tells that all rows so far are in the log. */
  public void flushed() {
    if (checkAtFlush != Integer.MAX_VALUE) {
      usedUntilCommit = checkAtFlush;
      checkAtFlush = check;
    }
  }

  // ---------------------------------------------------------------------------------- checks

  /**
   * A look at whether the partitions are still there.
   *
   * @param number counts them
   * @param inUse partitions that the writer had when it began
   */
  public record Check(int number, List<Partition> inUse) {

    public Check {
      inUse = List.copyOf(inUse);
    }

    /** Those in use that are not among the ones that are there. */
    public List<Partition> missing(Collection<Partition> there) {
      Set<String> ids = there.stream().map(Partition::topicId).collect(Collectors.toSet());
      return inUse.stream().filter(partition -> !ids.contains(partition.topicId())).toList();
    }
  }

  /** Begins to check whether the partitions are still there; one check at a time. */
  public synchronized Check beginCheck() {
    int number = check + 1;
    check = number;
    return new Check(
        number,
        topics.stream().flatMap(topic -> Optional.ofNullable(topic.partition).stream()).toList());
  }

  /**
   * Forgets partitions that a check has found to be gone.
   *
   * @throws WriteFailedException where rows may have been lost with one
   */
  public void forget(Check thatFound, Collection<Partition> gone) {
    Optional<WriteFailedException> loss = lost(thatFound, gone);
    if (loss.isPresent()) {
      throw loss.get();
    }
    topics.stream().filter(topic -> isOneOf(gone, topic)).forEach(topic -> topic.partition = null);
  }

  /** The failure of a writer that may have lost rows with partitions that are gone. */
  public synchronized Optional<WriteFailedException> lost(
      Check thatFound, Collection<Partition> gone) {
    int inUseFrom = Math.min(thatFound.number() - 1, usedUntilCommit);
    return topics.stream()
        .filter(topic -> isOneOf(gone, topic) && topic.usedAtCheck >= inUseFrom)
        .map(topic -> lost(Objects.requireNonNull(topic.partition)))
        .findFirst();
  }

  private static boolean isOneOf(Collection<Partition> gone, Topic topic) {
    Partition partition = topic.partition;
    return partition != null && gone.contains(partition);
  }

  private WriteFailedException lost(Partition partition) {
    return new WriteFailedException(
        "Cannot go on writing to table '"
            + table.path()
            + "': its partition "
            + PartitionKeys.of(table).show(partition.name())
            + " was dropped while rows were written to it (topic '"
            + partition.topic()
            + "' with id "
            + partition.topicId()
            + " is gone), so rows may be missing. A job that restarts writes the rows since its"
            + " last checkpoint again, to a new partition; those before were dropped with the old"
            + " one.");
  }

  /** Gives up topics that are asked for. */
  @Override
  public void close() {
    if (queue != null) {
      queue.close();
    }
  }

  /** One partition; what it is in is known once it is needed. */
  private static final class Topic {

    private final PartitionName name;
    @Nullable private volatile Partition partition;
    private volatile int usedAtCheck;

    Topic(PartitionName name) {
      this.name = name;
    }

    PartitionName name() {
      return name;
    }
  }
}
