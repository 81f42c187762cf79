package io.fluss.dist;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LauncherTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "--help", "sql --help", "kafka -h"})
  void printsUsageOnRequest(String arguments) {
    // When
    LauncherRun run = run(arguments);

    // Then
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).startsWith("Streaming tables").contains("Usage: bin/fluss COMMAND");
    assertThat(run.err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kafka --sasl --user tim=tim-secret --super-user tim",
        "kafka --sasl --user a:b tim:tim-secret",
        "kafka --sasl --users=tim:tim-secret",
        "kafka --sasl --users tim:tim-secret",
        "kafka tim:tim-secret",
        "kafka --sasl --user tim:tim-secret --super-user tim:tim-secret"
      })
  void aPasswordIsInNoMessage(String arguments) {
    // When
    LauncherRun run = run(arguments);

    // Then
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out() + run.err()).isNotBlank().doesNotContain("tim-secret");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fly                                | Unknown command 'fly'.",
        "demo --fast                        | Unknown flag '--fast'.",
        "sql script.sql                     | Unknown argument 'script.sql'.",
        "sql -f                             | Flag '-f' needs a value.",
        "sql --conf parallelism             | Flag '--conf' needs two parts with '=' between",
        "sql --bootstrap a:1 --kafka-port 2 | exclude each other",
        "sql --bootstrap nowhere            | Flag '--bootstrap' needs HOST:PORT",
        "kafka --port x                     | must be a number from 1 to 65526, but is 'x'",
        "kafka --port 1 --port 2            | Flag '--port' was given 2 times.",
        "kafka --user a:b                   | need '--sasl'",
        "kafka --sasl --user a:b            | needs '--super-user NAME'",
        "kafka --sasl --super-user a:b      | Flag '--super-user' needs a name alone",
        "kafka --sasl --super-user a        | super user 'a' is not among the users []",
        "tiering --lake paimon              | Flag '--lake' is unknown.",
        "tiering                            | Flag '--fluss.bootstrap.servers' is missing",
        "tiering --conf parallelism         | Flag '--conf' needs KEY=VALUE",
      })
  void refusesArgumentsThatMakeNoSense(String arguments, String message) {
    // When
    LauncherRun run = run(arguments);

    // Then
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains(message).contains("Usage: bin/fluss COMMAND");
    assertThat(run.out()).isEmpty();
  }

  private static LauncherRun run(String arguments) {
    return LauncherRun.of(arguments.isEmpty() ? new String[0] : arguments.split(" +"));
  }
}
