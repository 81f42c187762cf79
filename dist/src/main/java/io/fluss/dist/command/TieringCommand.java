package io.fluss.dist.command;

import java.util.List;

/** {@code bin/fluss tiering}: reserved for the job that moves log ranges into the lake. */
public final class TieringCommand implements Command {

  @Override
  public int run(List<String> args, Console console) {
    console.err().println("The command 'tiering' is not available in this version.");
    return USAGE;
  }
}
