package io.fluss.admin;

import io.fluss.options.TableOptions;
import io.fluss.table.TableInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.flink.annotation.PublicEvolving;

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
          TableOptions.DATALAKE_ENABLED.key(),
          TableOptions.DATALAKE_FORMAT.key(),
          TableOptions.DATALAKE_FRESHNESS.key(),
          TableOptions.DATALAKE_AUTO_COMPACTION.key(),
          TableOptions.DATALAKE_AUTO_EXPIRE_SNAPSHOT.key(),
          TableOptions.DATALAKE_RETENTION_POLICY.key());

  private static final Set<String> RETENTION =
      Set.of(TableOptions.DATALAKE_ENABLED.key(), TableOptions.DATALAKE_RETENTION_POLICY.key());

  public OptionChange {
    set = Map.copyOf(set);
    reset = Set.copyOf(reset);
  }

  /** Whether topics of the table may have to keep records for another time. */
  boolean touchesRetention() {
    return Stream.concat(set.keySet().stream(), reset.stream()).anyMatch(RETENTION::contains);
  }

  /**
   * The table with the change; nothing is written.
   *
   * @throws InvalidTableException where it cannot be, with all reasons
   */
  public TableInfo applyTo(TableInfo table, TableRules rules) {
    Map<String, String> after = new HashMap<>(table.options());
    after.keySet().removeAll(reset);
    after.putAll(set);
    List<String> problems = new ArrayList<>();
    for (String key : changed(table.options(), after)) {
      if (isFixed(key) && !isLakeLayoutBeforeTheLake(key, table)) {
        problems.add(
            "Option '"
                + key
                + "' was settled when the table was created and cannot change. Of the table's own"
                + " options these can: "
                + String.join(", ", new TreeSet<>(CHANGEABLE))
                + ".");
      }
    }
    formatProblem(table, after, problems);
    TableInfo wanted = table.withOptions(after);
    problems.addAll(
        rules.problems(table.path().database(), table.path().table(), TableDescriptor.of(wanted)));
    if (!problems.isEmpty()) {
      throw new InvalidTableException(table.path().toString(), problems);
    }
    return wanted;
  }

  private static Set<String> changed(Map<String, String> before, Map<String, String> after) {
    Set<String> keys = new TreeSet<>(before.keySet());
    keys.addAll(after.keySet());
    keys.removeIf(k -> before.containsKey(k) && before.get(k).equals(after.get(k)));
    return keys;
  }

  private static boolean isFixed(String key) {
    boolean own = TableOptions.all().stream().anyMatch(option -> option.key().equals(key));
    return own && !CHANGEABLE.contains(key);
  }

  /** How a lake table is laid out is settled when there is one. */
  private static boolean isLakeLayoutBeforeTheLake(String key, TableInfo table) {
    return key.equals(TableOptions.DATALAKE_ICEBERG_PARTITIONING.key())
        && !table.options().containsKey(TableOptions.DATALAKE_FORMAT.key());
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
