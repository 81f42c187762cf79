package io.fluss.lake.iceberg;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.annotation.Nullable;

/** Keeps the values of options that may be secret out of messages. Pure functions. */
final class Secrets {

  private static final Set<String> WORDS =
      Set.of("secret", "password", "token", "credential", "key", "user", "sas", "auth");

  private static final String HIDDEN = "******";

  /** Shorter values are words of ordinary messages. */
  private static final int MIN_LENGTH = 3;

  private Secrets() {}

  /** The message of a failure, without any value of an option that may be secret. */
  static String hidden(Throwable failure, Map<String, String> options) {
    String message = String.valueOf(failure.getMessage());
    for (Map.Entry<String, String> option : options.entrySet()) {
      if (maybeSecret(option.getKey()) && option.getValue().length() >= MIN_LENGTH) {
        message = message.replace(option.getValue(), HIDDEN);
      }
    }
    return message;
  }

  /** The failure where its messages hold no secret, else null. */
  @Nullable
  static Throwable withoutSecrets(Throwable failure, Map<String, String> options) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (!hidden(cause, options).equals(String.valueOf(cause.getMessage()))) {
        return null;
      }
    }
    return failure;
  }

  private static boolean maybeSecret(String key) {
    String lower = key.toLowerCase(Locale.ROOT);
    return WORDS.stream().anyMatch(lower::contains);
  }
}
