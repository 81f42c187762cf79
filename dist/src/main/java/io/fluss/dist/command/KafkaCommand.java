package io.fluss.dist.command;

import io.fluss.testkit.kafka.EmbeddedKafka;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/** {@code bin/fluss kafka}: embedded brokers in the foreground. */
public final class KafkaCommand implements Command {

  static final int DEFAULT_PORT = 9092;

  private static final int MAX_BROKERS = 9;

  @Override
  public int run(List<String> args, Console console) throws Exception {
    Flags flags =
        Flags.parse(
            args,
            Set.of("--port", "--data", "--brokers", "--user", "--super-user"),
            Set.of("--sasl"));
    int port = flags.number("--port", DEFAULT_PORT, 1, 65535 - MAX_BROKERS);
    int brokers = flags.number("--brokers", 1, 1, MAX_BROKERS);
    EmbeddedKafka.Builder builder = EmbeddedKafka.builder().port(port).brokers(brokers);
    flags.one("--data").map(Path::of).ifPresent(builder::dataDir);
    addSasl(builder, flags);

    try (Cleanup cleanup = Cleanup.atExitToo()) {
      EmbeddedKafka kafka =
          cleanup.add(console.step("Starting Kafka on port " + port, builder::start));
      console.out().println("Kafka is ready at " + kafka.bootstrapServers());
      console.out().flush();
      new CountDownLatch(1).await(); // Until a signal ends the JVM, which cleans up.
      return SUCCESS;
    }
  }

  private static void addSasl(EmbeddedKafka.Builder builder, Flags flags) {
    if (!flags.has("--sasl")) {
      if (flags.has("--user") || flags.has("--super-user")) {
        throw new UsageException("Flags '--user' and '--super-user' need '--sasl'.");
      }
      return;
    }
    Map<String, String> users = flags.pairs("--user", ':');
    String superUser =
        flags
            .one("--super-user")
            .orElseThrow(
                () ->
                    new UsageException(
                        "Flag '--sasl' needs '--super-user NAME', one of the users."));
    if (superUser.indexOf(':') >= 0) {
      throw new UsageException("Flag '--super-user' needs a name alone, without a password.");
    }
    try {
      builder.sasl(users, superUser);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage());
    }
  }
}
