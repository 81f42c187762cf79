package io.fluss.lake;

import io.fluss.FlussException;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The secrets among the options of a lake's catalog, to be kept out of messages. Immutable,
 * thread-safe.
 */
public final class LakeSecrets {

  private static final String HIDDEN = "******";

  /** Shorter values are words of ordinary messages. */
  private static final int MIN_LENGTH = 4;

  private static final Set<String> WORDS =
      Set.of(
          "secret",
          "password",
          "passwd",
          "token",
          "credential",
          "access-key",
          "access.key",
          "accesskey",
          "account-key",
          "account.key",
          "private-key",
          "private.key",
          "sas",
          "jaas",
          "authorization");

  /** HTTP headers that a catalog sends with its requests; any of them may let it in. */
  private static final String HEADER_PREFIX = "header.";

  /** Keys of file systems and catalogs, of which tables know nothing. */
  private static final Set<String> CATALOG_PREFIXES =
      Set.of("s3.", "s3a.", "gcs.", "adls.", "oss.", "fs.", "hadoop.", "client.", "rest.", "jdbc.");

  private static final Pattern IN_ADDRESS = Pattern.compile("://[^/@\\s]+@");
  private static final Pattern IN_PARAMETER =
      Pattern.compile("(?i)((?:password|secret|token|sig)=)[^&;\\s'\"]+");

  private final Set<String> values;

  private LakeSecrets(Set<String> values) {
    this.values = values;
  }

  static LakeSecrets of(Map<String, String> options) {
    // The longest first: one may be part of another.
    Set<String> values =
        new TreeSet<>(Comparator.comparingInt(String::length).reversed().thenComparing(v -> v));
    options.forEach(
        (key, value) -> {
          if (maybeSecret(key) && value.length() >= MIN_LENGTH) {
            values.add(value);
          }
        });
    return new LakeSecrets(values);
  }

  /** Whether the value under a key may be a secret. */
  static boolean maybeSecret(String key) {
    String lower = key.toLowerCase(Locale.ROOT);
    return lower.startsWith(HEADER_PREFIX) || WORDS.stream().anyMatch(lower::contains);
  }

  /** Whether a key under a format's prefix is the catalog's, and none of a lake table. */
  public static boolean isOfCatalog(String key) {
    return maybeSecret(key) || CATALOG_PREFIXES.stream().anyMatch(key::startsWith);
  }

  /** The text without any secret. */
  String hide(String text) {
    String hidden = text;
    for (String value : values) {
      hidden = hidden.replace(value, HIDDEN);
    }
    hidden = IN_ADDRESS.matcher(hidden).replaceAll("://" + HIDDEN + "@");
    return IN_PARAMETER.matcher(hidden).replaceAll("$1" + HIDDEN);
  }

  /**
   * The failure, of its own kind where callers tell kinds apart. Where its messages hold no secret
   * it is the failure itself, else another one without cause.
   */
  RuntimeException safe(RuntimeException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = cause.getMessage();
      if (message != null && !hide(message).equals(message)) {
        return withoutSecrets(failure);
      }
    }
    return failure;
  }

  private RuntimeException withoutSecrets(RuntimeException failure) {
    StringBuilder text = new StringBuilder(hide(String.valueOf(failure.getMessage())));
    for (Throwable c = failure.getCause(); c != null; c = c.getCause()) {
      String message = hide(String.valueOf(c.getMessage()));
      if (text.indexOf(message) < 0) {
        text.append(" Caused by ")
            .append(c.getClass().getSimpleName())
            .append(": ")
            .append(message);
      }
    }
    RuntimeException safe =
        failure instanceof LakeConflictException
            ? new LakeConflictException(text.toString())
            : failure instanceof LakeCommitUnknownException
                ? new LakeCommitUnknownException(text.toString(), null)
                : new FlussException(text.toString());
    safe.setStackTrace(failure.getStackTrace());
    return safe;
  }
}
