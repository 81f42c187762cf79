package io.fluss.kafka;

import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;

/** Says in words of ours why Kafka does not let a client in. Pure functions. */
final class ClientFailures {

  private static final int LONGEST_CHAIN = 32;

  private ClientFailures() {}

  /** What refused the login, if that is why it failed. */
  static Optional<String> ofLogin(ClientConfig client, Throwable failure) {
    return find(failure).map(refusal -> refused(client, refusal));
  }

  private static Optional<AuthenticationException> find(Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < LONGEST_CHAIN; depth++) {
      if (cause instanceof AuthenticationException refusal) {
        return Optional.of(refusal);
      }
      cause = cause.getCause();
    }
    return Optional.empty();
  }

  private static String refused(ClientConfig client, AuthenticationException refusal) {
    String place = "Kafka at '" + client.bootstrapServers() + "'";
    Map<String, String> properties = client.properties();
    String who = Login.of(properties).describe();
    if (refusal instanceof SslAuthenticationException) {
      return "There is no TLS connection to "
          + place
          + " for "
          + who
          + ": "
          + innermostMessage(refusal)
          + ". Check 'properties.ssl.truststore.location', the client's certificate where the"
          + " brokers ask for one ('properties.ssl.keystore.location'), and that the port speaks"
          + " TLS.";
    }
    return place
        + " refuses the login of "
        + who
        + ": "
        + sentence(refusal.getMessage())
        + " Check 'client.security.sasl.username', '...password' and '...mechanism', or what stands"
        + " in their place.";
  }

  private static String sentence(String text) {
    return text.endsWith(".") ? text : text + ".";
  }

  /** The reason of a failure: what Kafka says of a failed construction is deep down. */
  static String innermostMessage(Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; cause.getCause() != null && depth < LONGEST_CHAIN; depth++) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
  }
}
