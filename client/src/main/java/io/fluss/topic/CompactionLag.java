package io.fluss.topic;

import io.fluss.options.TableOptions;
import io.fluss.table.TableInfo;
import java.time.Duration;
import org.apache.flink.configuration.Configuration;

/**
 * For how long the topic of a compacted table leaves a record alone, whatever follows it: its
 * {@code min.compaction.lag.ms}. A bounded read that takes longer may miss a row that was replaced
 * behind its end.
 */
public final class CompactionLag {

  /** One hour of a week. */
  private static final int SHARE = 168;

  private static final Duration LEAST = Duration.ofMinutes(1);
  private static final Duration MOST = Duration.ofDays(1);

  private CompactionLag() {}

  public static Duration of(TableInfo table) {
    Duration ttl = Configuration.fromMap(table.options()).get(TableOptions.LOG_TTL);
    Duration share = ttl.dividedBy(SHARE);
    if (ttl.isZero() || share.compareTo(MOST) > 0) {
      return MOST;
    }
    return share.compareTo(LEAST) < 0 ? LEAST : share;
  }
}
