package io.fluss.options;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.ReadableConfig;

/**
 * Options of log readers under their Fluss names; each stands for a property of Kafka's consumer
 * and wins over {@code properties.*} where it is set.
 */
public final class ScannerOptions {

  public static final ConfigOption<Integer> MAX_POLL_RECORDS =
      ConfigOptions.key("client.scanner.log.max-poll-records")
          .intType()
          .noDefaultValue()
          .withDescription("Most batches that one poll returns, Kafka's 'max.poll.records' (500).");

  public static final ConfigOption<Boolean> CHECK_CRC =
      ConfigOptions.key("client.scanner.log.check-crc")
          .booleanType()
          .noDefaultValue()
          .withDescription("Whether checksums are verified, Kafka's 'check.crcs' (true).");

  public static final ConfigOption<MemorySize> FETCH_MAX_BYTES =
      ConfigOptions.key("client.scanner.log.fetch.max-bytes")
          .memoryType()
          .noDefaultValue()
          .withDescription(
              "Most bytes that one fetch returns, Kafka's 'fetch.max.bytes' (50 mb, less where the heap is below 800 mb).");

  public static final ConfigOption<MemorySize> FETCH_MAX_BYTES_FOR_BUCKET =
      ConfigOptions.key("client.scanner.log.fetch.max-bytes-for-bucket")
          .memoryType()
          .noDefaultValue()
          .withDescription(
              "Most bytes of one bucket that one fetch returns, Kafka's 'max.partition.fetch.bytes' (here 8 mb, less where the heap is below 512 mb).");

  public static final ConfigOption<MemorySize> FETCH_MIN_BYTES =
      ConfigOptions.key("client.scanner.log.fetch.min-bytes")
          .memoryType()
          .noDefaultValue()
          .withDescription(
              "Bytes that the brokers gather before they answer, Kafka's 'fetch.min.bytes' (1 byte).");

  public static final ConfigOption<Duration> FETCH_WAIT_MAX_TIME =
      ConfigOptions.key("client.scanner.log.fetch.wait-max-time")
          .durationType()
          .noDefaultValue()
          .withDescription("Longest time they gather, Kafka's 'fetch.max.wait.ms' (500 ms).");

  public static final ConfigOption<String> RACK =
      ConfigOptions.key("client.rack")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Rack of the readers, as in the brokers' 'broker.rack': rows are read from an in-sync replica there, where there is one and the brokers have 'replica.selector.class' set. 'env:NAME' takes it from environment variable NAME of each task manager.");

  private ScannerOptions() {}

  /** All of them, for validation and documentation. */
  public static List<ConfigOption<?>> all() {
    return List.of(
        MAX_POLL_RECORDS,
        CHECK_CRC,
        FETCH_MAX_BYTES,
        FETCH_MAX_BYTES_FOR_BUCKET,
        FETCH_MIN_BYTES,
        FETCH_WAIT_MAX_TIME,
        RACK);
  }

  /**
   * The properties of Kafka's consumer that the options which are set stand for; but for the rack,
   * which belongs to the connection.
   */
  public static Map<String, String> toKafka(ReadableConfig options) {
    Map<String, String> kafka = new LinkedHashMap<>();
    options
        .getOptional(MAX_POLL_RECORDS)
        .ifPresent(n -> kafka.put("max.poll.records", n.toString()));
    options.getOptional(CHECK_CRC).ifPresent(c -> kafka.put("check.crcs", c.toString()));
    options.getOptional(FETCH_MAX_BYTES).ifPresent(b -> kafka.put("fetch.max.bytes", bytes(b)));
    options
        .getOptional(FETCH_MAX_BYTES_FOR_BUCKET)
        .ifPresent(b -> kafka.put("max.partition.fetch.bytes", bytes(b)));
    options.getOptional(FETCH_MIN_BYTES).ifPresent(b -> kafka.put("fetch.min.bytes", bytes(b)));
    options
        .getOptional(FETCH_WAIT_MAX_TIME)
        .ifPresent(d -> kafka.put("fetch.max.wait.ms", String.valueOf(d.toMillis())));
    return kafka;
  }

  private static String bytes(MemorySize size) {
    return String.valueOf(size.getBytes());
  }
}
