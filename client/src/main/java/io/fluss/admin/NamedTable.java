package io.fluss.admin;

import io.fluss.FlussException;
import io.fluss.kafka.ClientConfig;
import io.fluss.lake.LakeSettings;
import io.fluss.options.SecurityOptions;
import io.fluss.table.Names;
import io.fluss.table.TableInfo;
import io.fluss.table.TablePath;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.annotation.Nullable;
import org.apache.flink.annotation.Internal;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * A table as a builder is told of it, setter by setter: where, which, with which options. Problems
 * name the setters. Not thread-safe.
 */
@Internal
public final class NamedTable {

  /** How options begin that reads or writes have; others are typing errors. */
  private static final List<String> PREFIXES =
      List.of(
          ClientConfig.PROPERTIES_PREFIX,
          "client.rack",
          "client.scanner.",
          SecurityOptions.PREFIX,
          "client.writer.",
          LakeSettings.PREFIX,
          "scan.",
          "sink.");

  private static final Duration REACH_TIMEOUT = Duration.ofSeconds(5);

  @Nullable private String bootstrapServers;
  @Nullable private String database;
  @Nullable private String table;
  private final Map<String, String> options = new HashMap<>();

  /** Setters that stand for an option, by its key; others were set by {@code setOption}. */
  private final Map<String, String> setterOfOption = new HashMap<>();

  /** Setters that were given null, in the order of the calls. */
  private final Set<String> givenNull = new LinkedHashSet<>();

  public void setBootstrapServers(String servers) {
    bootstrapServers = servers;
  }

  public void setDatabase(String name) {
    database = name;
  }

  public void setTable(String name) {
    table = name;
  }

  public void setOption(@Nullable String key, @Nullable String value) {
    if (isGiven("setOption(" + quoted(key) + ", " + quoted(value) + ")", key, value)) {
      options.put(key, value);
      setterOfOption.remove(key);
    }
  }

  private static String quoted(@Nullable String text) {
    return text == null ? "null" : "\"" + text + "\"";
  }

  /** As {@link #setOption}, of each. */
  public void setOptions(@Nullable Map<String, String> all) {
    if (isGiven("setOptions", all)) {
      all.forEach(this::setOption);
    }
  }

  /** What a setter of its own stands for; problems with the option name the setter. */
  public void setOption(String setter, String key, String value) {
    options.put(key, value);
    setterOfOption.put(key, setter);
  }

  /**
   * Whether a setter was given something. Where it was given null, {@link #problems} say so, until
   * it is given something.
   *
   * @param values all of what it was given
   */
  public boolean isGiven(String setter, @Nullable Object... values) {
    boolean given = values != null && Stream.of(values).allMatch(Objects::nonNull);
    if (given) {
      givenNull.remove(setter);
    } else {
      givenNull.add(setter);
    }
    return given;
  }

  /** A problem with an option, with the setter by which it came. */
  public String problemOfOption(String problem) {
    String setter =
        setterOfOption.entrySet().stream()
            .filter(e -> problem.contains("'" + e.getKey() + "'"))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse("setOption");
    return setter + ": " + problem;
  }

  /** What was given, the brokers among it. */
  public Map<String, String> options() {
    Map<String, String> all = new HashMap<>(options);
    if (bootstrapServers != null) {
      all.put(ClientConfig.BOOTSTRAP_SERVERS, bootstrapServers);
    }
    return Collections.unmodifiableMap(all);
  }

  /** The name of the table for messages, as far as it is known. */
  public String name() {
    return (database == null ? "?" : database) + "." + (table == null ? "?" : table);
  }

  /** What can be said without asking the brokers; options of reads and writes aside. */
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    String servers = options().get(ClientConfig.BOOTSTRAP_SERVERS);
    if (servers == null || servers.isBlank()) {
      problems.add(
          "setBootstrapServers is missing. Name the brokers, for example 'localhost:9092'.");
    } else if (bootstrapServers != null
        && !bootstrapServers.equals(
            options.getOrDefault(ClientConfig.BOOTSTRAP_SERVERS, bootstrapServers))) {
      problems.add(
          "setBootstrapServers and setOption(\"bootstrap.servers\", ...) name different brokers,"
              + " '"
              + bootstrapServers
              + "' and '"
              + options.get(ClientConfig.BOOTSTRAP_SERVERS)
              + "'. Use the setter alone.");
    }
    if (database == null || database.isBlank()) {
      problems.add("setDatabase is missing. Name the database that the table is in.");
    } else {
      Names.problemWithDatabase(database).ifPresent(p -> problems.add("setDatabase: " + p));
    }
    if (table == null || table.isBlank()) {
      problems.add("setTable is missing. Name the table, without its database.");
    } else {
      Names.problemWithTable(table).ifPresent(p -> problems.add("setTable: " + p));
    }
    return problems;
  }

  /** Setters that were given null, and options that neither reads nor writes have. */
  public List<String> optionProblems() {
    List<String> problems = new ArrayList<>();
    givenNull.forEach(
        setter -> problems.add(setter + ": null was given. Give a value, or leave the call out."));
    options.keySet().stream()
        .filter(key -> !key.equals(ClientConfig.BOOTSTRAP_SERVERS))
        .filter(key -> PREFIXES.stream().noneMatch(key::startsWith))
        .sorted()
        .forEach(
            key ->
                problems.add(
                    "setOption: '" + key + "' is unknown. Options begin with " + PREFIXES + "."));
    return problems;
  }

  /**
   * Asks the brokers for the table. Only where there are no {@link #problems}.
   *
   * @param problems where it is said why there is none
   */
  public Optional<TableInfo> find(ClientConfig client, List<String> problems) {
    TablePath path = TablePath.of(database, table);
    try (TableAdmin admin = TableAdmin.connect(client)) {
      // Whoever may not log in is told at once, and how he tried.
      admin.requireReachable(REACH_TIMEOUT);
      Optional<TableInfo> found = admin.findTable(path);
      if (found.isEmpty()) {
        problems.add(missing(admin, path));
      }
      return found;
    } catch (FlussException e) {
      problems.add(setterOf(e) + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  /** Where to look for what keeps the brokers from telling of the table. */
  private static String setterOf(FlussException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof TimeoutException || cause instanceof ConfigException) {
        return "setBootstrapServers";
      }
      if (cause instanceof AuthenticationException) {
        return "setOption";
      }
    }
    return "setTable";
  }

  private static String missing(TableAdmin admin, TablePath path) {
    if (!admin.listDatabases().contains(path.database())) {
      return "setDatabase: Database '"
          + path.database()
          + "' does not exist. Databases: "
          + List.copyOf(admin.listDatabases())
          + ".";
    }
    return "setTable: Table '"
        + path
        + "' does not exist. Tables of the database: "
        + List.copyOf(admin.listTables(path.database()))
        + ".";
  }
}
