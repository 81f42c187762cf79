package io.fluss.write;

import io.fluss.options.NoKeyAssigner;
import io.fluss.options.WriterOptions;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;

/**
 * The checked options of one writer.
 *
 * @param batchBytes largest batch of one bucket, before compression
 * @param batchTimeout longest time a row waits for its batch to fill; zero: no longer than the
 *     writer is busy
 * @param rowTimeout the same for a primary-key table, where fuller batches gain less
 * @param dynamicBatchSize whether batch sizes follow the traffic of their bucket
 * @param memoryBytes memory for rows gathered and on their way, over all buckets and partitions
 * @param noKeyAssigner buckets of rows without a bucket key
 * @param createsPartitions whether partitions that are missing are created
 */
public record WriterConfig(
    long batchBytes,
    Duration batchTimeout,
    Duration rowTimeout,
    boolean dynamicBatchSize,
    long memoryBytes,
    NoKeyAssigner noKeyAssigner,
    boolean createsPartitions)
    implements Serializable {

  /** Rows of a primary-key table are compressed well enough in what gathers in this time. */
  private static final Duration DEFAULT_ROW_TIMEOUT = Duration.ofMillis(20);

  private static final long SMALLEST_BATCH = 1024;
  private static final long SMALLEST_MEMORY = 1024 * 1024;

  /** The defaults of all options. */
  public static WriterConfig defaults() {
    return fromOptions(Map.of());
  }

  /**
   * Reads the options of {@link WriterOptions}; others are left alone.
   *
   * @throws IllegalArgumentException naming every option that has a bad value
   */
  public static WriterConfig fromOptions(Map<String, String> options) {
    List<String> problems = problems(options);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", problems));
    }
    Configuration config = Configuration.fromMap(options);
    return new WriterConfig(
        config.get(WriterOptions.BATCH_SIZE).getBytes(),
        config.get(WriterOptions.BATCH_TIMEOUT),
        config.getOptional(WriterOptions.BATCH_TIMEOUT).orElse(DEFAULT_ROW_TIMEOUT),
        config.get(WriterOptions.DYNAMIC_BATCH_SIZE),
        config.get(WriterOptions.BUFFER_MEMORY).getBytes(),
        config.get(WriterOptions.NO_KEY_ASSIGNER),
        config.get(WriterOptions.DYNAMIC_CREATE_PARTITION));
  }

  /** The same with another bound of memory. */
  public WriterConfig withMemory(long bytes) {
    return new WriterConfig(
        batchBytes,
        batchTimeout,
        rowTimeout,
        dynamicBatchSize,
        bytes,
        noKeyAssigner,
        createsPartitions);
  }

  /** Everything that is wrong with the writer's options; empty where they are fine. */
  public static List<String> problems(Map<String, String> options) {
    Configuration config = Configuration.fromMap(options);
    List<String> problems = new ArrayList<>();
    check(
        config,
        WriterOptions.BATCH_SIZE,
        size -> size.getBytes() >= SMALLEST_BATCH,
        "at least 1 kb",
        problems);
    check(
        config,
        WriterOptions.BATCH_TIMEOUT,
        timeout -> !timeout.isNegative(),
        "0 ms or more",
        problems);
    check(config, WriterOptions.DYNAMIC_BATCH_SIZE, v -> true, "true or false", problems);
    check(
        config,
        WriterOptions.BUFFER_MEMORY,
        size -> size.getBytes() >= SMALLEST_MEMORY,
        "at least 1 mb",
        problems);
    check(config, WriterOptions.NO_KEY_ASSIGNER, v -> true, "one of STICKY, ROUND_ROBIN", problems);
    check(config, WriterOptions.DYNAMIC_CREATE_PARTITION, v -> true, "true or false", problems);
    if (problems.isEmpty()) {
      MemorySize batch = config.get(WriterOptions.BATCH_SIZE);
      MemorySize memory = config.get(WriterOptions.BUFFER_MEMORY);
      if (batch.getBytes() > memory.getBytes() / 2) {
        problems.add(
            "Option '"
                + WriterOptions.BATCH_SIZE.key()
                + "' is "
                + batch
                + ", more than half of '"
                + WriterOptions.BUFFER_MEMORY.key()
                + "', which is "
                + memory
                + ". Lower the first or raise the second.");
      }
    }
    return problems;
  }

  private static <T> void check(
      Configuration config,
      ConfigOption<T> option,
      Predicate<T> valid,
      String expected,
      List<String> problems) {
    boolean ok;
    try {
      ok = valid.test(config.get(option));
    } catch (IllegalArgumentException e) {
      ok = false;
    }
    if (!ok) {
      problems.add(
          "Option '"
              + option.key()
              + "' is '"
              + config.toMap().get(option.key())
              + "', expected "
              + expected
              + ".");
    }
  }
}
