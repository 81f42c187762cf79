package io.fluss.kafka;

import java.util.Locale;
import org.apache.flink.configuration.GlobalConfiguration;

/** Tells options whose values are never shown from all others. Pure functions. */
public final class SecretOptions {

  private SecretOptions() {}

  /**
   * Whether the value of an option may be a secret, by its name: what Flink takes for one, like
   * passwords, secrets and tokens, and of Kafka's clients also JAAS, private keys and passphrases.
   *
   * @param key with or without the prefix {@code properties.}
   */
  public static boolean isSecret(String key) {
    String lower = key.toLowerCase(Locale.ROOT);
    return GlobalConfiguration.isSensitive(key)
        || lower.contains("jaas")
        || lower.contains("passphrase")
        || lower.endsWith("ssl.keystore.key");
  }
}
