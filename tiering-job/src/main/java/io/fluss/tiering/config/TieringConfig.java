package io.fluss.tiering.config;

import io.fluss.kafka.ClientConfig;
import io.fluss.lake.LakeSettings;
import io.fluss.read.BucketFolding;
import java.io.Serializable;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
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

  /** Shorter values would be found in any text. */
  private static final int SHORTEST_SECRET = 4;

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

  /** Shorter rounds cost more in commits than they give in freshness, where there is much to do. */
  private static final Duration LEAST_DEFAULT_ROUND = Duration.ofSeconds(30);

  /**
   * How long a round reads at most.
   *
   * @param freshness of the table
   */
  public Duration maxRoundDuration(Duration freshness) {
    return options
        .getOptional(TieringOptions.MAX_ROUND_DURATION)
        .orElse(freshness.compareTo(LEAST_DEFAULT_ROUND) > 0 ? freshness : LEAST_DEFAULT_ROUND);
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

  /**
   * A text that is to be stored, without the secrets of Kafka and the lake: what libraries say of
   * an error may hold them.
   */
  public String withoutSecrets(String text) {
    Map<String, String> all = new HashMap<>(client.properties());
    lakes.byFormat().values().forEach(all::putAll);
    String shown = text;
    for (Map.Entry<String, String> option : all.entrySet()) {
      if (isSecret(option.getKey()) && option.getValue().length() >= SHORTEST_SECRET) {
        shown = shown.replace(option.getValue(), "******");
      }
    }
    return shown;
  }

  private static boolean isSecret(String key) {
    String name = key.toLowerCase(Locale.ROOT);
    return GlobalConfiguration.isSensitive(name)
        || name.contains("key")
        || name.contains("cred")
        || name.contains("token")
        || name.contains("authorization")
        || name.startsWith("header.");
  }

  @Override
  public String toString() {
    return "TieringConfig[" + client + ", " + format + ", " + lakes + ", " + options.keySet() + "]";
  }
}
