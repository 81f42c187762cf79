package io.fluss.lake.state;

import io.fluss.metadata.InvalidMetadataException;
import io.fluss.options.TableOptions;
import io.fluss.table.TableInfo;
import java.time.Duration;
import java.util.Optional;
import javax.annotation.Nullable;
import org.apache.flink.configuration.Configuration;

/**
 * A table whose lake is enabled, and what is recorded of its lake.
 *
 * @param recordedState null where nobody has begun to tier it
 * @param recordedLease the last one, null where there was none
 * @param error why what is recorded cannot be read, null where it can; then the others are null
 */
public record LakeTable(
    TableInfo table,
    @Nullable LakeState recordedState,
    @Nullable TieringLease recordedLease,
    @Nullable InvalidMetadataException error) {

  /** How far the lake may be behind the log. */
  public static Duration freshnessOf(TableInfo table) {
    return Configuration.fromMap(table.options()).get(TableOptions.DATALAKE_FRESHNESS);
  }

  /** Why nobody can tier it: its records are corrupt or too new. Empty where they can be read. */
  public Optional<InvalidMetadataException> unreadable() {
    return Optional.ofNullable(error);
  }

  public Optional<LakeState> state() {
    return Optional.ofNullable(recordedState);
  }

  public Optional<TieringLease> lease() {
    return Optional.ofNullable(recordedLease);
  }
}
