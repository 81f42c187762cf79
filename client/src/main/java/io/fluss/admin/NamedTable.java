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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.annotation.Nullable;
import org.apache.flink.annotation.Internal;

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

  public void setBootstrapServers(String servers) {
    bootstrapServers = servers;
  }

  public void setDatabase(String name) {
    database = name;
  }

  public void setTable(String name) {
    table = name;
  }

  public void setOption(String key, String value) {
    options.put(key, value);
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

  /** Options that neither reads nor writes have. */
  public List<String> optionProblems() {
    List<String> problems = new ArrayList<>();
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
      if (!isReachable(admin, problems)) {
        return Optional.empty();
      }
      Optional<TableInfo> found = admin.findTable(path);
      if (found.isEmpty()) {
        problems.add(missing(admin, path));
      }
      return found;
    } catch (FlussException e) {
      problems.add("setTable: " + e.getMessage());
      return Optional.empty();
    }
  }

  /** Whoever may not log in is told at once, and how he tried. */
  private static boolean isReachable(TableAdmin admin, List<String> problems) {
    try {
      admin.requireReachable(REACH_TIMEOUT);
      return true;
    } catch (FlussException e) {
      problems.add("setBootstrapServers: " + e.getMessage());
      return false;
    }
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
