package io.fluss.dist;

import io.fluss.dist.command.Console;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What one run of the launcher, inside the test's JVM, said and returned.
 *
 * @param out all of standard output
 * @param err all of standard error
 */
public record LauncherRun(int exitCode, String out, String err) {

  /** Runs the launcher to its end. */
  public static LauncherRun of(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exitCode;
    try (PrintStream outStream = new PrintStream(out, true, StandardCharsets.UTF_8);
        PrintStream errStream = new PrintStream(err, true, StandardCharsets.UTF_8)) {
      exitCode = Launcher.run(List.of(args), new Console(outStream, errStream));
    }
    return new LauncherRun(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
