package io.fluss.tiering.config;

import io.fluss.kafka.ClientConfig;
import io.fluss.lake.LakeSettings;
import io.fluss.read.BucketFolding;
import java.io.Serializable;
import java.time.Duration;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;

/**
 * What a tiering job is told. Serializable, so that it can travel to task managers; may hold
 * secrets, so {@link #toString()} shows names only.
 *
 * @param client how to reach Kafka
 * @param format of the lake; tables with another one are not this job's
 * @param lakes how to reach the lake
 * @param options see {@link TieringOptions}
 */
public record TieringConfig(
    ClientConfig client, String format, LakeSettings lakes, Configuration options)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  public TieringConfig {
    options = new Configuration(options);
  }

  public Duration pollInterval() {
    return options.get(TieringOptions.POLL_INTERVAL);
  }

  public int maxTables() {
    return options.get(TieringOptions.MAX_TABLES);
  }

  public long maxRoundBytes() {
    return options.get(TieringOptions.MAX_ROUND_BYTES).getBytes();
  }

  /**
   * How long a round reads at most.
   *
   * @param freshness of the table
   */
  public Duration maxRoundDuration(Duration freshness) {
    return options.getOptional(TieringOptions.MAX_ROUND_DURATION).orElse(freshness);
  }

  public Duration leaseDuration() {
    return options.get(TieringOptions.LEASE_DURATION);
  }

  /**
   * How long a table waits after rounds that failed.
   *
   * @param failures how many in a row, at least one
   */
  public Duration backoff(int failures) {
    Duration longest = options.get(TieringOptions.MAX_BACKOFF);
    Duration wait = options.get(TieringOptions.BACKOFF);
    for (int i = 1; i < failures && wait.compareTo(longest) < 0; i++) {
      wait = wait.multipliedBy(2);
    }
    return wait.compareTo(longest) < 0 ? wait : longest;
  }

  /** See {@link TieringOptions#FOLD_MEMORY_SIZE}. */
  public BucketFolding folding() {
    return new BucketFolding(
        options.getOptional(TieringOptions.FOLD_MEMORY_SIZE).map(MemorySize::getBytes).orElse(null),
        true);
  }

  @Override
  public String toString() {
    return "TieringConfig[" + client + ", " + format + ", " + lakes + ", " + options.keySet() + "]";
  }
}
