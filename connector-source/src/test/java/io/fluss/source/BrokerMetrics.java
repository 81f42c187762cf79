package io.fluss.source;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** What the embedded brokers of this JVM count. */
public final class BrokerMetrics {

  private BrokerMetrics() {}

  /** Bytes that consumers were sent of a topic. */
  public static long bytesOut(String topic) {
    return sum("kafka.server:type=BrokerTopicMetrics,name=BytesOutPerSec,topic=" + topic);
  }

  /** Requests of a kind, over all versions of it, to all brokers. */
  public static long requests(String kind) {
    return sum("kafka.network:type=RequestMetrics,name=RequestsPerSec,request=" + kind + ",*");
  }

  private static long sum(String pattern) {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    try {
      long sum = 0;
      for (ObjectName name : server.queryNames(new ObjectName(pattern), null)) {
        sum += (Long) server.getAttribute(name, "Count");
      }
      return sum;
    } catch (JMException e) {
      throw new IllegalStateException("Cannot read " + pattern, e);
    }
  }
}
