package io.fluss.write.topics;

import io.fluss.admin.TableAdmin;
import io.fluss.kafka.ClientConfig;
import io.fluss.read.LogGoneException;
import io.fluss.read.LogTopic;
import io.fluss.table.TableInfo;
import io.fluss.write.RowTopics;
import io.fluss.write.TopicLimits;
import io.fluss.write.WriteFailedException;
import java.util.Optional;

/** The one topic of a table without partitions. */
final class OwnTopic implements WriterTopics {

  private final TableInfo table;
  private final LogTopic topic;
  private final TopicLimits limits;
  private final RowTopics rows;

  private OwnTopic(TableInfo table, LogTopic topic, TopicLimits limits) {
    this.table = table;
    this.topic = topic;
    this.limits = limits;
    this.rows = RowTopics.of(table);
  }

  /** Asks for what the topic takes. */
  @FunctionalInterface
  private interface Limits {
    TopicLimits ask() throws InterruptedException;
  }

  static OwnTopic open(TableInfo table, ClientConfig client) throws InterruptedException {
    return open(table, LogTopic.open(table, client), () -> TopicLimits.ofTopic(table, client));
  }

  static OwnTopic sharing(TableInfo table, TableAdmin admin) throws InterruptedException {
    return open(table, LogTopic.of(table, admin.log(table)), () -> admin.limits(table));
  }

  private static OwnTopic open(TableInfo table, LogTopic topic, Limits limits)
      throws InterruptedException {
    try {
      topic.awaitLeaders();
      return new OwnTopic(table, topic, limits.ask());
    } catch (LogGoneException e) {
      topic.close();
      throw new WriteFailedException(
          "Cannot write to table '" + table.path() + "': " + e.getMessage(), e);
    } catch (InterruptedException | RuntimeException e) {
      topic.close();
      throw e;
    }
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
    try {
      topic.buckets();
      return Optional.empty();
    } catch (LogGoneException e) {
      return Optional.of(
          new Gone("Cannot go on writing to table '" + table.path() + "': " + e.getMessage(), e));
    }
  }

  private record Gone(String message, LogGoneException cause) implements TopicChange {
    @Override
    public void apply() {
      throw new WriteFailedException(message, cause);
    }

    @Override
    public Optional<WriteFailedException> failure() {
      return Optional.of(new WriteFailedException(message, cause));
    }
  }

  @Override
  public void close() {
    topic.close();
  }
}
