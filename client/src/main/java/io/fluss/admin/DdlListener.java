package io.fluss.admin;

/** Is told of each step that was done; tests throw from it to end the process there. */
@FunctionalInterface
interface DdlListener {

  DdlListener NONE = step -> {};

  void after(DdlStep step);
}
