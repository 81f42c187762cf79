package io.fluss.write.topics;

import io.fluss.FlussException;
import io.fluss.admin.TableAdmin;
import io.fluss.kafka.ClientConfig;
import io.fluss.table.TableInfo;
import io.fluss.write.RowTopics;
import io.fluss.write.TopicLimits;
import io.fluss.write.WriteFailedException;
import io.fluss.write.WriterConfig;
import java.util.Optional;
import org.apache.flink.table.types.logical.RowType;

/**
 * The topics of a table as one writer of it knows them: the table's own, or those of its
 * partitions. Whoever opens it closes it, after the writer.
 *
 * <p>The writer's thread, but for {@link #check}.
 *
 * <p><b>Nothing is sent to a topic before the leaders of all its buckets take records.</b> Of
 * several batches on their way to a bucket that has no leader yet, a broker may refuse the first
 * and take the second: having nothing of this producer, it takes any sequence number to begin with.
 * From then on it refuses the first for good, so the write fails after Kafka's delivery timeout, or
 * batches change places. Where a leader has answered once, that cannot be.
 */
public sealed interface WriterTopics extends AutoCloseable permits OwnTopic, PartitionTopics {

  /**
   * Connects and asks for what every topic takes.
   *
   * @param table the whole table
   * @param rows type of the rows that will come
   * @throws WriteFailedException where the table's topic is missing or is not the table's
   * @throws FlussException where the brokers do not answer
   */
  static WriterTopics open(TableInfo table, ClientConfig client, WriterConfig config, RowType rows)
      throws InterruptedException {
    return table.isPartitioned()
        ? PartitionTopics.open(table, client, config, rows)
        : OwnTopic.open(table, client);
  }

  /**
   * As {@link #open}, over a connection that others use as well.
   *
   * @param admin stays the caller's
   */
  static WriterTopics sharing(TableInfo table, TableAdmin admin, WriterConfig config, RowType rows)
      throws InterruptedException {
    return table.isPartitioned()
        ? PartitionTopics.sharing(table, admin, config, rows)
        : OwnTopic.sharing(table, admin);
  }

  /** What each topic takes. */
  TopicLimits limits();

  /** Which topic each row goes to. */
  RowTopics rows();

  /**
   * Asks the brokers whether the topics are still the table's; one request, a few more where
   * something is wrong. A Kafka producer goes on in whatever topic has the name, and with {@code
   * auto.create.topics.enable} even brings it back. Any thread, one at a time.
   *
   * @return what the writer's thread has to take note of; empty where all is as it was
   * @throws FlussException where the brokers do not answer
   */
  Optional<TopicChange> check();

  @Override
  void close();
}
