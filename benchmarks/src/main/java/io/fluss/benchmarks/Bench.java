package io.fluss.benchmarks;

/** A benchmark that {@code bin/fluss bench NAME} runs. */
interface Bench {

  /** The name on the command line. */
  String name();

  /** What it measures and how long it takes, in one line. */
  String about();

  /**
   * Measures, and adds a line to the results as soon as it is known.
   *
   * @throws Exception where it could not be measured; ends the run
   */
  void run(Results results) throws Exception;
}
