package io.fluss.kafka;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;

/**
 * Whom brokers take a client for, as far as its settings tell. Brokers may map names to others, so
 * this is for messages only.
 */
public final class ClientPrincipal {

  private static final String ANONYMOUS = "User:ANONYMOUS";

  private ClientPrincipal() {}

  /** {@code User:name}; empty where the settings do not tell, as with certificates or tokens. */
  public static Optional<String> of(ClientConfig client) {
    Map<String, Object> settings = new HashMap<>(client.toKafka());
    String protocol =
        String.valueOf(settings.getOrDefault(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, ""))
            .toUpperCase(Locale.ROOT);
    if (protocol.isEmpty() || protocol.equals("PLAINTEXT")) {
      return Optional.of(ANONYMOUS);
    }
    return protocol.startsWith("SASL_") ? userOfLogin(settings) : Optional.empty();
  }

  private static Optional<String> userOfLogin(Map<String, Object> settings) {
    settings.computeIfPresent(
        SaslConfigs.SASL_JAAS_CONFIG, (key, jaas) -> new Password(String.valueOf(jaas)));
    try {
      return userOf(JaasContext.loadClientContext(settings).configurationEntries());
    } catch (RuntimeException e) {
      return Optional.empty(); // no login, or not one of ours: its user reports that elsewhere
    }
  }

  private static Optional<String> userOf(List<AppConfigurationEntry> logins) {
    return logins.stream()
        .map(login -> login.getOptions().get("username"))
        .filter(String.class::isInstance)
        .map(name -> "User:" + name)
        .findFirst();
  }
}
