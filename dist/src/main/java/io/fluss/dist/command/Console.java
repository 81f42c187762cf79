package io.fluss.dist.command;

import io.fluss.dist.sql.KnownSecrets;
import java.io.PrintStream;
import java.util.concurrent.Callable;

/**
 * Where a command speaks: results to {@code out}, progress and failures to {@code err}.
 *
 * @param out standard output
 * @param err standard error
 * @param secrets what this run was told and must not say
 */
public record Console(PrintStream out, PrintStream err, KnownSecrets secrets) {

  /** System property with the file that holds the log. */
  private static final String LOG_FILE = "fluss.log.file";

  /** Of a run that has been told no secrets yet. */
  public Console(PrintStream out, PrintStream err) {
    this(out, err, new KnownSecrets());
  }

  /** The process's own streams. */
  public static Console ofProcess() {
    return new Console(System.out, System.err);
  }

  /** Does what takes a while, saying so before and after. */
  public <T> T step(String doing, Callable<T> work) throws Exception {
    err.print(doing + " ... ");
    err.flush();
    long start = System.nanoTime();
    boolean done = false;
    try {
      T result = work.call();
      done = true;
      return result;
    } finally {
      double seconds = (System.nanoTime() - start) / 1e9;
      err.println(done ? "ready (%.1f s)".formatted(seconds) : "failed");
    }
  }

  /** Says why a command failed and where to read more. */
  public void failure(String why) {
    err.println("Failed: " + why);
    String log = System.getProperty(LOG_FILE);
    if (log != null) {
      err.println("Log: " + log);
    }
  }
}
