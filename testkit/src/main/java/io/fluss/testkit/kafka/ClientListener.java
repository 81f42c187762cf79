package io.fluss.testkit.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;

/**
 * How clients, and brokers among each other, speak to the brokers of one embedded cluster.
 *
 * @param sasl who may log in; without, nobody has to
 * @param scram whether the users can log in by SCRAM too
 * @param tls the brokers' certificate and whom they trust; without, all goes in plain text
 * @param clientCertificates whether clients must show a certificate
 */
record ClientListener(
    Optional<SaslUsers> sasl,
    boolean scram,
    Optional<Certificates> tls,
    boolean clientCertificates) {

  static final List<String> SCRAM_MECHANISMS = List.of("SCRAM-SHA-256", "SCRAM-SHA-512");

  private static final String PLAIN = "PLAIN";

  ClientListener {
    if (scram && sasl.isEmpty()) {
      throw new IllegalArgumentException("SCRAM needs users: call sasl(...) too.");
    }
    if (clientCertificates && tls.isEmpty()) {
      throw new IllegalArgumentException("Client certificates need TLS: call tls(...) too.");
    }
  }

  String protocol() {
    if (sasl.isPresent()) {
      return tls.isPresent() ? "SASL_SSL" : "SASL_PLAINTEXT";
    }
    return tls.isPresent() ? "SSL" : "PLAINTEXT";
  }

  /**
   * Were the controller's listener without a login, anonymous users would have to be super users.
   */
  String controllerProtocol() {
    return sasl.isPresent() ? "SASL_PLAINTEXT" : "PLAINTEXT";
  }

  /** Adds the broker's properties. */
  void addTo(Properties p) {
    sasl.ifPresent(users -> addSasl(p, users));
    tls.ifPresent(
        certificates -> {
          certificates.ofBroker().forEach((k, v) -> p.put("listener.name.client." + k, v));
          p.put(
              "listener.name.client.ssl.client.auth",
              clientCertificates ? "required" : "requested");
        });
  }

  private void addSasl(Properties p, SaslUsers users) {
    List<String> mechanisms = new ArrayList<>(List.of(PLAIN));
    if (scram) {
      mechanisms.addAll(SCRAM_MECHANISMS);
    }
    p.put("sasl.enabled.mechanisms", String.join(",", mechanisms));
    p.put("sasl.mechanism.inter.broker.protocol", PLAIN);
    p.put("sasl.mechanism.controller.protocol", PLAIN);
    p.put("listener.name.ctl.sasl.enabled.mechanisms", PLAIN);
    p.put("listener.name.client.plain.sasl.jaas.config", users.brokerJaas());
    p.put("listener.name.ctl.plain.sasl.jaas.config", users.brokerJaas());
    if (scram) {
      for (String mechanism : SCRAM_MECHANISMS) {
        p.put(
            "listener.name.client." + mechanism.toLowerCase(Locale.ROOT) + ".sasl.jaas.config",
            SaslUsers.SCRAM_MODULE + " required;");
      }
    }
    p.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    p.put("super.users", "User:" + users.superUser());
    p.put("allow.everyone.if.no.acl.found", "false");
  }

  /** Adds what every client of this listener needs, whoever it is. */
  void addToClient(Properties p) {
    if (!protocol().equals("PLAINTEXT")) {
      p.setProperty("security.protocol", protocol());
    }
    tls.ifPresent(
        certificates ->
            (clientCertificates ? certificates.showing() : certificates.trusting())
                .forEach(p::setProperty));
  }

  /** What the storage is formatted with, so that SCRAM users are there from the start. */
  List<String> scramUsers() {
    return scram ? sasl.orElseThrow().scramArguments() : List.of();
  }
}
