package io.fluss.kafka;

import io.fluss.options.ScannerOptions;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rack of this process, in the sense of the brokers' {@code broker.rack}: given as it is, or as
 * {@code env:NAME} for the value of an environment variable.
 */
final class ClientRack {

  private static final Logger LOG = LoggerFactory.getLogger(ClientRack.class);

  private static final String FROM_ENVIRONMENT = "env:";

  private ClientRack() {}

  /**
   * The rack.
   *
   * @param environment value of a variable by name, null where it is not set
   * @return empty where the variable is not set: reading from leaders costs more and is as right,
   *     so it does not fail
   */
  static Optional<String> resolve(String given, UnaryOperator<String> environment) {
    if (!given.startsWith(FROM_ENVIRONMENT)) {
      return given.isBlank() ? Optional.empty() : Optional.of(given);
    }
    String variable = given.substring(FROM_ENVIRONMENT.length()).strip();
    String rack = environment.apply(variable);
    if (rack == null || rack.isBlank()) {
      LOG.warn(
          "'{}' is '{}', and environment variable '{}' is not set in this process: rows are read"
              + " from leaders, in whatever rack they are.",
          ScannerOptions.RACK.key(),
          given,
          variable);
      return Optional.empty();
    }
    return Optional.of(rack.strip());
  }
}
