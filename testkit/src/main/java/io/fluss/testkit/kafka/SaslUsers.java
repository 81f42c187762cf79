package io.fluss.testkit.kafka;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The SASL/PLAIN users of an {@link EmbeddedKafka}.
 *
 * @param passwords password by user name
 * @param superUser the user that ACLs do not bind; the brokers speak to each other as this user
 */
record SaslUsers(Map<String, String> passwords, String superUser) {

  private static final String LOGIN_MODULE =
      "org.apache.kafka.common.security.plain.PlainLoginModule required";

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
    return login(superUser)
        + passwords.entrySet().stream()
            .map(user -> " user_%s=\"%s\"".formatted(user.getKey(), user.getValue()))
            .collect(Collectors.joining())
        + ";";
  }

  /** The JAAS line of a client that logs in as {@code user}. */
  String clientJaas(String user) {
    if (!passwords.containsKey(user)) {
      throw new IllegalArgumentException(
          "Unknown SASL user '%s'. This Kafka knows %s."
              .formatted(user, new TreeMap<>(passwords).keySet()));
    }
    return login(user) + ";";
  }

  private String login(String user) {
    return "%s username=\"%s\" password=\"%s\"".formatted(LOGIN_MODULE, user, passwords.get(user));
  }
}
