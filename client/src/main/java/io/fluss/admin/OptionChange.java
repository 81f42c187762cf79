package io.fluss.admin;

import io.fluss.options.DeleteBehavior;
import io.fluss.options.TableOptions;
import io.fluss.table.TableInfo;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.ConfigOption;

/**
 * What a statement wants of the options of a table that exists.
 *
 * <p>Those that say how a table is stored were settled when it was created. Others can change: how
 * its lake is fed, and whatever jobs that read and write it go by, which takes effect in jobs that
 * start afterwards.
 *
 * @param set new values, by option
 * @param reset options to remove, so that their defaults hold; those that are not set are none
 */
@PublicEvolving
public record OptionChange(Map<String, String> set, Set<String> reset) {

  /** Options of the table's own that can change. */
  private static final Set<String> CHANGEABLE =
      Set.of(
          TableOptions.ARROW_COMPRESSION_TYPE.key(),
          TableOptions.ARROW_ZSTD_LEVEL.key(),
          TableOptions.STATISTICS_COLUMNS.key(),
          TableOptions.MAX_PARTITIONS.key(),
          TableOptions.AUTO_PARTITION_NUM_PRECREATE.key(),
          TableOptions.AUTO_PARTITION_NUM_RETENTION.key(),
          TableOptions.DATALAKE_ENABLED.key(),
          TableOptions.DATALAKE_FORMAT.key(),
          TableOptions.DATALAKE_FRESHNESS.key(),
          TableOptions.DATALAKE_AUTO_COMPACTION.key(),
          TableOptions.DATALAKE_AUTO_EXPIRE_SNAPSHOT.key(),
          TableOptions.DATALAKE_RETENTION_POLICY.key());

  /** As far as partitions are not made and dropped by them yet. */
  private static final Set<String> AUTO_PARTITIONS =
      Set.of(
          TableOptions.AUTO_PARTITION_KEY.key(),
          TableOptions.AUTO_PARTITION_TIME_UNIT.key(),
          TableOptions.AUTO_PARTITION_TIME_FORMAT.key(),
          TableOptions.AUTO_PARTITION_TIME_ZONE.key());

  private static final String AUTO_PARTITION_PREFIX = "table.auto-partition.";

  private static final Set<String> RETENTION =
      Set.of(
          TableOptions.LOG_TTL.key(),
          TableOptions.DATALAKE_ENABLED.key(),
          TableOptions.DATALAKE_RETENTION_POLICY.key());

  public OptionChange {
    set = Map.copyOf(set);
    reset = Set.copyOf(reset);
  }

  /** Whether partitions may have to come or go. */
  boolean touchesPartitions() {
    return Stream.concat(set.keySet().stream(), reset.stream())
        .anyMatch(key -> key.startsWith(AUTO_PARTITION_PREFIX));
  }

  /** Whether topics of the table may have to keep records for another time. */
  boolean touchesRetention() {
    return Stream.concat(set.keySet().stream(), reset.stream()).anyMatch(RETENTION::contains);
  }

  /**
   * The table with these options; nothing is written.
   *
   * @param problems takes why it cannot have them, as far as that follows from those it has
   */
  TableInfo optionsOf(TableInfo table, List<String> problems) {
    Map<String, String> after = new HashMap<>(table.options());
    after.keySet().removeAll(reset);
    after.putAll(set);
    if (isOn(after, TableOptions.AUTO_PARTITION_ENABLED)
        && !isOn(table.options(), TableOptions.AUTO_PARTITION_ENABLED)) {
      after.putIfAbsent(
          TableOptions.AUTO_PARTITION_TIME_ZONE.key(), ZoneId.systemDefault().getId());
    }
    for (String key : changed(table.options(), after)) {
      if (key.equals(TableOptions.DELETE_BEHAVIOR.key())) {
        deleteProblem(table, after, problems);
      } else if (isFixed(key, table)) {
        problems.add(
            "Option '"
                + key
                + "' was settled when the table was created and cannot change. Of the table's own"
                + " options these can: "
                + String.join(", ", changeable(table))
                + ".");
      }
    }
    formatProblem(table, after, problems);
    return table.withOptions(after);
  }

  private static Set<String> changed(Map<String, String> before, Map<String, String> after) {
    Set<String> keys = new TreeSet<>(before.keySet());
    keys.addAll(after.keySet());
    keys.removeIf(k -> before.containsKey(k) && before.get(k).equals(after.get(k)));
    return keys;
  }

  private static boolean isFixed(String key, TableInfo table) {
    boolean own = TableOptions.all().stream().anyMatch(option -> option.key().equals(key));
    return own && !changeable(table).contains(key);
  }

  private static SortedSet<String> changeable(TableInfo table) {
    SortedSet<String> changeable = new TreeSet<>(CHANGEABLE);
    if (!table.hasPrimaryKey()) {
      // Readers of a primary-key table rely on how long deletes are kept.
      changeable.add(TableOptions.LOG_TTL.key());
    }
    if (!table.options().containsKey(TableOptions.DATALAKE_FORMAT.key())) {
      // How a lake table is laid out is settled when there is one.
      changeable.add(TableOptions.DATALAKE_ICEBERG_PARTITIONING.key());
    }
    if (table.isPartitioned()) {
      changeable.add(TableOptions.REPLICATION_FACTOR.key());
      changeable.add(TableOptions.AUTO_PARTITION_ENABLED.key());
      if (!isOn(table.options(), TableOptions.AUTO_PARTITION_ENABLED)) {
        changeable.addAll(AUTO_PARTITIONS);
      }
    }
    return changeable;
  }

  private static boolean isOn(Map<String, String> options, ConfigOption<Boolean> option) {
    return OptionRules.valueOf(options, option).orElse(option.defaultValue());
  }

  /** Deletes are in the log for good, and who reads the table has to expect them or not. */
  private static void deleteProblem(
      TableInfo table, Map<String, String> after, List<String> problems) {
    if (OptionRules.valueProblem(TableOptions.DELETE_BEHAVIOR, after).isPresent()) {
      return;
    }
    DeleteBehavior before = table.deleteBehavior();
    DeleteBehavior wanted = table.withOptions(after).deleteBehavior();
    if (before != wanted && (before == DeleteBehavior.ALLOW || wanted == DeleteBehavior.ALLOW)) {
      problems.add(
          "Option '"
              + TableOptions.DELETE_BEHAVIOR.key()
              + "' cannot change between 'allow' and another value: jobs that read the table count"
              + " on there being deletes in its log, or none. Between 'ignore' and 'disable' it"
              + " can.");
    }
  }

  /** The rows in a lake do not move to another. */
  private static void formatProblem(
      TableInfo table, Map<String, String> after, List<String> problems) {
    String key = TableOptions.DATALAKE_FORMAT.key();
    String before = table.options().get(key);
    if (before != null && !before.equals(after.get(key))) {
      problems.add(
          "Option '"
              + key
              + "' is '"
              + before
              + "' and cannot change: what the lake has already would stay behind. Create another"
              + " table for another lake.");
    }
  }
}
