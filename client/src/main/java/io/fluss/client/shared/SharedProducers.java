package io.fluss.client.shared;

import io.fluss.kafka.ClientConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.annotation.Internal;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;

/**
 * The Kafka producers of one connection, one for all writers with the same settings. One is closed
 * when nobody uses it any more. Thread-safe.
 */
@Internal
public final class SharedProducers implements AutoCloseable {

  private final ClientConfig client;
  private final Map<Map<String, Object>, Shared> bySettings = new HashMap<>();

  /** Those that failed a writer, as long as others still use them. */
  private final List<Shared> discarded = new ArrayList<>();

  SharedProducers(ClientConfig client) {
    this.client = client;
  }

  /**
   * A producer with these settings; whoever takes it gives it back.
   *
   * @throws io.fluss.FlussException where there is none yet and Kafka cannot be reached like this
   */
  public synchronized Lease take(Map<String, Object> settings) {
    Shared shared = bySettings.get(settings);
    if (shared == null) {
      shared = new Shared(settings, client.open(() -> new KafkaProducer<>(settings)));
      bySettings.put(settings, shared);
    }
    shared.users++;
    return new Lease(shared);
  }

  /**
   * @return whether nobody uses the producer any more, so that the caller closes it
   */
  private synchronized boolean giveBack(Lease lease, boolean failed) {
    if (lease.over) {
      return false;
    }
    lease.over = true;
    Shared shared = lease.shared;
    shared.users--;
    if (failed && bySettings.remove(shared.settings, shared)) {
      discarded.add(shared);
    }
    if (shared.users > 0) {
      return false;
    }
    bySettings.remove(shared.settings, shared);
    discarded.remove(shared);
    return true;
  }

  /**
   * @return whether no other writer uses the producer, so that the caller may close it; from now on
   *     nobody else gets it
   */
  private synchronized boolean withdrawIfAlone(Lease lease) {
    boolean alone = !lease.over && lease.shared.users == 1;
    if (alone) {
      bySettings.remove(lease.shared.settings, lease.shared);
    }
    return alone;
  }

  /** Closes them all; what is on its way is given up. */
  @Override
  public void close() {
    takeAll().forEach(Shared::close);
  }

  private synchronized List<Shared> takeAll() {
    List<Shared> all = new ArrayList<>(bySettings.values());
    all.addAll(discarded);
    bySettings.clear();
    discarded.clear();
    return all;
  }

  /** The right to use a producer, for one writer. */
  public final class Lease {

    private final Shared shared;

    /** Under the lock of all. */
    private boolean over;

    private Lease(Shared shared) {
      this.shared = shared;
    }

    public Producer<byte[], byte[]> producer() {
      return shared.producer;
    }

    /**
     * Ends the producer, and whatever call waits in it, where no other writer uses it; of several
     * that do, none is to fail for one. Any thread.
     */
    public void closeIfAlone() {
      if (withdrawIfAlone(this)) {
        shared.close();
      }
    }

    /**
     * The writer does not use it any more.
     *
     * @param failed whether it failed the writer; then nobody else is given it
     */
    public void giveBack(boolean failed) {
      if (SharedProducers.this.giveBack(this, failed)) {
        shared.close();
      }
    }
  }

  private static final class Shared {
    private final Map<String, Object> settings;
    private final Producer<byte[], byte[]> producer;
    private int users;

    Shared(Map<String, Object> settings, Producer<byte[], byte[]> producer) {
      this.settings = settings;
      this.producer = producer;
    }

    /**
     * Waits for the producer's thread, which may be in what users hang on to futures: never under a
     * lock that they could need.
     */
    void close() {
      producer.close(Duration.ZERO);
    }
  }
}
