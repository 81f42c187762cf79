package io.fluss.testkit.kafka;

import java.util.UUID;

/**
 * One broker for all tests of a JVM: started by the first that asks, stopped when the JVM ends.
 *
 * <p>Tests share it by keeping to databases of their own, see {@link #uniqueDatabase()}. A test
 * that stops brokers or changes their settings starts an {@link EmbeddedKafka} for itself.
 */
public final class SharedKafka {

  private SharedKafka() {}

  /** The running broker. Nobody closes it. */
  public static EmbeddedKafka kafka() {
    return Holder.KAFKA;
  }

  /** A database name that no other test uses. */
  public static String uniqueDatabase() {
    return uniqueName("db");
  }

  /** A name that no other test uses, fit for databases, tables, topics and groups. */
  public static String uniqueName(String prefix) {
    return prefix + "_" + UUID.randomUUID().toString().substring(0, 8);
  }

  private static final class Holder {
    private static final EmbeddedKafka KAFKA = startUntilJvmEnds();

    private static EmbeddedKafka startUntilJvmEnds() {
      EmbeddedKafka kafka = EmbeddedKafka.start();
      Runtime.getRuntime().addShutdownHook(new Thread(kafka::close, "shared-kafka-close"));
      return kafka;
    }
  }
}
