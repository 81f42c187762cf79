package io.fluss.kafka;

import io.fluss.options.SecurityOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.annotation.Nullable;
import org.apache.flink.configuration.ConfigOption;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.apache.kafka.common.security.plain.PlainLoginModule;
import org.apache.kafka.common.security.scram.ScramLoginModule;

/**
 * Turns {@code client.security.*} into properties of Kafka's clients, beside those that {@code
 * properties.*} gives in Kafka's own names. Used by one thread, once.
 *
 * <p>No problem it tells of quotes a value that may be a secret.
 */
final class SecuritySettings {

  private static final String SASL = "SASL";
  private static final String PLAIN = "PLAIN";

  /** Login module by mechanism, of the mechanisms that take user and password. */
  private static final Map<String, String> LOGIN_MODULES =
      Map.of(
          PLAIN,
          PlainLoginModule.class.getName(),
          "SCRAM-SHA-256",
          ScramLoginModule.class.getName(),
          "SCRAM-SHA-512",
          ScramLoginModule.class.getName());

  private final Map<String, String> options;
  private final Map<String, String> kafka = new HashMap<>();
  private final List<String> problems = new ArrayList<>();

  private SecuritySettings(Map<String, String> options) {
    this.options = options;
  }

  /** Reads catalog, table or job options; those of others are left alone. */
  static SecuritySettings of(Map<String, String> options) {
    SecuritySettings settings = new SecuritySettings(options);
    settings.unknownOptions();
    settings.readProtocol();
    settings.readMechanism();
    settings.readLogin();
    return settings;
  }

  /** The properties that the options stand for; of use where there are no problems. */
  Map<String, String> toKafka() {
    return kafka;
  }

  /** What is unknown, contradicts itself or lacks its other half. */
  List<String> problems() {
    return problems;
  }

  private void unknownOptions() {
    Set<String> known =
        SecurityOptions.all().stream()
            .map(ConfigOption::key)
            .collect(Collectors.toCollection(TreeSet::new));
    options.keySet().stream()
        .filter(key -> key.startsWith(SecurityOptions.PREFIX) && !known.contains(key))
        .sorted()
        .forEach(
            key ->
                problems.add(
                    "Option '"
                        + key
                        + "' is unknown. There are "
                        + String.join(", ", known)
                        + "; everything else of Kafka's security is set by its own name, behind '"
                        + ClientConfig.PROPERTIES_PREFIX
                        + "'."));
  }

  private void readProtocol() {
    String given = given(SecurityOptions.PROTOCOL);
    if (given == null) {
      return;
    }
    String upper = given.strip().toUpperCase(Locale.ROOT);
    String protocol = upper.equals(SASL) ? SecurityProtocol.SASL_PLAINTEXT.name : upper;
    if (!SecurityProtocol.names().contains(protocol)) {
      problems.add(
          "Option '"
              + SecurityOptions.PROTOCOL.key()
              + "' is '"
              + given
              + "', expected one of PLAINTEXT, SASL, SASL_PLAINTEXT, SASL_SSL, SSL.");
      return;
    }
    put(SecurityOptions.PROTOCOL, CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, protocol);
  }

  private void readMechanism() {
    String given = given(SecurityOptions.SASL_MECHANISM);
    if (given != null) {
      put(
          SecurityOptions.SASL_MECHANISM,
          SaslConfigs.SASL_MECHANISM,
          given.strip().toUpperCase(Locale.ROOT));
    } else if (isSasl()
        && options.keySet().stream().anyMatch(key -> key.startsWith(SecurityOptions.PREFIX))
        && property(SaslConfigs.SASL_MECHANISM) == null) {
      kafka.put(SaslConfigs.SASL_MECHANISM, PLAIN);
    }
    if (!isSasl()) {
      Stream.of(
              SecurityOptions.SASL_MECHANISM,
              SecurityOptions.SASL_USERNAME,
              SecurityOptions.SASL_PASSWORD,
              SecurityOptions.SASL_JAAS_CONFIG)
          .map(ConfigOption::key)
          .filter(options::containsKey)
          .forEach(
              key ->
                  problems.add(
                      "Option '"
                          + key
                          + "' has no effect with the security protocol "
                          + protocol()
                          + ". Set '"
                          + SecurityOptions.PROTOCOL.key()
                          + "' to 'SASL' or 'SASL_SSL'."));
    }
  }

  private void readLogin() {
    String jaas = given(SecurityOptions.SASL_JAAS_CONFIG);
    if (jaas != null) {
      put(SecurityOptions.SASL_JAAS_CONFIG, SaslConfigs.SASL_JAAS_CONFIG, jaas);
    }
    readUser(jaas != null || property(SaslConfigs.SASL_JAAS_CONFIG) != null);
    String login = effective(SaslConfigs.SASL_JAAS_CONFIG);
    if (login != null && !JaasLogin.isReadable(login)) {
      problems.add(
          "Option '"
              + (jaas != null
                  ? SecurityOptions.SASL_JAAS_CONFIG.key()
                  : ClientConfig.PROPERTIES_PREFIX + SaslConfigs.SASL_JAAS_CONFIG)
              + "' cannot be read. It needs exactly one login module, for example "
              + JaasLogin.EXAMPLE
              + " (the value is not shown, it may hold a password).");
    }
  }

  private void readUser(boolean loginGiven) {
    String user = given(SecurityOptions.SASL_USERNAME);
    String password = given(SecurityOptions.SASL_PASSWORD);
    if (user == null && password == null) {
      return;
    }
    if (user == null || password == null) {
      problems.add(
          "Option '"
              + (user == null ? SecurityOptions.SASL_PASSWORD : SecurityOptions.SASL_USERNAME).key()
              + "' is set and '"
              + (user == null ? SecurityOptions.SASL_USERNAME : SecurityOptions.SASL_PASSWORD).key()
              + "' is not. Set both.");
    } else if (user.isEmpty() || password.isEmpty()) {
      problems.add(
          "Option '"
              + (user.isEmpty() ? SecurityOptions.SASL_USERNAME : SecurityOptions.SASL_PASSWORD)
                  .key()
              + "' is empty.");
    }
    if (loginGiven) {
      problems.add(
          "User and password ('client.security.sasl.username', '...password') and a JAAS login"
              + " ('...jaas.config') are both set. Set one of them.");
    } else if (user != null && password != null && isSasl()) {
      logInAs(user, password);
    }
  }

  private void logInAs(String user, String password) {
    String mechanism = effective(SaslConfigs.SASL_MECHANISM);
    String module = mechanism == null ? null : LOGIN_MODULES.get(mechanism);
    if (module == null) {
      problems.add(
          "Mechanism '"
              + (mechanism == null ? SaslConfigs.DEFAULT_SASL_MECHANISM : mechanism)
              + "' does not take user and password; those that do are "
              + String.join(", ", new TreeSet<>(LOGIN_MODULES.keySet()))
              + ". Set '"
              + SecurityOptions.SASL_MECHANISM.key()
              + "' to one of them, or '"
              + SecurityOptions.SASL_JAAS_CONFIG.key()
              + "'.");
      return;
    }
    kafka.put(SaslConfigs.SASL_JAAS_CONFIG, JaasLogin.of(module, user, password));
  }

  // ------------------------------------------------------------------------------------ help

  private void put(ConfigOption<String> option, String property, String value) {
    String other = property(property);
    boolean secret = option == SecurityOptions.SASL_JAAS_CONFIG;
    if (other != null && !(secret ? other.equals(value) : other.strip().equalsIgnoreCase(value))) {
      problems.add(
          "Options '"
              + option.key()
              + "' and '"
              + ClientConfig.PROPERTIES_PREFIX
              + property
              + "' say the same thing and contradict one another. Set one of them.");
    }
    kafka.put(property, value);
  }

  private boolean isSasl() {
    return protocol().startsWith(SASL);
  }

  private String protocol() {
    String protocol = effective(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG);
    return protocol == null
        ? CommonClientConfigs.DEFAULT_SECURITY_PROTOCOL
        : protocol.toUpperCase(Locale.ROOT);
  }

  @Nullable
  private String effective(String property) {
    return kafka.getOrDefault(property, property(property));
  }

  @Nullable
  private String property(String name) {
    return options.get(ClientConfig.PROPERTIES_PREFIX + name);
  }

  @Nullable
  private String given(ConfigOption<String> option) {
    return options.get(option.key());
  }
}
