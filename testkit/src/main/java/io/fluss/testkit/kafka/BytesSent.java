package io.fluss.testkit.kafka;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.MetricsReporter;

/**
 * What each broker of this JVM has sent over its sockets since it was started, by its own metrics:
 * to clients, and to brokers that replicate from it. The beans of several brokers in one JVM bear
 * the same names, so they cannot be asked.
 *
 * <p>Made by the broker, of which there is one for each. Thread-safe.
 */
public final class BytesSent implements MetricsReporter {

  private static final String GROUP = "socket-server-metrics";
  private static final String NAME = "outgoing-byte-total";

  /** By data directory, which no other broker has. */
  private static final Map<String, BytesSent> BY_BROKER = new ConcurrentHashMap<>();

  private final Set<KafkaMetric> sockets = ConcurrentHashMap.newKeySet();
  private String dataDir = "";

  /** For Kafka. */
  public BytesSent() {}

  /** Zero where that broker has not been started. */
  static long of(String dataDir) {
    BytesSent broker = BY_BROKER.get(dataDir);
    return broker == null
        ? 0
        : (long) broker.sockets.stream().mapToDouble(m -> (Double) m.metricValue()).sum();
  }

  @Override
  public void configure(Map<String, ?> broker) {
    dataDir = String.valueOf(broker.get("log.dirs"));
    BY_BROKER.put(dataDir, this);
  }

  @Override
  public void init(List<KafkaMetric> metrics) {
    metrics.forEach(this::metricChange);
  }

  @Override
  public void metricChange(KafkaMetric metric) {
    if (metric.metricName().group().equals(GROUP) && metric.metricName().name().equals(NAME)) {
      sockets.add(metric);
    }
  }

  @Override
  public void metricRemoval(KafkaMetric metric) {
    sockets.remove(metric);
  }

  @Override
  public void close() {
    BY_BROKER.remove(dataDir, this);
  }
}
