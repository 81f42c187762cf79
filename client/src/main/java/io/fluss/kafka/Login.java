package io.fluss.kafka;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.annotation.Nullable;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SaslConfigs;

/**
 * Who a client is to Kafka, as far as its properties tell. Holds no secret, so that it can be
 * shown.
 *
 * @param protocol Kafka's security protocol
 * @param mechanism of SASL, null without SASL
 * @param principal who logs in, by name of user or of certificate; null where that is not known
 *     here
 * @param certificate whether it is its certificate that a client is known by
 */
record Login(
    String protocol, @Nullable String mechanism, @Nullable String principal, boolean certificate) {

  private static final String SASL = "SASL_";
  private static final String TLS = "SSL";
  private static final String USER = "User:";

  /** Reads properties of Kafka's clients, and files where they leave it to these. */
  static Login of(Map<String, String> properties) {
    String protocol = protocol(properties);
    if (protocol.startsWith(SASL)) {
      return new Login(
          protocol,
          mechanism(properties),
          JaasLogin.principal(properties.get(SaslConfigs.SASL_JAAS_CONFIG)).orElse(null),
          false);
    }
    boolean certificate = protocol.equals(TLS) && ClientCertificate.isGiven(properties);
    return new Login(
        protocol,
        null,
        certificate ? ClientCertificate.distinguishedName(properties).orElse(null) : null,
        certificate);
  }

  private static String protocol(Map<String, String> properties) {
    return properties
        .getOrDefault(
            CommonClientConfigs.SECURITY_PROTOCOL_CONFIG,
            CommonClientConfigs.DEFAULT_SECURITY_PROTOCOL)
        .toUpperCase(Locale.ROOT);
  }

  private static String mechanism(Map<String, String> properties) {
    return properties.getOrDefault(SaslConfigs.SASL_MECHANISM, SaslConfigs.DEFAULT_SASL_MECHANISM);
  }

  /** As brokers name it by default; empty where that is not known here. */
  Optional<String> kafkaPrincipal() {
    if (isSasl() || certificate) {
      return Optional.ofNullable(principal).map(name -> USER + name);
    }
    return Optional.of(USER + "ANONYMOUS");
  }

  boolean isSasl() {
    return mechanism != null;
  }

  boolean isTls() {
    return protocol.endsWith(TLS);
  }

  /** Why nobody can log in with these properties in this JVM; empty where one can try. */
  static Optional<String> problem(Map<String, String> properties) {
    String protocol = protocol(properties);
    String jaas = properties.get(SaslConfigs.SASL_JAAS_CONFIG);
    if (!protocol.startsWith(SASL)
        || (jaas == null ? JaasLogin.isInLoginFile() : JaasLogin.isReadable(jaas))) {
      return Optional.empty();
    }
    return Optional.of(
        "Security protocol "
            + protocol
            + " (mechanism "
            + mechanism(properties)
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
    if (isSasl()) {
      who = principal == null ? "the user of the JAAS login" : "user '" + principal + "'";
    } else if (certificate) {
      who =
          principal == null
              ? "the principal of the TLS certificate"
              : "the certificate of '" + principal + "'";
    } else {
      who = "a client without certificate";
    }
    return who + " (" + protocol + (isSasl() ? ", mechanism " + mechanism : "") + ")";
  }
}
