package io.fluss.dist;

import io.fluss.dist.command.Command;
import io.fluss.dist.command.Console;
import io.fluss.dist.command.DemoCommand;
import io.fluss.dist.command.KafkaCommand;
import io.fluss.dist.command.SqlCommand;
import io.fluss.dist.command.TieringCommand;
import io.fluss.dist.command.Usage;
import io.fluss.dist.command.UsageException;
import io.fluss.dist.sql.FailureCause;
import io.fluss.dist.sql.HidingLog;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.logging.log4j.core.LoggerContext;

/** Runs one command of {@code bin/fluss}. The benchmarks have a main class of their own. */
public final class Launcher {

  private static final Map<String, Command> COMMANDS =
      Map.of(
          "demo", new DemoCommand(),
          "sql", new SqlCommand(),
          "kafka", new KafkaCommand(),
          "tiering", new TieringCommand());

  private Launcher() {}

  /** Ends the JVM with the command's exit code. */
  public static void main(String[] args) {
    Console console = Console.ofProcess();
    HidingLog.install(LoggerContext.getContext(false), console.secrets());
    System.exit(run(Arrays.asList(args), console));
  }

  /** Runs the command that the first argument names, and returns its exit code. */
  public static int run(List<String> args, Console console) {
    if (args.isEmpty() || args.contains("--help") || args.contains("-h")) {
      console.out().print(Usage.text());
      return Command.SUCCESS;
    }
    console.secrets().learnArguments(args);
    try {
      Command command = COMMANDS.get(args.get(0));
      if (command == null) {
        throw new UsageException("Unknown command '%s'.".formatted(args.get(0)));
      }
      return command.run(args.subList(1, args.size()), console);
    } catch (UsageException e) {
      console.err().println(console.secrets().hidden(e.getMessage()));
      console.err().println();
      console.err().print(Usage.text());
      return Command.USAGE;
    } catch (Exception e) {
      console.failure(FailureCause.withContext(e, console.secrets()));
      return Command.FAILURE;
    }
  }
}
