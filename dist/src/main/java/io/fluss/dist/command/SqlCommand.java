package io.fluss.dist.command;

import io.fluss.dist.flink.EmbeddedFlink;
import io.fluss.dist.sql.FailureCause;
import io.fluss.dist.sql.ScriptRunner;
import io.fluss.dist.sql.SqlScript;
import io.fluss.dist.sql.SqlSession;
import io.fluss.dist.sql.StatementFailure;
import io.fluss.testkit.kafka.EmbeddedKafka;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code bin/fluss sql}: a SQL file or a prompt on an embedded Flink, and Kafka beside it. */
public final class SqlCommand implements Command {

  private static final Duration REACH_TIMEOUT = Duration.ofSeconds(5);

  @Override
  public int run(List<String> args, Console console) throws Exception {
    Flags flags =
        Flags.parse(args, Set.of("-f", "--bootstrap", "--kafka-port", "--conf"), Set.of());
    int kafkaPort = flags.number("--kafka-port", KafkaCommand.DEFAULT_PORT, 1, 65535);
    Map<String, String> conf = flags.pairs("--conf", '=');
    Optional<String> bootstrap = flags.one("--bootstrap");
    if (bootstrap.isPresent() && flags.has("--kafka-port")) {
      throw new UsageException(
          "Flags '--bootstrap' and '--kafka-port' exclude each other: the first means that no"
              + " embedded Kafka is started.");
    }
    Optional<Path> file = flags.one("-f").map(Path::of);
    Optional<SqlScript> script =
        file.isPresent() ? Optional.of(read(file.get())) : Optional.empty();

    try (Cleanup cleanup = Cleanup.atExitToo()) {
      if (bootstrap.isPresent()) {
        requireReachable(bootstrap.get());
      } else {
        cleanup.add(
            console.step(
                "Starting Kafka on localhost:" + kafkaPort,
                () -> EmbeddedKafka.builder().port(kafkaPort).start()));
      }
      EmbeddedFlink flink =
          cleanup.add(
              console.step(
                  "Starting Flink",
                  () -> EmbeddedFlink.start(script.isPresent() ? scriptConf(conf) : conf)));
      SqlSession session =
          cleanup.add(SqlSession.open(flink.clientConfiguration(), console.secrets()));
      if (script.isEmpty()) {
        session.runInteractively();
        return SUCCESS;
      }
      return run(script.get(), session, console);
    }
  }

  private static int run(SqlScript script, SqlSession session, Console console) {
    try {
      new ScriptRunner(session, console.out()).run(script);
      return SUCCESS;
    } catch (StatementFailure e) {
      console.err().println(console.secrets().hidden(e.getMessage()));
      console.failure(FailureCause.of(e.getCause(), console.secrets()));
      return FAILURE;
    }
  }

  /**
   * In a file the next statement may need what an INSERT wrote, and nobody turns result pages. A
   * job that keeps failing must fail its statement: with checkpoints Flink would restart it for
   * ever.
   */
  private static Map<String, String> scriptConf(Map<String, String> conf) {
    Map<String, String> merged = new HashMap<>();
    merged.put("table.dml-sync", "true");
    merged.put("sql-client.execution.result-mode", "tableau");
    merged.put("restart-strategy.type", "fixed-delay");
    merged.put("restart-strategy.fixed-delay.attempts", "3");
    merged.put("restart-strategy.fixed-delay.delay", "1 s");
    merged.putAll(conf);
    return merged;
  }

  private static SqlScript read(Path file) throws IOException {
    try {
      return SqlScript.parse(file.toString(), Files.readString(file));
    } catch (NoSuchFileException e) {
      throw new IOException("Cannot read SQL file '%s': it does not exist.".formatted(file), e);
    } catch (IOException e) {
      throw new IOException("Cannot read SQL file '%s': %s".formatted(file, e.getMessage()), e);
    }
  }

  /** Fails in seconds, where Kafka's client would retry a wrong address for minutes. */
  private static void requireReachable(String bootstrap) throws IOException {
    IOException last = null;
    for (String address : bootstrap.split(",")) {
      int colon = address.lastIndexOf(':');
      if (colon < 1 || !address.substring(colon + 1).matches("\\d{1,5}")) {
        throw new UsageException(
            "Flag '--bootstrap' needs HOST:PORT, but is '%s'.".formatted(address));
      }
      try (Socket socket = new Socket()) {
        socket.connect(
            new InetSocketAddress(
                address.substring(0, colon), Integer.parseInt(address.substring(colon + 1))),
            (int) REACH_TIMEOUT.toMillis());
        return;
      } catch (IOException e) {
        last = e;
      }
    }
    throw new IOException(
        "Cannot reach Kafka at '%s': %s. Check the address and that Kafka runs."
            .formatted(bootstrap, last == null ? "no address given" : last.getMessage()),
        last);
  }
}
