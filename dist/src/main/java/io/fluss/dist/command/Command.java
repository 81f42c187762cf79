package io.fluss.dist.command;

import java.util.List;

/** A command of {@code bin/fluss}. */
public interface Command {

  /** Exit code of a command that did what it was asked for. */
  int SUCCESS = 0;

  /** Exit code of a command that failed. */
  int FAILURE = 1;

  /** Exit code for arguments that make no sense. */
  int USAGE = 2;

  /**
   * Runs to the end.
   *
   * @param args the arguments after the command's name
   * @return the exit code
   * @throws UsageException if the arguments make no sense
   * @throws Exception if the command failed; its message goes to the user
   */
  int run(List<String> args, Console console) throws Exception;
}
