package io.fluss.testkit.kafka;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The SASL users of an {@link EmbeddedKafka}.
 *
 * @param passwords password by user name
 * @param superUser the user that ACLs do not bind; the brokers speak to each other as this user
 */
record SaslUsers(Map<String, String> passwords, String superUser) {

  static final String SCRAM_MODULE = "org.apache.kafka.common.security.scram.ScramLoginModule";

  private static final String PLAIN_MODULE =
      "org.apache.kafka.common.security.plain.PlainLoginModule";

  SaslUsers {
    passwords = Map.copyOf(new TreeMap<>(passwords));
    if (!passwords.containsKey(superUser)) {
      throw new IllegalArgumentException(
          "Cannot use SASL: super user '%s' is not among the users %s. Give it a password too."
              .formatted(superUser, new TreeMap<>(passwords).keySet()));
    }
    passwords.forEach(
        (user, password) -> {
          if (user.isEmpty() || (user + password).matches("(?s).*[\"\\\\].*")) {
            throw new IllegalArgumentException(
                ("Cannot use SASL user '%s': names must not be empty, and neither name nor password"
                        + " may contain '\"' or '\\'. Choose others.")
                    .formatted(user));
          }
        });
  }

  /** The JAAS line of a broker listener: the broker's own login and everyone it lets in. */
  String brokerJaas() {
    return login(PLAIN_MODULE, superUser)
        + passwords.entrySet().stream()
            .map(user -> " user_%s=\"%s\"".formatted(user.getKey(), user.getValue()))
            .collect(Collectors.joining())
        + ";";
  }

  /** The JAAS line of a client that logs in as {@code user} by PLAIN or SCRAM. */
  String clientJaas(String user, String mechanism) {
    if (!passwords.containsKey(user)) {
      throw new IllegalArgumentException(
          "Unknown SASL user '%s'. This Kafka knows %s."
              .formatted(user, new TreeMap<>(passwords).keySet()));
    }
    return login(mechanism.startsWith("SCRAM") ? SCRAM_MODULE : PLAIN_MODULE, user) + ";";
  }

  private String login(String module, String user) {
    return "%s required username=\"%s\" password=\"%s\""
        .formatted(module, user, passwords.get(user));
  }

  /** The users as the storage formatter takes them, once per mechanism. */
  List<String> scramArguments() {
    passwords.forEach(
        (user, password) -> {
          if ((user + password).matches("(?s).*[\\[\\],=].*")) {
            throw new IllegalArgumentException(
                ("Cannot use SCRAM for user '%s': neither name nor password may contain any of"
                        + " '[],='. Choose others.")
                    .formatted(user));
          }
        });
    return ClientListener.SCRAM_MECHANISMS.stream()
        .flatMap(
            mechanism ->
                passwords.entrySet().stream()
                    .map(
                        user ->
                            "%s=[name=\"%s\",password=\"%s\"]"
                                .formatted(mechanism, user.getKey(), user.getValue())))
        .toList();
  }
}
