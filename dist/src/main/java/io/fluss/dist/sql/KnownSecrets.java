package io.fluss.dist.sql;

import io.fluss.kafka.SecretOptions;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The secrets that one run of the launcher was told, in flags, in the session's configuration and
 * in statements: hidden wherever they turn up, with or without the name of their option. Only
 * grows. Thread-safe.
 */
public final class KnownSecrets {

  /** Shorter ones are part of ordinary words. */
  private static final int MIN_LENGTH = 4;

  private static final Set<String> ORDINARY = Set.of("true", "false", "null");

  /** Where a value names a place that the secret is in. */
  private static final String REFERENCE = "${";

  /** An option of a JAAS login: {@code password="..."}. */
  private static final Pattern IN_JAAS =
      Pattern.compile("([\\w.-]+)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|([^\\s;\"]+))");

  private static final String FLAG = "--";

  /** The longest first: one may be part of another. */
  private final Set<String> values =
      new ConcurrentSkipListSet<>(
          Comparator.comparingInt(String::length).reversed().thenComparing(v -> v));

  /** Takes the secrets among options. */
  public void learn(Map<String, String> options) {
    Set<String> shown = new HashSet<>();
    options.forEach(
        (key, value) -> {
          if (!SecretOptions.isSecret(key)) {
            shown.add(value);
          }
        });
    options.forEach(
        (key, value) -> {
          if (SecretOptions.isSecret(key)) {
            learnValue(value, shown);
          }
        });
  }

  /**
   * Takes the secrets among the arguments of a command: {@code --flag value}, {@code --flag=value},
   * and {@code key=value} behind a flag.
   */
  public void learnArguments(List<String> arguments) {
    Map<String, String> options = new HashMap<>();
    String flag = "";
    for (String argument : arguments) {
      String text = argument.startsWith(FLAG) ? argument.substring(FLAG.length()) : argument;
      int equals = text.indexOf('=');
      if (!argument.startsWith(FLAG)) {
        options.put(flag, argument);
      }
      if (equals > 0) {
        options.put(text.substring(0, equals), text.substring(equals + 1));
      }
      flag = argument.startsWith(FLAG) && equals < 0 ? text : "";
    }
    options.remove("");
    learn(options);
  }

  /** Takes the secrets among the options of a statement. */
  void learnStatement(String statement) {
    learn(Secrets.options(statement));
  }

  /**
   * @param shown values of other options: a password that is the user's name hides no name
   */
  private void learnValue(String value, Set<String> shown) {
    add(value, shown);
    Matcher jaas = IN_JAAS.matcher(value);
    while (jaas.find()) {
      if (SecretOptions.isSecret(jaas.group(1))) {
        String quoted = jaas.group(2);
        add(quoted == null ? jaas.group(3) : quoted, shown);
        add(quoted == null ? "" : quoted.replaceAll("\\\\(.)", "$1"), shown);
      }
    }
  }

  private void add(String value, Set<String> shown) {
    if (value.length() >= MIN_LENGTH
        && !value.startsWith(REFERENCE)
        && !ORDINARY.contains(value)
        && !shown.contains(value)) {
      values.add(value);
      values.add(value.replace("'", "''"));
    }
  }

  /** The text without secrets: values of secret options that it quotes, and all that is known. */
  public String hidden(String text) {
    String hidden = Secrets.hidden(text);
    for (String value : values) {
      hidden = hidden.replace(value, SecretOptions.HIDDEN);
    }
    return hidden;
  }

  /** The same for the cells of a row, some of which may be null. */
  String[] hidden(String[] row, boolean keyAndValue) {
    String[] shown = Secrets.hidden(row, keyAndValue);
    for (int i = 0; i < shown.length; i++) {
      shown[i] = shown[i] == null ? null : hidden(shown[i]);
    }
    return shown;
  }
}
