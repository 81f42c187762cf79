package io.fluss.source.lookup;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.annotation.Nullable;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.connector.source.lookup.LookupOptions.LookupCacheType;
import org.apache.flink.table.connector.source.lookup.cache.DefaultLookupCache;
import org.apache.flink.table.connector.source.lookup.cache.LookupCache;

/**
 * The checked options of lookups in one table.
 *
 * @param memoryBytes heap for the rows, null: the default of whichever task manager it is
 * @param keepAlive how long the rows outlive the last join
 * @param localDir where rows go for which there is no memory, null: the default of whichever task
 *     manager it is
 * @param cache Flink's cache in front of the lookup, null for none
 */
public record LookupJoinSettings(
    boolean async,
    @Nullable Long memoryBytes,
    Duration keepAlive,
    @Nullable String localDir,
    @Nullable LookupCache cache) {

  /**
   * Checks all options.
   *
   * @throws ValidationException with all problems
   */
  public static LookupJoinSettings from(String table, Map<String, String> options) {
    List<String> problems = new ArrayList<>(unknown(options));
    problems.addAll(malformed(options));
    problems.addAll(problems(options));
    if (!problems.isEmpty()) {
      throw new ValidationException(
          "Cannot look up rows of table '"
              + table
              + "', because of its options:\n"
              + problems.stream().map(p -> "- " + p).collect(Collectors.joining("\n")));
    }
    Configuration configuration = Configuration.fromMap(options);
    boolean cached = configuration.get(LookupJoinOptions.CACHE) == LookupCacheType.PARTIAL;
    return new LookupJoinSettings(
        configuration.get(LookupJoinOptions.ASYNC),
        configuration
            .getOptional(LookupJoinOptions.MEMORY_SIZE)
            .map(MemorySize::getBytes)
            .orElse(null),
        configuration.get(LookupJoinOptions.KEEP_ALIVE),
        configuration.get(LookupJoinOptions.LOCAL_DIR),
        cached ? DefaultLookupCache.fromConfig(configuration) : null);
  }

  /** Options of ours that do not exist are typing errors; others belong to others. */
  private static List<String> unknown(Map<String, String> options) {
    Set<String> known =
        LookupJoinOptions.all().stream().map(ConfigOption::key).collect(Collectors.toSet());
    return options.keySet().stream()
        .filter(k -> k.startsWith("lookup.") || k.startsWith("client.lookup."))
        .filter(k -> !known.contains(k))
        .sorted()
        .map(
            k ->
                "'"
                    + k
                    + "' is not an option of lookups. There are: "
                    + known.stream().sorted().toList()
                    + ".")
        .toList();
  }

  private static List<String> malformed(Map<String, String> options) {
    Configuration configuration = Configuration.fromMap(options);
    List<String> problems = new ArrayList<>();
    for (ConfigOption<?> option : LookupJoinOptions.all()) {
      try {
        configuration.getOptional(option);
      } catch (IllegalArgumentException e) {
        Throwable reason = e.getCause() == null ? e : e.getCause();
        problems.add(
            "'"
                + option.key()
                + "' = '"
                + options.get(option.key())
                + "' is not valid: "
                + reason.getMessage());
      }
    }
    return problems;
  }

  /** What is wrong with options that are stored with a table; those that can be read at all. */
  public static List<String> problems(Map<String, String> options) {
    List<String> problems = new ArrayList<>();
    if ("FULL".equalsIgnoreCase(options.get(LookupJoinOptions.CACHE.key()))) {
      problems.add(
          "'lookup.cache' = 'FULL' is not offered: the rows of the table are in the task manager"
              + " anyway, and follow the table. Remove it, or set 'PARTIAL'.");
    }
    if ("true".equalsIgnoreCase(options.get(LookupJoinOptions.INSERT_IF_NOT_EXISTS.key()))) {
      problems.add(
          "'lookup.insert-if-not-exists' = 'true' is not offered: lookups do not write. Insert the"
              + " rows with a statement of their own.");
    }
    if (options.getOrDefault(LookupJoinOptions.KEEP_ALIVE.key(), "").startsWith("-")) {
      problems.add(
          "'lookup.keep-alive' = '"
              + options.get(LookupJoinOptions.KEEP_ALIVE.key())
              + "' is negative. Set 0 ms to keep nothing.");
    }
    return problems;
  }
}
