package io.fluss.kafka;

import io.fluss.options.SecurityOptions;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.flink.configuration.GlobalConfiguration;

/** Tells options whose values are never shown from all others. */
public final class SecretOptions {

  /** What is shown in place of a secret, here and by Flink. */
  public static final String HIDDEN = GlobalConfiguration.HIDDEN_CONTENT;

  /** Of Kafka's clients and of lakes, beside those that Flink knows. */
  private static final List<String> WORDS =
      List.of(
          "jaas",
          "passphrase",
          "passwd",
          "keystore.key",
          "certificate.chain",
          "truststore.certificates",
          "credential",
          "private-key",
          "private.key",
          "account-key",
          "account.key",
          "access-key",
          "access.key",
          "accesskey");

  /** Of the login, what may be shown; what else begins like them is secret, or misspelt. */
  private static final Set<String> SHOWN =
      Set.of(
          SecurityOptions.PROTOCOL.key(),
          SecurityOptions.SASL_MECHANISM.key(),
          SecurityOptions.SASL_USERNAME.key());

  private SecretOptions() {}

  /**
   * Whether the value of an option may be a secret, by its name: what Flink takes for one, like
   * passwords, secrets and tokens, and of Kafka's clients also JAAS, private keys and passphrases.
   * So may one that is misspelt, as far as that can be told.
   *
   * @param key with or without the prefix {@code properties.}
   */
  public static boolean isSecret(String key) {
    String lower = key.toLowerCase(Locale.ROOT);
    return GlobalConfiguration.isSensitive(key)
        || WORDS.stream().anyMatch(lower::contains)
        || key.startsWith(SecurityOptions.PREFIX) && !SHOWN.contains(key);
  }

  /**
   * Replaces secrets in options that Flink quotes in its own message when they are refused; of
   * itself it knows few of Kafka's. A map that cannot be changed stays as it is: it is not one that
   * Flink has read from a statement.
   */
  public static void hideIn(Map<String, String> options) {
    try {
      options.replaceAll((key, value) -> isSecret(key) ? HIDDEN : value);
    } catch (UnsupportedOperationException e) {
      // See above.
    }
  }
}
