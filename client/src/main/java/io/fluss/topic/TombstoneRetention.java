package io.fluss.topic;

import io.fluss.options.TableOptions;
import io.fluss.table.TableInfo;
import java.time.Duration;
import org.apache.flink.configuration.Configuration;

/**
 * For how long the topic of a compacted table keeps deletes: its {@code delete.retention.ms}, which
 * a reader that comes back late compares its absence with.
 */
public final class TombstoneRetention {

  private static final Duration LEAST = Duration.ofDays(1);

  /** In place of "for good": Kafka adds the current time, and a greater number could overflow. */
  private static final Duration CENTURY = Duration.ofDays(36_500);

  private TombstoneRetention() {}

  public static Duration of(TableInfo table) {
    Duration ttl = Configuration.fromMap(table.options()).get(TableOptions.LOG_TTL);
    if (ttl.isZero()) {
      return CENTURY;
    }
    return ttl.compareTo(LEAST) < 0 ? LEAST : ttl;
  }
}
