package io.fluss.write;

import io.fluss.FlussException;
import io.fluss.acl.MissingRight;
import io.fluss.acl.Operation;
import io.fluss.kafka.ClientConfig;
import io.fluss.table.TableInfo;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;

/**
 * Removes records from the beginning of a log table's log. Not for primary-key tables: what is
 * removed so stays in every fold that has read it, and compacted topics refuse.
 */
public final class LogTruncation {

  private static final long TO_THE_END = -1;
  private static final long TIMEOUT_SECONDS = 60;

  private LogTruncation() {}

  /**
   * Removes all that is in the log.
   *
   * @param topics of the table
   * @throws FlussException where the brokers do not
   */
  public static void deleteAll(TableInfo table, Collection<String> topics, ClientConfig client) {
    Map<TopicPartition, Long> ends = new HashMap<>();
    for (String topic : topics) {
      for (int bucket = 0; bucket < table.buckets(); bucket++) {
        ends.put(new TopicPartition(topic, bucket), TO_THE_END);
      }
    }
    deleteBefore(table, client, ends);
  }

  /**
   * Removes what lies before these offsets, by topic and bucket; what is gone already is fine.
   *
   * @throws FlussException where the brokers do not
   */
  public static void deleteBefore(
      TableInfo table, ClientConfig client, Map<TopicPartition, Long> ends) {
    Map<TopicPartition, RecordsToDelete> deletions = new HashMap<>();
    ends.forEach((bucket, end) -> deletions.put(bucket, RecordsToDelete.beforeOffset(end)));
    Map<String, Object> properties = client.toKafka();
    properties.remove(AdminClientConfig.CLIENT_ID_CONFIG);
    try (Admin admin = client.open(() -> Admin.create(properties))) {
      admin.deleteRecords(deletions).all().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw failed(table, client, e.getCause());
    } catch (TimeoutException e) {
      throw failed(table, client, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(table, client, e);
    }
  }

  private static FlussException failed(TableInfo table, ClientConfig client, Throwable cause) {
    return new FlussException(
        "Cannot truncate table '"
            + table.path()
            + "': "
            + MissingRight.explain(client, Operation.DROP, table.path(), cause),
        cause);
  }
}
