package io.fluss.kafka;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.annotation.Nullable;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;

/**
 * Who a client is to Kafka, as far as its properties tell. Holds no secret, so that it can be
 * shown.
 *
 * @param protocol Kafka's security protocol
 * @param mechanism of SASL, null without SASL
 * @param principal who logs in, null where that is not known here, as with certificates
 * @param keystore file with the client's certificate, null where it has none or holds it otherwise
 */
record Login(
    String protocol,
    @Nullable String mechanism,
    @Nullable String principal,
    @Nullable String keystore) {

  private static final String SASL = "SASL_";
  private static final String TLS = "SSL";
  private static final String USER = "User:";

  /** Reads properties of Kafka's clients, and the JVM's login file where they leave it to that. */
  static Login of(Map<String, String> properties) {
    String protocol =
        properties
            .getOrDefault(
                CommonClientConfigs.SECURITY_PROTOCOL_CONFIG,
                CommonClientConfigs.DEFAULT_SECURITY_PROTOCOL)
            .toUpperCase(Locale.ROOT);
    boolean sasl = protocol.startsWith(SASL);
    return new Login(
        protocol,
        sasl
            ? properties.getOrDefault(
                SaslConfigs.SASL_MECHANISM, SaslConfigs.DEFAULT_SASL_MECHANISM)
            : null,
        sasl
            ? JaasLogin.principal(properties.get(SaslConfigs.SASL_JAAS_CONFIG)).orElse(null)
            : null,
        protocol.equals(TLS) ? properties.get(SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG) : null);
  }

  /** As brokers name it by default; empty where that is not known here. */
  Optional<String> kafkaPrincipal() {
    if (isSasl()) {
      return Optional.ofNullable(principal).map(name -> USER + name);
    }
    return isTls() ? Optional.empty() : Optional.of(USER + "ANONYMOUS");
  }

  boolean isSasl() {
    return mechanism != null;
  }

  boolean isTls() {
    return protocol.endsWith(TLS);
  }

  /** Why nobody can log in with these properties in this JVM; empty where one can try. */
  static Optional<String> problem(Map<String, String> properties) {
    Login login = of(properties);
    String jaas = properties.get(SaslConfigs.SASL_JAAS_CONFIG);
    boolean there = jaas == null ? JaasLogin.isInLoginFile() : JaasLogin.isReadable(jaas);
    return !login.isSasl() || there
        ? Optional.empty()
        : Optional.of(
            "Security protocol "
                + login.protocol()
                + " (mechanism "
                + login.mechanism()
                + ") needs a login, and there is none"
                + (jaas == null ? "" : " that can be read")
                + ". Set 'client.security.sasl.username' and 'client.security.sasl.password', or"
                + " 'client.security.sasl.jaas.config', or start this JVM with"
                + " '-Djava.security.auth.login.config=FILE', where FILE has a section"
                + " 'KafkaClient'.");
  }

  /** For messages, for example {@code user 'alice' (SASL_SSL, mechanism PLAIN)}. */
  String describe() {
    String who;
    if (principal != null) {
      who = "user '" + principal + "'";
    } else if (isSasl()) {
      who = "the user of the JAAS login";
    } else if (keystore != null) {
      who = "the certificate of keystore '" + keystore + "'";
    } else {
      who = "a client without certificate";
    }
    return who + " (" + protocol + (isSasl() ? ", mechanism " + mechanism : "") + ")";
  }
}
