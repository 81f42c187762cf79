package io.fluss.acl;

import io.fluss.FlussException;
import org.apache.flink.annotation.PublicEvolving;

/**
 * Whom a grant is for, as Kafka's brokers name who has logged in: {@code User:alice}.
 *
 * @param type as a rule {@code User}; brokers with a principal builder of their own may have others
 * @param name the user's, or {@code *} for everybody
 */
@PublicEvolving
public record Principal(String type, String name) {

  /** What Kafka calls those who log in. */
  public static final String USER = "User";

  private static final String EVERYBODY = "*";

  public Principal {
    if (type.isBlank() || name.isBlank()) {
      throw malformed(type + ":" + name);
    }
  }

  /** The user of this name. */
  public static Principal user(String name) {
    return new Principal(USER, name);
  }

  /**
   * Reads {@code type:name}, or {@code ALL} for everybody.
   *
   * @throws FlussException where the text names nobody
   */
  public static Principal parse(String text) {
    String stripped = text.strip();
    if (stripped.equalsIgnoreCase("ALL")) {
      return user(EVERYBODY);
    }
    int colon = stripped.indexOf(':');
    if (colon <= 0 || colon == stripped.length() - 1) {
      throw malformed(text);
    }
    String type = stripped.substring(0, colon);
    // Kafka compares with case, and 'user' is nobody's type.
    return new Principal(
        type.equalsIgnoreCase(USER) ? USER : type, stripped.substring(colon + 1).strip());
  }

  private static FlussException malformed(String text) {
    return new FlussException(
        "Malformed principal '"
            + text
            + "'. A principal is '<type>:<name>', for example 'User:alice', or 'User:*' for"
            + " everybody.");
  }

  @Override
  public String toString() {
    return type + ":" + name;
  }
}
