package io.fluss.client.scan;

import io.fluss.FlussException;
import io.fluss.acl.MissingRight;
import io.fluss.acl.Operation;
import io.fluss.client.shared.ClientContext;
import io.fluss.kafka.ClientConfig;
import io.fluss.read.LogConsumers;
import io.fluss.read.LogGapException;
import io.fluss.table.TableInfo;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/** The consumer of one scanner, with errors in our words. One thread, but for {@link #wakeup}. */
final class ReadConsumer implements AutoCloseable {

  /** Records of primary-key tables are single rows: Kafka's default of 500 would be few. */
  private static final String ROWS_PER_POLL = "10000";

  /** What a bounded read wants is there: a fetch that waits for more would hold up others. */
  private static final String BOUNDED_FETCH_WAIT_MILLIS = "10";

  private final TableInfo table;
  private final ClientConfig client;
  private final Consumer<byte[], byte[]> consumer;

  private ReadConsumer(TableInfo table, ClientConfig client) {
    this.table = table;
    this.client = client;
    this.consumer = LogConsumers.open(client, "scan-" + table.path());
  }

  static ReadConsumer open(TableInfo table, ClientContext context, boolean bounded) {
    ClientConfig client = context.reader(table);
    Map<String, String> properties = new HashMap<>(client.properties());
    if (table.hasPrimaryKey()) {
      properties.putIfAbsent(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, ROWS_PER_POLL);
    }
    if (bounded) {
      properties.putIfAbsent(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, BOUNDED_FETCH_WAIT_MILLIS);
    }
    return new ReadConsumer(table, new ClientConfig(client.bootstrapServers(), properties));
  }

  void assign(Collection<TopicPartition> buckets) {
    consumer.assign(buckets);
  }

  void seek(TopicPartition bucket, long offset) {
    consumer.seek(bucket, offset);
  }

  /** The offset behind all records that polls have brought, and behind what they passed over. */
  long position(TopicPartition bucket) {
    return uninterrupted(() -> consumer.position(bucket));
  }

  /**
   * @throws WakeupException after {@link #wakeup}
   */
  ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
    try {
      return consumer.poll(timeout);
    } catch (org.apache.kafka.common.errors.WakeupException e) {
      throw new WakeupException();
    } catch (OffsetOutOfRangeException e) {
      throw uninterrupted(() -> LogGapException.explain(table, consumer, e));
    } catch (InterruptException e) {
      throw new FlussException("Interrupted while table '" + table.path() + "' was read.", e);
    } catch (KafkaException e) {
      throw new FlussException(
          "Could not read the log of table '"
              + table.path()
              + "': "
              + MissingRight.explain(client, Operation.READ, table.path(), e),
          e);
    }
  }

  /** Wake-ups are for the poll; those that come while another call waits must not break that. */
  private <T> T uninterrupted(Supplier<T> call) {
    boolean woken = false;
    while (true) {
      try {
        T answer = call.get();
        if (woken) {
          consumer.wakeup();
        }
        return answer;
      } catch (org.apache.kafka.common.errors.WakeupException e) {
        woken = true;
      }
    }
  }

  void wakeup() {
    consumer.wakeup();
  }

  /** An interrupted thread stays that, and frees the consumer all the same. */
  @Override
  public void close() {
    try {
      consumer.close();
    } catch (InterruptException e) {
      // Kafka has freed everything, without waiting for the brokers, and has set the flag again
    }
  }
}
