package io.fluss.upsert;

import io.fluss.FlussException;
import io.fluss.acl.MissingRight;
import io.fluss.acl.Operation;
import io.fluss.format.key.ColumnSets;
import io.fluss.format.row.ValueHeader;
import io.fluss.format.row.ValueKind;
import io.fluss.kafka.ClientConfig;
import io.fluss.read.LogConsumers;
import io.fluss.read.LogTopic;
import io.fluss.table.TableInfo;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.time.Deadline;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;

/**
 * Deletes every row that has a record in a range of the log, by reading the keys in it. Knows a
 * bounded number of keys at a time; a row that is met again after that is deleted again, which
 * changes nothing. One thread.
 */
final class RowTruncation {

  private static final Duration POLL = Duration.ofMillis(200);
  private static final int MAX_KEYS = 200_000;

  /** So long without progress, and the topic may be gone. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  /** The table, or one of its partitions. */
  private final TableInfo table;

  private final ClientConfig client;
  private final RowDeletes deletes;

  /** Keys of column set 0 of rows that may be there as far as read, and what they are made of. */
  private final Map<ByteBuffer, Found> keys = new LinkedHashMap<>();

  private enum Found {
    FULL_ROWS,
    UPDATES
  }

  RowTruncation(TableInfo table, ClientConfig client, RowDeletes deletes) {
    this.table = table;
    this.client = client;
    this.deletes = deletes;
  }

  /**
   * Deletes the rows that have records before these offsets, by bucket.
   *
   * @throws io.fluss.read.LogGoneException where the topic was dropped meanwhile
   */
  void deleteRowsBefore(Map<Integer, Long> ends) throws InterruptedException {
    Map<Integer, Long> starts;
    try (LogTopic topic = LogTopic.open(table, client)) {
      starts = topic.logStart(ends.keySet());
    }
    try (Consumer<byte[], byte[]> consumer = LogConsumers.open(client, "truncate")) {
      for (int bucket : ends.keySet()) {
        readKeys(consumer, bucket, starts.get(bucket), ends.get(bucket));
        deleteKeys(bucket);
      }
    }
  }

  private void readKeys(Consumer<byte[], byte[]> consumer, int bucket, long start, long end)
      throws InterruptedException {
    TopicPartition partition = new TopicPartition(table.topic(), bucket);
    consumer.assign(List.of(partition));
    consumer.seek(partition, start);
    long reached = start;
    Deadline patience = Deadline.fromNow(PATIENCE);
    while (consumer.position(partition) < end) {
      if (consumer.position(partition) > reached) {
        reached = consumer.position(partition);
        patience = Deadline.fromNow(PATIENCE);
      } else if (patience.isOverdue()) {
        requireTopic();
        patience = Deadline.fromNow(PATIENCE);
      }
      for (ConsumerRecord<byte[], byte[]> record : poll(consumer)) {
        if (record.offset() < end) {
          add(record);
        }
      }
      if (keys.size() >= MAX_KEYS) {
        deleteKeys(bucket);
      }
    }
  }

  private ConsumerRecords<byte[], byte[]> poll(Consumer<byte[], byte[]> consumer) {
    try {
      return consumer.poll(POLL);
    } catch (AuthorizationException e) {
      throw new FlussException(
          "Cannot find the rows to delete in table '"
              + table.path()
              + "': "
              + MissingRight.explain(client, Operation.READ, table.path(), e),
          e);
    }
  }

  /** A consumer does not tell that a topic is gone: it waits for it. */
  private void requireTopic() {
    try (LogTopic topic = LogTopic.open(table, client)) {
      topic.buckets();
    }
  }

  /**
   * A delete of the whole row has dealt with all column sets. Where it begins with a marker, that
   * tells it: an update may lie between it and the tombstone of the full row.
   */
  private void add(ConsumerRecord<byte[], byte[]> record) {
    byte[] columns = record.key().clone();
    columns[0] = ColumnSets.FULL_ROW;
    ByteBuffer key = ByteBuffer.wrap(columns);
    byte[] value = record.value();
    if (ColumnSets.of(record.key()) != ColumnSets.FULL_ROW) {
      if (value != null) {
        keys.put(key, Found.UPDATES);
      }
    } else if (value == null) {
      keys.remove(key, Found.FULL_ROWS);
    } else if (ValueHeader.kind(value) == ValueKind.DELETE) {
      // One that knew too few column sets may have left some of the updates.
      keys.remove(key, Found.FULL_ROWS);
    } else {
      keys.putIfAbsent(key, Found.FULL_ROWS);
    }
  }

  private void deleteKeys(int bucket) throws InterruptedException {
    for (ByteBuffer key : keys.keySet()) {
      deletes.delete(table.topic(), bucket, key.array());
    }
    keys.clear();
  }
}
