package io.fluss.kafka;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.annotation.Nullable;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;

/**
 * JAAS, in which Kafka's clients are told how to log in: {@code MODULE required name="value" ...;}.
 * Pure functions, but for the login file of the JVM, which is read where nothing else is given.
 */
final class JaasLogin {

  /** What one looks like. */
  static final String EXAMPLE =
      "'org.apache.kafka.common.security.plain.PlainLoginModule required username=\"...\""
          + " password=\"...\";'";

  /** A reference to the environment or a file, which Kafka's config providers resolve. */
  private static final String REFERENCE = "${";

  /** How the usual login modules call who logs in. */
  private static final List<String> NAMES_OF_PRINCIPAL =
      List.of("username", "principal", "clientId");

  private JaasLogin() {}

  /** A login with user and password, whatever characters they hold. */
  static String of(String module, String user, String password) {
    return module + " required username=" + quoted(user) + " password=" + quoted(password) + ";";
  }

  /** JAAS strings have the escapes of Java and end with their line. */
  private static String quoted(String text) {
    return '"'
        + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\r", "\\r")
        + '"';
  }

  /**
   * Whether Kafka could read it; true where that cannot be told. Why not is not said, since the
   * reason may quote a password.
   */
  static boolean isReadable(String jaas) {
    return jaas.contains(REFERENCE) || entries(jaas).isPresent();
  }

  /**
   * Who logs in.
   *
   * @param jaas null where the JVM's login file says it
   * @return empty where it is not said, or cannot be read
   */
  static Optional<String> principal(@Nullable String jaas) {
    return entries(jaas).stream()
        .flatMap(List::stream)
        .flatMap(entry -> NAMES_OF_PRINCIPAL.stream().map(entry.getOptions()::get))
        .flatMap(Stream::ofNullable)
        .map(Object::toString)
        .findFirst();
  }

  /** Whether the login file of this JVM has a section for Kafka's clients. */
  static boolean isInLoginFile() {
    return entries(null).isPresent();
  }

  private static Optional<List<AppConfigurationEntry>> entries(@Nullable String jaas) {
    Map<String, Object> settings =
        jaas == null ? Map.of() : Map.of(SaslConfigs.SASL_JAAS_CONFIG, new Password(jaas));
    try {
      return Optional.of(JaasContext.loadClientContext(settings).configurationEntries());
    } catch (RuntimeException e) {
      // IllegalArgumentException of Kafka, SecurityException of a broken login file
      return Optional.empty();
    }
  }
}
