package io.fluss.write;

import io.fluss.FlussException;
import io.fluss.kafka.ClientConfig;
import io.fluss.table.TableInfo;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a topic takes.
 *
 * @param maxMessageBytes the topic's {@code max.message.bytes}: largest Kafka batch, framing
 *     included
 */
public record TopicLimits(int maxMessageBytes) {

  /** Kafka's default, for topics whose setting we may not read. */
  public static final TopicLimits DEFAULT = new TopicLimits(1024 * 1024 + 12);

  private static final Logger LOG = LoggerFactory.getLogger(TopicLimits.class);

  /**
   * Upper bound of what Kafka adds to header and value of a record that is alone in its batch: 61
   * bytes of batch, up to 21 of record, lengths of value, header and its key.
   */
  private static final int FRAMING_BYTES = 128;

  private static final long TIMEOUT_SECONDS = 60;

  /** Largest header and value of one record. */
  public long maxRecordBytes() {
    return (long) maxMessageBytes - FRAMING_BYTES;
  }

  /**
   * Asks the brokers, once; takes {@link #DEFAULT} where that is not permitted.
   *
   * @throws FlussException where they do not answer
   */
  public static TopicLimits ofTopic(TableInfo table, ClientConfig client)
      throws InterruptedException {
    try (Admin admin = client.open(() -> Admin.create(client.toKafka()))) {
      return ofTopic(table, client, admin);
    }
  }

  /**
   * As {@link #ofTopic(TableInfo, ClientConfig)}, over a connection that is there.
   *
   * @param admin of this client
   */
  public static TopicLimits ofTopic(TableInfo table, ClientConfig client, Admin admin)
      throws InterruptedException {
    ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, table.topic());
    try {
      Map<ConfigResource, Config> configs =
          admin.describeConfigs(List.of(topic)).all().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      return new TopicLimits(
          Integer.parseInt(configs.get(topic).get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG).value()));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AuthorizationException
          || e.getCause() instanceof UnsupportedVersionException) {
        LOG.info(
            "Cannot read 'max.message.bytes' of topic '{}' ({}); taking Kafka's default of {}.",
            table.topic(),
            e.getCause().getMessage(),
            DEFAULT.maxMessageBytes);
        return DEFAULT;
      }
      throw unreadable(table, client, e.getCause());
    } catch (TimeoutException e) {
      throw unreadable(table, client, e);
    }
  }

  private static FlussException unreadable(TableInfo table, ClientConfig client, Throwable cause) {
    return new FlussException(
        "Cannot write to table '"
            + table.path()
            + "': the brokers do not describe its topic '"
            + table.topic()
            + "': "
            + client.explain(cause),
        cause);
  }
}
