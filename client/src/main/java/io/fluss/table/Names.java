package io.fluss.table;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The rules for names of databases and tables. They become parts of topic names, separated by dots,
 * so they hold ASCII letters, digits, '_' and '-' only.
 */
public final class Names {

  /** Longest name of a database or a table, in characters. */
  public static final int MAX_LENGTH = 200;

  private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9_-]+");

  private Names() {}

  /** What is wrong with the name of a database, or empty where it is good. */
  public static Optional<String> problemWithDatabase(String name) {
    return problem("Database", name);
  }

  /** What is wrong with the name of a table, or empty where it is good. */
  public static Optional<String> problemWithTable(String name) {
    return problem("Table", name);
  }

  static void requireDatabase(String name) {
    problemWithDatabase(name).ifPresent(Names::refuse);
  }

  static void requireTable(String name) {
    problemWithTable(name).ifPresent(Names::refuse);
  }

  private static void refuse(String problem) {
    throw new IllegalArgumentException(problem);
  }

  private static Optional<String> problem(String kind, String name) {
    if (!ALLOWED.matcher(name).matches()) {
      return Optional.of(
          kind
              + " name '"
              + name
              + "' may hold only ASCII letters, digits, '_' and '-', and at least one of them.");
    }
    if (name.startsWith("__")) {
      return Optional.of(
          kind + " name '" + name + "' starts with '__', which is kept for internal use.");
    }
    if (name.length() > MAX_LENGTH) {
      return Optional.of(
          kind
              + " name '"
              + name
              + "' has "
              + name.length()
              + " characters; at most "
              + MAX_LENGTH
              + " are allowed.");
    }
    return Optional.empty();
  }
}
