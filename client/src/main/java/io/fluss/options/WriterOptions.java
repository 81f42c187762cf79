package io.fluss.options;

import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;

/** Options of writers. They hold for one job or client and are not recorded with the table. */
public final class WriterOptions {

  public static final ConfigOption<MemorySize> BATCH_SIZE =
      ConfigOptions.key("client.writer.batch-size")
          .memoryType()
          .defaultValue(MemorySize.ofMebiBytes(2))
          .withDescription("Largest batch of one bucket, before compression.");

  public static final ConfigOption<Duration> BATCH_TIMEOUT =
      ConfigOptions.key("client.writer.batch-timeout")
          .durationType()
          .defaultValue(Duration.ofMillis(50))
          .withDescription(
              "Longest time a row waits for its batch to fill, for a primary-key table 20 ms unless set. 0 ms sends each row as soon as the writer is idle.");

  public static final ConfigOption<Boolean> DYNAMIC_BATCH_SIZE =
      ConfigOptions.key("client.writer.dynamic-batch-size.enabled")
          .booleanType()
          .defaultValue(true)
          .withDescription(
              "Whether the target size of a bucket's batches follows its traffic, up to 'client.writer.batch-size'.");

  public static final ConfigOption<MemorySize> BUFFER_MEMORY =
      ConfigOptions.key("client.writer.buffer.memory-size")
          .memoryType()
          .defaultValue(MemorySize.ofMebiBytes(64))
          .withDescription(
              "Memory of one writer for rows that are gathered or on their way, over all buckets and partitions.");

  public static final ConfigOption<NoKeyAssigner> NO_KEY_ASSIGNER =
      ConfigOptions.key("client.writer.bucket.no-key-assigner")
          .enumType(NoKeyAssigner.class)
          .defaultValue(NoKeyAssigner.STICKY)
          .withDescription("How a row without a bucket key gets its bucket.");

  public static final ConfigOption<Boolean> DYNAMIC_CREATE_PARTITION =
      ConfigOptions.key("client.writer.dynamic-create-partition.enabled")
          .booleanType()
          .defaultValue(true)
          .withDescription(
              "Whether a writer creates the partition of a row that has none yet. Otherwise such a row fails the writer.");

  private WriterOptions() {}

  /** All of them, for validation and documentation. */
  public static List<ConfigOption<?>> all() {
    return List.of(
        BATCH_SIZE,
        BATCH_TIMEOUT,
        DYNAMIC_BATCH_SIZE,
        BUFFER_MEMORY,
        NO_KEY_ASSIGNER,
        DYNAMIC_CREATE_PARTITION);
  }
}
